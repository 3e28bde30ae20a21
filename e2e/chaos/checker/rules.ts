import { fold, isChange, isSame } from './fold.ts';
import type { LoggedEntry, Snapshot } from './log.ts';
import { clientKey, type Indexed } from './stored.ts';
import type { Violation } from './violation.ts';

type Rule = (index: Indexed) => Violation[];

const noVoids = (entries: readonly LoggedEntry[]) => entries.filter(({ kind }) => kind !== 'void');
/** Those that have a row of their own in a timeline. */
const visible = (entries: readonly LoggedEntry[]) => noVoids(entries).filter(({ kind }) => !isChange(kind));

/** Snapshots and final timelines alike. */
function allTimelines({ run }: Indexed): (Snapshot & { device?: number })[] {
  return [
    ...run.snapshots,
    ...run.devices.flatMap(({ device, timelines }) => timelines.map((timeline) => ({ ...timeline, device }))),
  ];
}

export const lostAcknowledged: Rule = ({ run, stored }) =>
  run.devices.flatMap(({ device, acknowledged }) =>
    acknowledged.flatMap(({ conversationId, clientId, rev, entryId }): Violation[] => {
      const entry = stored.get(conversationId)?.byRev.get(rev);
      // Deleting what is deleted is answered with the deletion that is stored, somebody else's perhaps.
      if (entry?.id === entryId && (entry.clientId === clientId || isChange(entry.kind))) return [];
      const detail = `acknowledged as rev ${rev}, where ${entry ? `${entry.kind} ${entry.id ?? ''} is` : 'nothing is'}`;
      return [{ kind: 'lost', conversationId, device, clientId, detail }];
    }),
  );

export const lostFromOutbox: Rule = ({ run, stored }) =>
  run.devices.flatMap(({ device, userId, sent, acknowledged, outgoing, refused, changing }) => {
    const known = new Set([...outgoing, ...refused, ...acknowledged.map(({ clientId }) => clientId)]);
    return sent
      .filter(
        ({ conversationId, clientId, body }) =>
          !known.has(clientId) &&
          !changing.includes(body.messageId ?? '') &&
          !stored.get(conversationId)?.byClientId.has(clientKey(userId, clientId)),
      )
      .map(({ conversationId, clientId }): Violation => {
        const detail = 'it left the outbox, was never acknowledged and is not stored';
        return { kind: 'lost', conversationId, device, clientId, detail };
      });
  });

export const holes: Rule = ({ run }) =>
  run.snapshots.flatMap(({ conversationId, entries }) => {
    const revs = entries.map(({ rev }) => rev);
    const present = new Set(revs);
    const highest = Math.max(0, ...revs);
    return Array.from({ length: highest }, (_, i) => i + 1)
      .filter((rev) => !present.has(rev))
      .map((rev): Violation => ({ kind: 'lost', conversationId, detail: `the log has no rev ${rev}` }));
  });

export const duplicates: Rule = (index) =>
  allTimelines(index).flatMap(({ conversationId, device, entries }) => {
    const seen = new Set<string>();
    return noVoids(entries).flatMap(({ rev, id, senderId, clientId }): Violation[] => {
      const marks = [`rev ${rev}`, `entry ${id ?? ''}`, `client id ${clientKey(senderId, clientId)}`];
      const repeated = marks.filter((mark) => seen.has(mark));
      for (const mark of marks) seen.add(mark);
      if (repeated.length === 0) return [];
      return [{ kind: 'duplicated', conversationId, ...at(device), detail: `${repeated.join(', ')} twice` }];
    });
  });

export const acknowledgedTwice: Rule = ({ run }) =>
  run.devices.flatMap(({ device, acknowledged }) => {
    const revs = new Map<string, number>();
    return acknowledged.flatMap(({ conversationId, clientId, rev }): Violation[] => {
      const before = revs.get(clientId) ?? rev;
      revs.set(clientId, before);
      if (before === rev) return [];
      const detail = `acknowledged as rev ${before} and as rev ${rev}`;
      return [{ kind: 'duplicated', conversationId, device, clientId, detail }];
    });
  });

export const descending: Rule = (index) =>
  allTimelines(index).flatMap(({ conversationId, device, entries }) =>
    entries.flatMap(({ rev }, i): Violation[] => {
      const before = entries[i - 1]?.rev ?? 0;
      if (rev >= before) return [];
      const detail = `rev ${rev} stands behind rev ${before}`;
      return [{ kind: 'reordered', conversationId, ...at(device), detail }];
    }),
  );

/** What one device sent into one conversation is stored in that order. */
export const outOfOrder: Rule = ({ run, stored }) =>
  run.devices.flatMap(({ device, userId, sent }) => {
    const last = new Map<string, { rev: number; order: number }>();
    return [...sent]
      .sort((a, b) => a.order - b.order)
      .flatMap(({ conversationId, clientId, order, body }): Violation[] => {
        const line = `${conversationId} ${isChange(body.kind) ? 'changes' : 'messages'}`;
        const rev = stored.get(conversationId)?.byClientId.get(clientKey(userId, clientId))?.rev;
        if (rev === undefined) return [];
        const before = last.get(line);
        last.set(line, { rev, order });
        if (before === undefined || before.rev < rev) return [];
        const detail = `send ${order} is rev ${rev}, send ${before.order} before it is rev ${before.rev}`;
        return [{ kind: 'reordered', conversationId, device, clientId, detail }];
      });
  });

/** Everything that was stored or shown at any moment was asked for by somebody, just so. */
export const phantoms: Rule = (index) => {
  const shown = index.run.devices.flatMap(({ device, applied }) =>
    applied.flatMap((change) => {
      const { conversationId } = change;
      if (change.change === 'appeared') return [{ conversationId, device, entries: change.entries }];
      return change.change === 'changed' ? [{ conversationId, device, entries: [change.entry] }] : [];
    }),
  );
  return [...allTimelines(index), ...shown].flatMap(({ conversationId, device, entries }) =>
    entries.flatMap((entry): Violation[] => {
      const wrong = isChange(entry.kind)
        ? wrongChange(index, conversationId, entry)
        : wrongMessage(index, conversationId, entry);
      if (wrong === null) return [];
      const { rev, clientId } = entry;
      const detail = `rev ${rev} ${wrong}`;
      return [
        {
          kind: 'phantom',
          conversationId,
          ...at(device),
          ...(clientId !== undefined && { clientId }),
          detail,
        },
      ];
    }),
  );
};

function wrongMessage(index: Indexed, conversationId: string, entry: LoggedEntry): string | null {
  const { kind, id, senderId, clientId, text } = entry;
  if (kind !== 'message') return null;
  const sent = index.sent.get(`${conversationId} ${clientKey(senderId, clientId)}`);
  if (sent === undefined) return 'was sent by nobody';
  // A deletion that is on its way shows too.
  if (text === '' || sent.body.text === text || index.edits.has(`${id ?? ''} ${text ?? ''}`)) return null;
  return 'has a text that nobody gave it';
}

function wrongChange(index: Indexed, conversationId: string, entry: LoggedEntry): string | null {
  const { kind, senderId, clientId, messageId, text, emoji, on } = entry;
  const body = index.sent.get(`${conversationId} ${clientKey(senderId, clientId)}`)?.body;
  if (body === undefined) return 'was asked for by nobody';
  const isSoAsked =
    body.kind === kind && body.messageId === messageId && body.emoji === emoji && body.on === on;
  // The text of an edit goes when its message is deleted.
  const isOwnText = kind !== 'edit' || text === '' || text === body.text;
  return isSoAsked && isOwnText ? null : 'is another change than was asked for';
}

/** The stored messages are what the changes in the log make of them. */
export const unfolded: Rule = ({ run }) =>
  run.snapshots.flatMap(({ conversationId, entries }) => {
    const changes = new Map<string, LoggedEntry[]>();
    for (const entry of entries) {
      if (!isChange(entry.kind)) continue;
      const known = changes.get(entry.messageId ?? '') ?? [];
      changes.set(entry.messageId ?? '', [...known, entry]);
    }
    return entries.flatMap((entry): Violation[] => {
      if (entry.kind !== 'message') return [];
      const folded = fold(entry, changes.get(entry.id ?? '') ?? []);
      if (isSame(folded, entry)) return [];
      const detail = `the message of rev ${entry.rev} is not what its changes make of it`;
      return [{ kind: 'diverged', conversationId, detail }];
    });
  });

/** From its lowest rev on, a device shows what a fresh snapshot shows. */
export const divergences: Rule = ({ run, stored }) =>
  run.devices.flatMap(({ device, timelines }) =>
    timelines.flatMap(({ conversationId, entries }): Violation[] => {
      const low = entries[0]?.rev ?? 0;
      const fresh = visible(stored.get(conversationId)?.entries ?? []).filter(({ rev }) => rev >= low);
      const differs = fresh.findIndex((entry, i) => !isSame(entry, entries[i]));
      if (differs === -1 && fresh.length === entries.length) return [];
      const place = differs === -1 ? fresh.length : differs;
      const isBehind = place === entries.length;
      const detail = isBehind
        ? `shows nothing above rev ${entries.at(-1)?.rev ?? 0}, the log ends at ${fresh.at(-1)?.rev ?? 0}`
        : `shows rev ${entries[place]?.rev ?? 0} where the log has ${fresh[place]?.rev ?? 'nothing'}`;
      return [{ kind: 'diverged', conversationId, device, detail }];
    }),
  );

export const unfinished: Rule = ({ run }) =>
  run.devices.flatMap(({ device, sent, outgoing, changing }): Violation[] => [
    ...outgoing.map((clientId): Violation => {
      const conversationId = sent.find((item) => item.clientId === clientId)?.conversationId ?? '';
      return { kind: 'unfinished', conversationId, device, clientId, detail: 'it is still in the outbox' };
    }),
    ...changing.map((messageId): Violation => {
      const conversationId = sent.find(({ body }) => body.messageId === messageId)?.conversationId ?? '';
      const detail = `a change of message ${messageId} is still on its way`;
      return { kind: 'unfinished', conversationId, device, detail };
    }),
  ]);

const at = (device: number | undefined) => (device === undefined ? {} : { device });
