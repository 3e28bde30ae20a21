/** The layout draws it. */
export default function Page() {
  return null;
}
