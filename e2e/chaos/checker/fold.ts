import type { LoggedEntry } from './log.ts';

const changeKinds: ReadonlySet<string> = new Set(['edit', 'deletion', 'reaction']);

/** Changes have no row of their own: they show on their message. */
export function isChange(kind: string): boolean {
  return changeKinds.has(kind);
}

/** Whether two readings of one entry say the same. */
export function isSame(a: LoggedEntry, b: LoggedEntry | undefined): boolean {
  return b !== undefined && facts(a) === facts(b);
}

/** Of a deleted message only that it is deleted counts. */
function facts(entry: LoggedEntry): string {
  const { rev, kind, id, senderId, clientId, text, textRev, deletedRev, reactions = {} } = entry;
  const identity = [rev, kind, id, senderId, clientId];
  if (deletedRev !== undefined) return JSON.stringify([...identity, deletedRev]);
  const ofPeople = Object.entries(reactions).map(([key, state]) => [key, state.rev, state.on]);
  return JSON.stringify([...identity, text, textRev ?? 0, ofPeople.sort()]);
}

/** What the changes of the log make of a message: the highest rev wins, a deletion absorbs. */
export function fold(message: LoggedEntry, changes: readonly LoggedEntry[]): LoggedEntry {
  const { textRev, deletedRev, reactions, ...rest } = message;
  const ascending = changes.toSorted((a, b) => a.rev - b.rev);
  const deletion = ascending.find(({ kind }) => kind === 'deletion');
  if (deletion !== undefined) return { ...rest, text: '', deletedRev: deletion.rev };
  const edit = ascending.findLast(({ kind }) => kind === 'edit');
  const byKey = ascending
    .filter(({ kind }) => kind === 'reaction')
    .map(({ senderId, emoji, rev, on }) => [`${senderId ?? ''}:${emoji ?? ''}`, { rev, on: on === true }]);
  return {
    ...rest,
    ...(edit?.text !== undefined && { text: edit.text, textRev: edit.rev }),
    ...(byKey.length > 0 && { reactions: Object.fromEntries(byKey) as LoggedEntry['reactions'] & object }),
  };
}
