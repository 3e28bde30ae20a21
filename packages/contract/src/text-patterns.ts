// For JSON Schemas: many of their tools know no properties of Unicode, so what `seen-text.ts` says by them stands here as
// ranges. A test holds the two against each other.

const controls = String.raw`\u0000-\u0008\u000b-\u001f\u007f-\u009f`;
const controlsButReturn = String.raw`\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f`;
const unseen = [
  String.raw`\s\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f`,
  String.raw`\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb`,
  // Beyond the first plane as they are: escapes for them differ between tools.
  '\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}',
].join('');

const seenAmong = (excluded: string) => `^[^${excluded}]*[^${excluded}${unseen}][^${excluded}]*$`;

/** One line in which something is seen. */
export const seenLinePattern = seenAmong(controls);
/** Some lines in which something is seen; a carriage return is one more way to end a line. */
export const seenTextPattern = seenAmong(controlsButReturn);
/** Without control characters, perhaps empty. */
export const plainTextPattern = `^[^${controls}]*$`;
