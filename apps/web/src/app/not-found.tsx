import { NotFound } from '../features/shell/lazy-pages.ts';

export default function NotFoundPage() {
  return <NotFound />;
}
