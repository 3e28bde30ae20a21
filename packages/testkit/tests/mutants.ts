import type { Database } from '@confab/db';

/**
 * Breaks one rule of the timeline in the stores of one process: the test of that rule must then go red. Functions of
 * the stores are replaced from outside, so that nothing in the product can switch a rule off.
 */
export type Mutant = (db: Database) => void;

/** An edit replaces whatever text is there. */
export const editsUnguarded: Mutant = ({ timeline }) => {
  timeline.applyEdit = async ({ messageId, text, rev }) => {
    await timeline.model.findByIdAndUpdate(messageId, { $set: { editedText: text, textRev: rev } });
    return true;
  };
};

/** Who reacts is held against nothing that is stored. */
export const reactionsUnseen: Mutant = ({ timeline }) => {
  timeline.readReactionKeys = async (_, messageIds) => new Map(messageIds.map((id) => [id, new Set()]));
};

/** A reaction that is taken back is forgotten. */
export const tombstonesDropped: Mutant = ({ timeline }) => {
  const apply = timeline.applyReaction.bind(timeline);
  timeline.applyReaction = async (reaction) => {
    const applied = await apply(reaction);
    if (applied && !reaction.on) {
      const key = `${reaction.senderId}:${Buffer.from(reaction.emoji).toString('base64url')}`;
      await timeline.model.findByIdAndUpdate(reaction.messageId, { $unset: { [`reactions.${key}`]: 1 } });
    }
    return applied;
  };
};

/** Changes apply to deleted messages, too. */
export const deletionYields: Mutant = ({ timeline }) => {
  timeline.applyEdit = async ({ conversationId, messageId, text, rev }) => {
    const message = await timeline.findMessage(conversationId, messageId);
    if (!message || (message.textRev ?? 0) >= rev) return false;
    await timeline.model.findByIdAndUpdate(messageId, { $set: { editedText: text, textRev: rev } });
    return true;
  };
  timeline.applyReaction = async ({ messageId, senderId, emoji, rev, on }) => {
    const key = `${senderId}:${Buffer.from(emoji).toString('base64url')}`;
    await timeline.model.findByIdAndUpdate(messageId, { $set: { [`reactions.${key}`]: { rev, on } } });
    return true;
  };
};

/** An acknowledgement does not wait for the hints. */
export const hintsAfterwards: Mutant = ({ conversations }) => {
  const raise = conversations.raiseHints.bind(conversations);
  conversations.raiseHints = (...args) => {
    raise(...args).catch(() => undefined);
    return Promise.resolve();
  };
};

/** What a process has tried to insert counts as known, stored or not. */
export const knownFromAttempts: Mutant = ({ timeline }) => {
  const tried = new Map<string, number>();
  const insert = timeline.insertBatch.bind(timeline);
  const highest = timeline.highestRev.bind(timeline);
  timeline.insertBatch = (entries) => {
    for (const { conversationId, rev } of entries) {
      tried.set(conversationId, Math.max(rev, tried.get(conversationId) ?? 0));
    }
    return insert(entries);
  };
  timeline.highestRev = async (id) => Math.max(await highest(id), tried.get(id) ?? 0);
};

/** A page reads its cursor after its messages. */
export const cursorReadLast: Mutant = ({ timeline }) => {
  timeline.readStretch = async (query) => {
    const run = await timeline.listBelow(query);
    const pending = await timeline.listPending({ conversationIds: [query.conversationId] });
    return { ...run, pending, cursor: await timeline.highestRev(query.conversationId) };
  };
};

/** Nothing but the number of its entries ends a stretch. */
export const runsUnbounded: Mutant = ({ timeline }) => {
  timeline.readStretch = async ({ conversationId, limit }) => {
    const cursor = await timeline.highestRev(conversationId);
    const entries = await timeline.listAllAbove({ conversationId, after: cursor - limit, limit });
    return { entries: entries.toReversed(), more: true, cursor, pending: [] };
  };
};

/** What changes a conversation does so whatever is there. */
export const conversationsUnguarded: Mutant = ({ conversations }) => {
  conversations.applyChange = async (id, rev, { countDelta = 0, ...settings }) => {
    const $set = { ...settings, appliedRev: rev };
    await conversations.model.findByIdAndUpdate(id, { $set, $inc: { memberCount: countDelta } });
  };
};

/** A setting is applied without those below it. */
export const settingsOutOfOrder: Mutant = ({ timeline }) => {
  const list = timeline.listPending.bind(timeline);
  timeline.listPending = async (query) =>
    (await list(query)).filter(({ kind, rev }) => kind !== 'setting' || rev === query.upTo);
};

/** Whoever changes a membership does so however it stands by now, and whoever makes an owner does so whoever is one. */
export const ownersUnchecked = async ({ memberships }: Database): Promise<void> => {
  await memberships.model.collection.dropIndex('memberships_owner');
  memberships.transition = async ({ userId, conversationId }, { role, unrecorded }) => {
    const { base } = memberships.model;
    const filter = {
      userId: new base.Types.ObjectId(userId),
      conversationId: new base.Types.ObjectId(conversationId),
    };
    await memberships.model.updateOne(filter, { $set: { role, unrecorded } });
    const changed = await memberships.find(userId, conversationId);
    return changed && { ...changed, unrecorded };
  };
  memberships.markRecorded = () => Promise.resolve(false);
  memberships.findStaff = () => Promise.resolve(null);
  memberships.listUnrecorded = () => Promise.resolve([]);
};

/** Uses are looked at, and counted afterwards, when so many have looked. For several processes. */
export function usesUnguarded(of: number): Mutant {
  let looked = 0;
  let open: () => void = () => undefined;
  const allLooked = new Promise<void>((resolve) => (open = resolve));
  return ({ invitations }) => {
    invitations.takeUse = async ({ id, usesMax }) => {
      const current = await invitations.findById(id);
      looked += 1;
      if (looked === of) open();
      await allLooked;
      if (!current || current.uses >= (usesMax ?? Infinity)) return false;
      await invitations.model.findByIdAndUpdate(id, { $inc: { uses: 1 } });
      return true;
    };
  };
}
