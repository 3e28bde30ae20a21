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
    const entries = await timeline.listBelow(query);
    const pending = await timeline.listPending({ conversationIds: [query.conversationId] });
    return { entries, pending, cursor: await timeline.highestRev(query.conversationId) };
  };
};
