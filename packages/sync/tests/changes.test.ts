import { ConfabError } from '@confab/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  answerOf,
  conversation,
  deletion,
  Desk,
  edit,
  message,
  messages,
  pageOf,
  reaction,
} from './manual-transport.ts';

const room = 'room';
let desk: Desk;

beforeEach(async () => {
  desk = new Desk();
  await desk.connect(conversation(room, 2));
  await desk.openTimeline(room, messages(1, 2));
});

function stateOf(rev: number) {
  const { items } = desk.sync.timeline(room).get();
  const item = items.find((one) => one.type === 'entry' && one.entry.rev === rev);
  if (item?.type !== 'entry' || item.entry.kind !== 'message')
    throw new Error(`rev ${String(rev)} is not shown`);
  return { ...item.entry, changing: item.changing };
}

describe('changes of others', () => {
  test('show on their message, once and in whatever order, and have no row', async () => {
    await desk.entries(room, edit(3, 1, 'edited'), reaction(4, 2), deletion(5, 2));
    expect([desk.shown(room), desk.texts(room)]).toEqual([
      [1, 2],
      ['edited', ''],
    ]);
    await desk.entries(room, edit(3, 1, 'edited'));
    await desk.entries(room, message(6));
    expect([desk.shown(room), desk.underWay]).toEqual([[1, 2, 6], []]);
  });

  test('beyond a gap show before it is pulled', async () => {
    await desk.entries(room, edit(5, 1, 'edited'));
    expect(desk.texts(room)).toEqual(['edited', 'text 2']);
    const between = [message(3), message(4), edit(5, 1, 'edited')];
    await desk.take('pull').answer({ epoch: 'epoch', entries: between, from: 1, more: false });
    expect(desk.shown(room)).toEqual([1, 2, 3, 4]);
  });

  test('make the one changed item another object, and tell the list once', async () => {
    await desk.entries(room, ...messages(3, 40));
    const before = desk.sync.timeline(room).get().items;
    let told = 0;
    desk.sync.timeline(room).subscribe(() => (told += 1));
    await desk.entries(room, edit(41, 7, 'edited'), reaction(42, 7));
    const after = desk.sync.timeline(room).get().items;
    expect(after.filter((item, index) => item !== before[index])).toHaveLength(1);
    expect(told).toBe(1);
  });

  test('of the last message show in its preview; of a later one the row is fetched', async () => {
    await desk.connect(conversation(room, 2), conversation('other', 9));
    await desk.entries('other', edit(10, 9, 'edited'));
    const preview = () => desk.sync.conversation('other').get()?.preview;
    expect(preview()).toMatchObject({ entry: { rev: 9, text: 'edited' } });
    await desk.entries('other', deletion(12, 11));
    await desk.take('getConversation').answer(answerOf('other', 12));
    expect([preview(), desk.underWay]).toMatchObject([{ entry: { rev: 12 } }, []]);
  });

  async function editWhileOlderPageComes(): Promise<string[]> {
    await desk.connect(conversation(room, 2), conversation('busy', 9));
    await desk.openTimeline('busy', messages(8, 9));
    desk.sync.loadOlder('busy');
    await desk.entries('busy', edit(10, 5, 'edited'));
    await desk.take('page').answer(pageOf(messages(4, 7)));
    return desk.texts('busy').slice(0, 3);
  }

  test('of messages in an older page under way are folded over it', async () => {
    expect(await editWhileOlderPageComes()).toEqual(['text 4', 'edited', 'text 6']);
  });

  test('control: without keeping them the page shows what was', async () => {
    desk = new Desk({ changesBelow: () => [] });
    expect(await editWhileOlderPageComes()).toEqual(['text 4', 'text 5', 'text 6']);
  });

  test('that come while the newest page is under way are folded over it', async () => {
    await desk.open('new');
    await desk.entries('new', edit(3, 1, 'edited'));
    await desk.take('page').answer(pageOf(messages(1, 2)));
    expect(desk.texts('new')).toEqual(['edited', 'text 2']);
  });
});

describe('a change of ours', () => {
  const own = { senderId: 'ada' };

  test('shows at once, goes out after what was sent before, and is confirmed by its answer', async () => {
    desk.sync.send(room, 'one');
    desk.sync.edit(room, 'entry-2', 'edited');
    expect(stateOf(2)).toMatchObject({ text: 'edited', textRev: 2, changing: true });
    await desk.settled();
    expect(desk.underWay).toEqual(['send']);
    const sent = desk.take('send');
    await sent.answer({ epoch: 'epoch', entry: message(3, 'ada', sent.input.clientId) });
    const call = desk.take('edit');
    const { input } = call;
    expect(input).toMatchObject({ conversationId: room, messageId: 'entry-2', text: 'edited' });
    await call.answer({ epoch: 'epoch', entry: edit(4, 2, 'edited', { ...own, clientId: input.clientId }) });
    expect(stateOf(2)).toMatchObject({ text: 'edited', textRev: 4, changing: false });
    expect(desk.underWay).toEqual([]);
  });

  test('is confirmed by the log too, and never flickers back while a gap is pulled', async () => {
    const texts: string[] = [];
    desk.sync.timeline(room).subscribe(() => texts.push(stateOf(2).text));
    desk.sync.edit(room, 'entry-2', 'edited');
    await desk.settled();
    const { clientId } = desk.take('edit').input;
    await desk.entries(room, edit(9, 2, 'edited', { ...own, clientId }));
    expect(stateOf(2)).toMatchObject({ text: 'edited', textRev: 9, changing: false });
    expect(new Set(texts)).toEqual(new Set(['edited']));
  });

  test('keeps its client id through every attempt', async () => {
    desk.sync.remove(room, 'entry-2');
    await desk.settled();
    const first = desk.take('remove');
    await first.refuse(new ConfabError('UNAVAILABLE'));
    await desk.clock.advance(5_000);
    expect(desk.take('remove').input.clientId).toBe(first.input.clientId);
    expect(stateOf(2)).toMatchObject({ text: '', deletedRev: 2, changing: true });
  });

  test('that is refused is taken back and told', async () => {
    desk.sync.edit(room, 'entry-1', 'edited');
    await desk.settled();
    await desk.take('edit').refuse(new ConfabError('FORBIDDEN'));
    expect(stateOf(1)).toMatchObject({ text: 'text 1', changing: false });
    expect(desk.refused).toMatchObject([
      { kind: 'edit', conversationId: room, messageId: 'entry-1', error: { code: 'FORBIDDEN' } },
    ]);
  });

  test('of an ended session stays: the next one sends it', async () => {
    desk.sync.edit(room, 'entry-1', 'edited');
    await desk.settled();
    await desk.take('edit').refuse(new ConfabError('UNAUTHENTICATED'));
    expect([stateOf(1).changing, desk.refused]).toEqual([true, []]);
  });

  test('of a message still outgoing is sent as asked, and what the server says of it is told', async () => {
    const clientId = await desk.send(room, 'one');
    desk.sync.edit(room, clientId, 'edited');
    const sent = desk.take('send');
    await sent.answer({ epoch: 'epoch', entry: message(3, 'ada', clientId) });
    await desk.take('edit').refuse(new ConfabError('BAD_INPUT'));
    expect(desk.refused).toMatchObject([{ messageId: clientId, error: { code: 'BAD_INPUT' } }]);
  });
});

describe('reactions of ours', () => {
  const thumb = (on: boolean) => {
    desk.sync.react(room, 'entry-2', { emoji: '👍', on });
  };

  test('taken back before they went out are not sent at all', async () => {
    desk.sync.send(room, 'one');
    await desk.settled();
    thumb(true);
    expect(stateOf(2).reactions).toEqual({ 'ada:👍': { rev: 2, on: true } });
    thumb(false);
    await desk.settled();
    expect(stateOf(2)).toMatchObject({ changing: false });
    const sent = desk.take('send');
    await sent.answer({ epoch: 'epoch', entry: message(3, 'ada', sent.input.clientId) });
    expect(desk.underWay).toEqual([]);
  });

  test('taken back while under way are sent, and taken back after them', async () => {
    thumb(true);
    await desk.settled();
    thumb(false);
    thumb(true);
    thumb(false);
    await desk.settled();
    expect(desk.underWay).toEqual(['react']);
    const call = desk.take('react');
    const { input } = call;
    expect(input.on).toBe(true);
    await call.answer({
      epoch: 'epoch',
      entry: reaction(3, 2, { senderId: 'ada', clientId: input.clientId }),
    });
    expect(desk.take('react').input.on).toBe(false);
    expect(stateOf(2).reactions).toEqual({ 'ada:👍': { rev: 3, on: false } });
  });

  test('that are there already are not sent', async () => {
    await desk.entries(room, reaction(3, 2, { senderId: 'ada' }));
    thumb(true);
    await desk.settled();
    expect([stateOf(2).changing, desk.underWay]).toEqual([false, []]);
  });
});

test('one new message makes one new item, and tells the list once', async () => {
  await desk.entries(room, ...messages(3, 400));
  const before = desk.sync.timeline(room).get().items;
  let told = 0;
  desk.sync.timeline(room).subscribe(() => (told += 1));
  await desk.entries(room, message(401));
  const after = desk.sync.timeline(room).get().items;
  expect(after.filter((item, index) => item !== before[index])).toEqual([after.at(-1)]);
  expect(told).toBe(1);
});

test('after thousands of missed entries the newest page is loaded, not all between', async () => {
  await desk.cut();
  await desk.event({ type: 'live.ready', epoch: 'epoch' });
  const conversations = [conversation(room, 5_000)];
  await desk.take('listConversations').answer({ epoch: 'epoch', conversations, nextCursor: null });
  await desk.take('page').answer(pageOf(messages(4_951, 5_000)));
  expect([desk.shown(room).length, desk.sync.timeline(room).get().hasOlder]).toEqual([50, true]);
  expect([desk.sync.connection.get(), desk.underWay]).toEqual(['online', []]);
});
