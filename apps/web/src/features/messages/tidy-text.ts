/**
 * What was written, without blank lines before it and white space behind it: slips of the hand. The end is found without a
 * pattern, which would look at a run of spaces in the middle once for each of them.
 */
export function tidyText(written: string): string {
  return written.replace(/^\s*\n/, '').trimEnd();
}
