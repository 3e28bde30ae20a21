import { describe, expect, it } from 'vitest';
import { check } from './check.ts';
import type { DeviceLog, LoggedEntry, RunLog } from './log.ts';
import type { ViolationKind } from './violation.ts';

const conversationId = 'room';

const created: LoggedEntry = { rev: 1, kind: 'created', id: 'e1', senderId: 'ada', clientId: 'c0' };
const message = (rev: number, clientId: string, senderId = 'ada'): LoggedEntry => ({
  rev,
  kind: 'message',
  id: `e${rev}`,
  senderId,
  clientId,
  text: `text of ${clientId}`,
});
const log: readonly LoggedEntry[] = [created, message(2, 'a1'), message(3, 'b1', 'bob'), message(4, 'a2')];

function deviceLog(device: number, userId: string, clientIds: readonly string[]): DeviceLog {
  const own = log.filter(({ clientId }) => clientIds.includes(clientId ?? ''));
  return {
    device,
    userId,
    sent: clientIds.map((clientId, order) => ({
      conversationId,
      clientId,
      order,
      body: { kind: 'message', text: `text of ${clientId}` },
    })),
    acknowledged: own.map(({ rev, id = '', clientId = '' }) => ({
      conversationId,
      rev,
      entryId: id,
      clientId,
    })),
    applied: [{ conversationId, change: 'appeared', entries: log }],
    timelines: [{ conversationId, entries: log }],
    outgoing: [],
    edited: [],
    refused: [],
    changing: [],
  };
}

const adas = deviceLog(0, 'ada', ['a1', 'a2']);
const bobs = deviceLog(1, 'bob', ['b1']);
const sound: RunLog = { devices: [adas, bobs], snapshots: [{ conversationId, entries: log }] };

const appeared = (...entries: LoggedEntry[]) => ({ conversationId, change: 'appeared', entries }) as const;

/** Everywhere: what is stored, and what both devices show. */
const withLog = (entries: readonly LoggedEntry[]): RunLog => ({
  devices: sound.devices.map((device) => ({
    ...device,
    timelines: [{ conversationId, entries }],
    applied: [appeared(...entries)],
  })),
  snapshots: [{ conversationId, entries }],
});
const withAda = (change: Partial<DeviceLog>): RunLog => ({
  ...sound,
  devices: [{ ...adas, ...change }, bobs],
});
const shown = (entries: readonly LoggedEntry[]): Partial<DeviceLog> => ({
  timelines: [{ conversationId, entries }],
});

const kindsOf = (run: RunLog): ViolationKind[] => [...new Set(check(run).map(({ kind }) => kind))].sort();

describe('a sound run', () => {
  it('has no violations', () => {
    expect(check(sound)).toEqual([]);
  });

  it('may lack an acknowledgement, show only the end of the log, load older pages, and start over', () => {
    const run = withAda({
      acknowledged: [],
      ...shown(log.slice(2)),
      applied: [
        appeared(...log.slice(2)),
        appeared(...log.slice(0, 2)),
        { conversationId, change: 'cleared' },
        ...log.slice(2).map((entry) => appeared(entry)),
      ],
    });
    expect(check(run)).toEqual([]);
  });
});

describe('a device', () => {
  it('may show its own messages above a gap, before the gap is filled', () => {
    const [first, second, third, fourth] = log;
    if (!first || !second || !third || !fourth) throw new Error('the log is shorter');
    const run = withAda({ applied: [appeared(first, second), appeared(fourth), appeared(third)] });
    expect(check(run)).toEqual([]);
  });
});

describe('a doctored log is found out', () => {
  const third = message(3, 'b1', 'bob');
  const doctored: [string, ViolationKind[], RunLog][] = [
    [
      'an acknowledged message that is not stored',
      ['diverged', 'lost'],
      { ...sound, snapshots: [{ conversationId, entries: log.slice(0, 3) }] },
    ],
    [
      'an acknowledgement of another entry than the stored one',
      ['lost'],
      withAda({ acknowledged: [{ conversationId, clientId: 'a1', rev: 2, entryId: 'elsewhere' }] }),
    ],
    [
      'a message that left the outbox and is stored nowhere',
      ['lost'],
      withAda({
        sent: [
          ...adas.sent,
          { conversationId, clientId: 'a3', body: { kind: 'message', text: 'gone' }, order: 2 },
        ],
      }),
    ],
    [
      'a hole in the log',
      ['lost'],
      withLog([
        created,
        message(2, 'a1'),
        third,
        message(4, 'a2'),
        { ...created, rev: 6, id: 'e6', clientId: 'c6' },
      ]),
    ],
    [
      'one message stored twice',
      ['duplicated'],
      withLog([...log, { ...message(5, 'a2'), text: 'text of a2' }]),
    ],
    [
      'one rev stored twice',
      ['duplicated', 'lost'],
      withLog([...log, { ...created, rev: 4, id: 'e5', clientId: 'c5' }]),
    ],
    [
      'one message shown twice in the end',
      ['diverged', 'duplicated'],
      withAda(shown([...log, message(4, 'a2')])),
    ],
    [
      'one message that appeared twice',
      ['duplicated'],
      withAda({ applied: [...adas.applied, appeared(third)] }),
    ],
    [
      'one message acknowledged as two',
      ['duplicated', 'lost'],
      withAda({
        acknowledged: [...adas.acknowledged, { conversationId, clientId: 'a2', rev: 5, entryId: 'e5' }],
      }),
    ],
    [
      'sends of one device stored out of order',
      ['reordered'],
      withAda({ sent: adas.sent.map((sent) => ({ ...sent, order: -sent.order })) }),
    ],
    [
      'a timeline that does not ascend',
      ['diverged', 'reordered'],
      withAda(shown([created, message(2, 'a1'), message(4, 'a2'), third])),
    ],
    [
      'an entry that came too late to its place',
      ['reordered'],
      withAda({
        applied: [appeared(created, third), appeared(message(2, 'a1')), appeared(message(4, 'a2'))],
      }),
    ],
    ['an entry that nobody sent', ['phantom'], withLog([...log, message(5, 'x1', 'eve')])],
    [
      'a text that differs from the one sent',
      ['phantom'],
      withLog(log.map((entry) => (entry.rev === 3 ? { ...entry, text: 'forged' } : entry))),
    ],
    [
      'a text that was wrong only for a moment',
      ['phantom'],
      withAda({ applied: [appeared(...log.slice(0, 2), { ...third, text: 'forged' }, ...log.slice(3))] }),
    ],
    ['a device that is behind', ['diverged'], withAda(shown(log.slice(0, 3)))],
    ['a device that shows nothing', ['diverged'], withAda(shown([]))],
    [
      'a device that lacks an entry in between',
      ['diverged'],
      withAda(shown(log.filter(({ rev }) => rev !== 3))),
    ],
    [
      'an entry that vanished',
      ['diverged'],
      withAda({ applied: [...adas.applied, { conversationId, change: 'vanished', rev: 3 }] }),
    ],
    [
      'a message still in an outbox',
      ['unfinished'],
      withAda({
        sent: [
          ...adas.sent,
          { conversationId, clientId: 'a3', body: { kind: 'message', text: 'waits' }, order: 2 },
        ],
        outgoing: ['a3'],
      }),
    ],
  ];

  it.each(doctored)('%s', (_what, kinds, run) => {
    expect(kindsOf(run)).toEqual(kinds);
  });
});

describe('changes of messages', () => {
  const edit: LoggedEntry = {
    rev: 5,
    kind: 'edit',
    id: 'e5',
    senderId: 'ada',
    clientId: 'a3',
    messageId: 'e2',
    text: 'better',
  };
  const reaction = (rev: number, on: boolean): LoggedEntry => ({
    rev,
    kind: 'reaction',
    id: `e${rev}`,
    senderId: 'bob',
    clientId: `b${rev}`,
    messageId: 'e2',
    emoji: '👍',
    on,
  });
  const deletion: LoggedEntry = {
    rev: 8,
    kind: 'deletion',
    id: 'e8',
    senderId: 'ada',
    clientId: 'a4',
    messageId: 'e4',
  };
  const changes = [edit, reaction(6, true), reaction(7, false), deletion];
  const edited: LoggedEntry = {
    ...message(2, 'a1'),
    text: 'better',
    textRev: 5,
    reactions: { 'bob:👍': { rev: 7, on: false } },
  };
  const deleted: LoggedEntry = { ...message(4, 'a2'), text: '', deletedRev: 8 };
  const shownInTheEnd = [created, edited, message(3, 'b1', 'bob'), deleted];

  const asked = ({ clientId = '', ...entry }: LoggedEntry, order: number) => {
    const { kind, messageId, text, emoji, on } = entry;
    const body = {
      kind,
      ...(messageId !== undefined && { messageId }),
      ...(text !== undefined && { text }),
      ...(emoji !== undefined && { emoji }),
      ...(on !== undefined && { on }),
    };
    return { conversationId, clientId, order, body };
  };
  const acknowledged = ({ rev, id = '', clientId = '' }: LoggedEntry) => ({
    conversationId,
    rev,
    entryId: id,
    clientId,
  });
  const of = (device: DeviceLog, own: readonly LoggedEntry[]): DeviceLog => ({
    ...device,
    sent: [...device.sent, ...own.map(asked)],
    acknowledged: [...device.acknowledged, ...own.map(acknowledged)],
    applied: [
      ...device.applied,
      { conversationId, change: 'changed', entry: edited },
      { conversationId, change: 'changed', entry: deleted },
    ],
    timelines: [{ conversationId, entries: shownInTheEnd }],
  });
  const ada = { ...of(adas, [edit, deletion]), edited: [{ messageId: 'e2', text: 'better' }] };
  const bob = of(bobs, changes.slice(1, 3));
  const stored = (entries: readonly LoggedEntry[]): RunLog => ({
    devices: [ada, bob],
    snapshots: [{ conversationId, entries }],
  });

  it('are sound when every device shows what they make of the messages', () => {
    expect(check(stored([...shownInTheEnd, ...changes]))).toEqual([]);
  });

  const doctored: [string, ViolationKind[], RunLog][] = [
    [
      'an edited text that nobody wrote',
      ['phantom'],
      { ...stored([...shownInTheEnd, ...changes]), devices: [{ ...ada, edited: [] }, bob] },
    ],
    [
      'an acknowledged edit that is not stored',
      ['diverged', 'lost'],
      stored([...shownInTheEnd, ...changes.slice(1)]),
    ],
    [
      'an edit that was stored and not applied',
      ['diverged'],
      stored([created, { ...edited, text: 'text of a1', textRev: 0 }, ...shownInTheEnd.slice(2), ...changes]),
    ],
    [
      'a reaction that an older one revived',
      ['diverged'],
      stored([
        created,
        { ...edited, reactions: { 'bob:👍': { rev: 6, on: true } } },
        ...shownInTheEnd.slice(2),
        ...changes,
      ]),
    ],
    [
      'a reaction that nobody asked for',
      ['phantom'],
      stored([...shownInTheEnd, edit, { ...reaction(6, true), on: false }, ...changes.slice(2)]),
    ],
    [
      'a device that shows a deleted message',
      ['diverged'],
      {
        ...stored([...shownInTheEnd, ...changes]),
        devices: [
          ada,
          {
            ...bob,
            timelines: [{ conversationId, entries: [...shownInTheEnd.slice(0, 3), message(4, 'a2')] }],
          },
        ],
      },
    ],
    [
      'a change that is still on its way',
      ['unfinished'],
      { ...stored([...shownInTheEnd, ...changes]), devices: [{ ...ada, changing: ['e2'] }, bob] },
    ],
    [
      'a change that appeared on a message which was not shown',
      ['diverged'],
      {
        ...stored([...shownInTheEnd, ...changes]),
        devices: [
          ada,
          { ...bob, applied: [{ conversationId, change: 'changed', entry: edited }, appeared(...log)] },
        ],
      },
    ],
  ];

  it.each(doctored)('%s is found out', (_what, kinds, run) => {
    expect(kindsOf(run)).toEqual(kinds);
  });

  it('may be refused: then they need not be stored', () => {
    const late = asked({ ...edit, clientId: 'a9' }, 9);
    const run = stored([...shownInTheEnd, ...changes]);
    const refused = { ...ada, sent: [...ada.sent, late], refused: ['a9'] };
    expect(check({ ...run, devices: [refused, bob] })).toEqual([]);
    expect(kindsOf({ ...run, devices: [{ ...refused, refused: [] }, bob] })).toEqual(['lost']);
  });
});
