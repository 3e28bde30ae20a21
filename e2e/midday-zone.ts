/**
 * The time zone where it is between twelve and one o'clock now. No test that runs there sees a midnight pass, whatever
 * the hour: what is from today stays so.
 */
export function middayZone(now = new Date()): string {
  const behind = now.getUTCHours() - 12;
  // In these names the sign says how far a zone is behind.
  return `Etc/GMT${behind < 0 ? '' : '+'}${String(behind)}`;
}
