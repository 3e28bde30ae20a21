import type { TimelineItem } from '@confab/sync';
import { expect, test } from 'vitest';
import { firstUnreadIndex, keepRows, timelineRows, type Row, type RowOptions } from './timeline-rows.ts';

const ada = 'a'.repeat(24);
const bob = 'b'.repeat(24);

interface Sent {
  readonly by: string;
  readonly at: string;
}

function message(key: string, { by, at }: Sent, rev = 1): TimelineItem {
  const stored = { id: key, rev, senderId: by, clientId: key, createdAt: new Date(at).toISOString() };
  const entry = { kind: 'message', ...stored, messageType: 'text', text: key } as const;
  return { type: 'entry', key, changing: false, entry };
}

function joined(key: string, { by, at }: Sent): TimelineItem {
  const stored = { id: key, rev: 1, senderId: by, clientId: key, createdAt: new Date(at).toISOString() };
  const entry = { kind: 'member', ...stored, change: 'joined', userId: by } as const;
  return { type: 'entry', key, changing: false, entry };
}

function outgoing(key: string, at: string): TimelineItem {
  const createdAt = new Date(at).toISOString();
  return {
    type: 'outgoing',
    key,
    message: { clientId: key, text: key, createdAt, state: 'sending', error: null },
  };
}

const whole: RowOptions = {
  userId: ada,
  hasOlder: false,
  low: 1,
  breaks: new Set(),
  readSeq: null,
  seenLine: false,
};

/** `key` with `^` on the first and `$` on the last of a group. */
const shape = (rows: readonly Row[]) =>
  rows.map((row) =>
    row.type === 'message'
      ? `${row.first ? '^' : ''}${row.key}${row.last ? '$' : ''}`
      : `${row.type}:${row.key}`,
  );

test('messages of one sender within five minutes are one group', () => {
  const items = [
    message('1', { by: bob, at: '2025-11-13T10:00:00' }),
    message('2', { by: bob, at: '2025-11-13T10:04:59' }),
    message('3', { by: bob, at: '2025-11-13T10:09:59' }),
    message('4', { by: ada, at: '2025-11-13T10:10:00' }),
    outgoing('5', '2025-11-13T10:10:01'),
  ];
  expect(shape(timelineRows(items, whole))).toEqual([
    'start:start',
    'day:day:1',
    '^1',
    '2$',
    '^3$',
    '^4',
    '5$',
  ]);
});

test('a local day and an event end a group', () => {
  const items = [
    message('1', { by: bob, at: '2025-11-12T23:59:00' }),
    message('2', { by: bob, at: '2025-11-13T00:01:00' }),
    joined('3', { by: ada, at: '2025-11-13T00:01:30' }),
    message('4', { by: bob, at: '2025-11-13T00:02:00' }),
  ];
  expect(shape(timelineRows(items, whole)).slice(1)).toEqual([
    'day:day:1',
    '^1$',
    'day:day:2',
    '^2$',
    'system:3',
    '^4$',
  ]);
});

test('older messages that come above change no row below', () => {
  const at = (minute: number) => `2025-11-13T10:0${String(minute)}:00`;
  const newer = [message('3', { by: bob, at: at(3) }), message('4', { by: bob, at: at(4) })];
  const older = [message('1', { by: bob, at: at(1) }), message('2', { by: bob, at: at(2) })];
  const breaks = new Set(['3']);
  const before = timelineRows(newer, { ...whole, hasOlder: true, breaks });
  const after = timelineRows([...older, ...newer], { ...whole, breaks });
  expect(shape(before)).toEqual(['^3', '4$']);
  expect(shape(after).slice(-2)).toEqual(['^3', '4$']);
  // Without the remembered break the head of the third would go, and everything below would move up.
  expect(shape(timelineRows([...older, ...newer], whole)).slice(-2)).toEqual(['3', '4$']);
});

test('a new message leaves every row but its neighbour the same object', () => {
  const items = [1, 2, 3].map((n) => message(String(n), { by: bob, at: `2025-11-13T10:0${String(n)}:00` }));
  const before = timelineRows(items, whole);
  const after = keepRows(
    before,
    timelineRows([...items, message('4', { by: bob, at: '2025-11-13T10:04:00' })], whole),
  );
  const changed = after.filter((row) => !before.includes(row)).map(({ key }) => key);
  expect(changed).toEqual(['3', '4']);
});

test('the new messages begin after what was read, with the first one of somebody else', () => {
  const at = (minute: number) => ({ at: `2025-11-13T10:0${String(minute)}:00` });
  const items = [
    message('1', { by: bob, ...at(1) }, 1),
    message('2', { by: bob, ...at(2) }, 2),
    message('3', { by: ada, ...at(3) }, 3),
    message('4', { by: bob, ...at(4) }, 4),
    message('5', { by: bob, ...at(5) }, 5),
  ];
  const below = (readSeq: number | null, held: Partial<RowOptions> = {}) =>
    shape(timelineRows(items, { ...whole, readSeq, ...held })).filter((key) => !key.startsWith('day'));
  expect(below(1)).toEqual(['start:start', '^1$', 'new:new', '^2$', '^3$', '^4', '5$']);
  expect(below(2)).toEqual(['start:start', '^1', '2$', '^3$', 'new:new', '^4', '5$']);
  expect(below(4)).toEqual(['start:start', '^1', '2$', '^3$', '^4$', 'new:new', '^5$']);
  expect(below(5)).not.toContain('new:new');
  expect(below(null)).not.toContain('new:new');
  // The first unread one may stand above the oldest that is held; or what is held above it shows nothing.
  expect(below(0, { hasOlder: true, low: 2 })).not.toContain('new:new');
  expect(below(0, { hasOlder: true, low: 1 })[0]).toBe('new:new');
  expect(below(0)[1]).toBe('new:new');
});

test('whoever follows the end keeps the first unread message in view, and the line over it', () => {
  const at = (minute: number) => ({ at: `2025-11-13T10:0${String(minute)}:00` });
  const items = [1, 2, 3, 4].map((n) => message(String(n), { by: n === 2 ? ada : bob, ...at(n) }, n));
  const first = (readSeq: number, lineAt: number | null = null) => {
    const rows = timelineRows(items, { ...whole, readSeq: lineAt });
    return rows[firstUnreadIndex(rows, readSeq, ada)]?.key;
  };
  expect(first(1)).toBe('3');
  expect(first(3)).toBe('4');
  expect(first(4)).toBeUndefined();
  expect(first(2, 2)).toBe('new');
  // The line of the visit stands further up.
  expect(first(3, 2)).toBe('4');
});

test('one’s own last message that was not deleted says who has read it, where that is told', () => {
  const at = (minute: number) => ({ at: `2025-11-13T10:0${String(minute)}:00` });
  const items = [
    message('1', { by: ada, ...at(1) }),
    message('2', { by: ada, ...at(2) }),
    message('3', { by: bob, ...at(3) }),
  ];
  const saying = (rows: readonly Row[]) =>
    rows.flatMap((row) => (row.type === 'message' && row.seenLine ? [row.key] : []));
  expect(saying(timelineRows(items, { ...whole, seenLine: true }))).toEqual(['2']);
  expect(saying(timelineRows(items, whole))).toEqual([]);
});
