import { reactionKey, type SettingEntry, type SettingName } from '@confab/contract';
import { trusted, type Model } from 'mongoose';
import { toObjectId } from './ids.ts';
import {
  type ChangeRecord,
  type EntryDocument,
  type EntryRecord,
  isChange,
  isPendingKind,
  type PendingRecord,
  storedReactionKey,
  timelineIndexes,
  toRecord,
} from './timeline-entry.ts';

type Edit = Extract<ChangeRecord, { kind: 'edit' }>;
type Deletion = Extract<ChangeRecord, { kind: 'deletion' }>;
type Reaction = Extract<ChangeRecord, { kind: 'reaction' }>;

/** A field that is absent, or holds a rev below this one. */
function below(field: string, rev: number) {
  return [{ [field]: trusted({ $exists: false }) }, { [field]: trusted({ $lt: rev }) }];
}

function pendingOf(documents: readonly EntryDocument[]): PendingRecord[] {
  return documents.map(toRecord).filter(isPendingKind);
}

/**
 * How changes come to their messages. Each of them is one atomic update with a guard, so that changes may be applied
 * twice, late and in any order: what the highest rev says stays, and a deletion keeps everything else out.
 */
export function createTimelineChanges(model: Model<EntryDocument>) {
  const message = ({ conversationId, messageId }: ChangeRecord) => ({
    _id: toObjectId(messageId),
    conversationId: toObjectId(conversationId),
    kind: 'message' as const,
  });
  const undeleted = { deletedRev: trusted({ $exists: false }) };

  const changes = {
    /** False when a later edit or a deletion is there already, or there is no such message. */
    async applyEdit(edit: Edit): Promise<boolean> {
      const { matchedCount } = await model.updateOne(
        { ...message(edit), ...undeleted, $or: below('textRev', edit.rev) },
        { $set: { editedText: edit.text, textRev: edit.rev } },
      );
      return matchedCount === 1;
    },

    /** False when a later reaction of this kind or a deletion is there already, or there is no such message. */
    async applyReaction({ rev, on, emoji, senderId, ...reaction }: Reaction): Promise<boolean> {
      const field = `reactions.${storedReactionKey(senderId, emoji)}`;
      const { matchedCount } = await model.updateOne(
        {
          ...message({ ...reaction, rev, on, emoji, senderId }),
          ...undeleted,
          $or: below(`${field}.rev`, rev),
        },
        // Taken back, it stays as a tombstone: an older reaction that is applied late would come to life otherwise.
        { $set: { [field]: { rev, on } } },
      );
      return matchedCount === 1;
    },

    /**
     * Blanks a message and the edits of it; in one round trip, the message first: an edit that is stored too late for
     * the second step finds the message deleted when it is applied, and blanks itself.
     */
    async applyDeletion(deletion: Deletion): Promise<void> {
      const { conversationId, messageId, rev } = deletion;
      await model.bulkWrite([
        {
          updateOne: {
            filter: message(deletion),
            update: {
              $min: { deletedRev: rev },
              $set: { text: '' },
              $unset: { editedText: 1, textRev: 1, reactions: 1 },
            },
          },
        },
        {
          updateMany: {
            filter: {
              conversationId: toObjectId(conversationId),
              target: toObjectId(messageId),
              kind: 'edit',
            },
            update: { $set: { text: '' } },
            hint: timelineIndexes.target,
          },
        },
      ]);
    },

    /** Notes that a change is done with. `redact`: its message is deleted, and so is what it says. */
    async clearPending(
      { id, conversationId, kind }: PendingRecord,
      { redact }: { redact: boolean },
    ): Promise<void> {
      await model.updateOne(
        { _id: toObjectId(id), conversationId: toObjectId(conversationId) },
        { $unset: { pending: 1 }, ...(redact && kind === 'edit' && { $set: { text: '' } }) },
      );
    },

    /** What is pending in some conversations, up to a rev, oldest first in each. */
    async listPending(query: {
      conversationIds: readonly string[];
      upTo?: number;
    }): Promise<PendingRecord[]> {
      const { conversationIds, upTo = Number.MAX_SAFE_INTEGER } = query;
      const found = await model
        .find({
          conversationId: trusted({ $in: conversationIds.map(toObjectId) }),
          rev: trusted({ $lte: upTo }),
          pending: true,
        })
        .hint(timelineIndexes.pending)
        .sort({ conversationId: 1, rev: 1 })
        .lean<EntryDocument[]>();
      return pendingOf(found);
    },

    /**
     * The reactions that these messages have or will have once all is applied, taken back ones included: by message, as
     * the contract's `reactionKey`. What is stored when this is asked is in it: what is pending is read first, so that a
     * reaction is still there, or on its message by then.
     */
    async readReactionKeys(
      conversationId: string,
      messageIds: readonly string[],
    ): Promise<Map<string, Set<string>>> {
      const keys = new Map(messageIds.map((id) => [id, new Set<string>()]));
      for (const entry of await changes.listPending({ conversationIds: [conversationId] })) {
        if (entry.kind !== 'reaction') continue;
        keys.get(entry.messageId)?.add(reactionKey(entry.senderId, entry.emoji));
      }
      const found = await model
        .find({
          _id: trusted({ $in: messageIds.map(toObjectId) }),
          conversationId: toObjectId(conversationId),
        })
        .lean<EntryDocument[]>();
      for (const message of found.map(toRecord)) {
        if (message.kind !== 'message') continue;
        for (const key of Object.keys(message.reactions ?? {})) keys.get(message.id)?.add(key);
      }
      return keys;
    },

    /** What is pending anywhere since before a time: a process died that should have applied it. */
    async listAbandoned({ before, limit }: { before: Date; limit: number }): Promise<PendingRecord[]> {
      const found = await model
        .find({ pending: true, createdAt: trusted({ $lt: before }) })
        .hint(timelineIndexes.pending)
        .limit(limit)
        .lean<EntryDocument[]>();
      return pendingOf(found);
    },

    /** The last changes of one kind that a message had, pending or not; newest first. */
    async listOfTarget(query: {
      conversationId: string;
      messageId: string;
      kind: ChangeRecord['kind'];
      limit: number;
    }): Promise<ChangeRecord[]> {
      const { conversationId, messageId, kind, limit } = query;
      const found = await model
        .find({ conversationId: toObjectId(conversationId), target: toObjectId(messageId), kind })
        .hint(timelineIndexes.target)
        .sort({ rev: -1 })
        .limit(limit)
        .lean<EntryDocument[]>();
      return found.map(toRecord).filter(isChange);
    },

    /** What a setting was last set to, as the log says, applied or not; null: never. One seek. */
    async lastSetting(conversationId: string, setting: SettingName): Promise<SettingEntry['value'] | null> {
      const last = await model
        .findOne({ conversationId: toObjectId(conversationId), setting }, { value: 1, _id: 0 })
        .hint(timelineIndexes.setting)
        .sort({ rev: -1 })
        .lean<Pick<EntryDocument, 'value'>>();
      return last?.value ?? null;
    },

    async findMessage(
      conversationId: string,
      messageId: string,
    ): Promise<Extract<EntryRecord, { kind: 'message' }> | null> {
      const filter = { _id: toObjectId(messageId), conversationId: toObjectId(conversationId) };
      const found = await model.findOne(filter).lean<EntryDocument>();
      const record = found && toRecord(found);
      return record?.kind === 'message' ? record : null;
    },
  };
  return changes;
}
