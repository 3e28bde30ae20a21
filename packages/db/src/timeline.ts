import { mongo, trusted, type Connection, type Types } from 'mongoose';
import { duplicateKeyIndex } from './duplicate-key.ts';
import { toObjectId } from './ids.ts';
import { readRun, type Run } from './read-run.ts';
import { createTimelineChanges } from './timeline-changes.ts';
import {
  type EntryDocument,
  type EntryRecord,
  entrySchema,
  type PendingRecord,
  timelineIndexes,
  toDocument,
  toRecord,
} from './timeline-entry.ts';

/** How an ordered batch ended. Entries from `failedAt` on were not stored. */
export type InsertOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly failedAt: number; readonly conflict: 'rev' | 'client' };

export interface AboveQuery {
  readonly conversationId: string;
  readonly after: number;
  readonly limit: number;
}

export interface StretchQuery {
  readonly conversationId: string;
  readonly from: number;
  readonly before: number;
  readonly limit: number;
}

/** Its entries are newest first, none above the cursor. */
export interface Stretch extends Run {
  /** Up to it, messages with the pending changes folded over them are as they were left. */
  readonly cursor: number;
  readonly pending: readonly PendingRecord[];
}

/** The part of a message that counting the unread ones needs. */
export interface MessageMark {
  readonly id: string;
  readonly rev: number;
  readonly senderId: string;
  readonly deleted: boolean;
}

/** An ordered batch stops at its first error. */
function firstWriteError({ writeErrors }: mongo.MongoBulkWriteError): mongo.WriteError | undefined {
  const errors: readonly mongo.WriteError[] = [writeErrors].flat();
  return errors[0];
}

export function createTimelineStore(connection: Connection) {
  const model = connection.model<EntryDocument>('TimelineEntry', entrySchema);

  const store = {
    model,
    ...createTimelineChanges(model),

    /**
     * Stores entries of one conversation in order, each at its rev. The insert is the allocation: where another
     * process took the rev, or the client id is stored already, the batch stops there. A write-concern error is
     * thrown: nothing of the batch may then be acknowledged.
     */
    async insertBatch(entries: readonly EntryRecord[]): Promise<InsertOutcome> {
      try {
        // The driver's own call: mongoose's casting and validation would cost more than the insert, and the
        // documents come from typed records.
        await model.collection.insertMany(entries.map(toDocument), { ordered: true });
        return { ok: true };
      } catch (error) {
        if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
        const refusal = firstWriteError(error);
        if (refusal?.code !== 11000 || error.result.getWriteConcernError()) throw error;
        const index = duplicateKeyIndex(refusal.errmsg ?? '');
        if (index !== timelineIndexes.rev && index !== timelineIndexes.client) throw error;
        const conflict = index === timelineIndexes.rev ? 'rev' : 'client';
        return { ok: false, failedAt: refusal.index, conflict };
      }
    },

    /** 0 when the log is empty. */
    async highestRev(conversationId: string): Promise<number> {
      const highest = await model
        .findOne({ conversationId: toObjectId(conversationId) }, { rev: 1, _id: 0 })
        .sort({ rev: -1 })
        .lean<{ rev: number }>();
      return highest?.rev ?? 0;
    },

    async findByClientId(
      conversationId: string,
      senderId: string,
      clientId: string,
    ): Promise<EntryRecord | null> {
      const filter = {
        conversationId: toObjectId(conversationId),
        senderId: toObjectId(senderId),
        clientId,
      };
      const found = await model.findOne(filter).lean<EntryDocument>();
      return found && toRecord(found);
    },

    /** Whether somebody has written a message there; by the index of senders. */
    async hasMessageOf(conversationId: string, senderId: string): Promise<boolean> {
      const filter = {
        conversationId: toObjectId(conversationId),
        senderId: toObjectId(senderId),
        kind: 'message' as const,
      };
      const found = await model.findOne(filter, { _id: 1 }).hint(timelineIndexes.client).lean();
      return found !== null;
    },

    /** Those of one sender that are stored, in no order. */
    async listByClientIds(
      conversationId: string,
      senderId: string,
      clientIds: readonly string[],
    ): Promise<EntryRecord[]> {
      const filter = {
        conversationId: toObjectId(conversationId),
        senderId: toObjectId(senderId),
        clientId: trusted({ $in: [...new Set(clientIds)] }),
      };
      const found = await model.find(filter).lean<EntryDocument[]>();
      return found.map(toRecord);
    },

    /** Entries with `from <= rev < before`, newest first. */
    async listBelow({ conversationId, from, before, limit }: StretchQuery): Promise<Run> {
      return readRun(limit, async (step, last) => {
        const revs = trusted({ $gte: from, $lt: last?.rev ?? before });
        const found = await model
          .find({ conversationId: toObjectId(conversationId), rev: revs })
          .sort({ rev: -1 })
          .limit(step)
          .lean<EntryDocument[]>();
        return found.map(toRecord);
      });
    },

    /**
     * A stretch of history and what it takes to fold it.
     *
     * The order of the reads is the guarantee. A change at or below the cursor was stored when the cursor was read. So
     * it is either still pending in the second read, or was applied before the third: none falls between.
     */
    async readStretch({ conversationId, before, ...rest }: StretchQuery): Promise<Stretch> {
      const cursor = await store.highestRev(conversationId);
      const pending = await store.listPending({ conversationIds: [conversationId], upTo: cursor });
      const below = Math.min(before, cursor + 1);
      const run = await store.listBelow({ conversationId, ...rest, before: below });
      return { cursor, pending, ...run };
    },

    /** Entries with `rev > after`, oldest first. */
    async listAbove({ after, limit, ...rest }: AboveQuery): Promise<Run> {
      return readRun(limit, (step, last) =>
        store.listAllAbove({ ...rest, after: last?.rev ?? after, limit: step }),
      );
    },

    /** The same, however many bytes they have: of a stretch that is known to be short. */
    async listAllAbove({ conversationId, after, limit }: AboveQuery): Promise<EntryRecord[]> {
      const found = await model
        .find({ conversationId: toObjectId(conversationId), rev: trusted({ $gt: after }) })
        .sort({ rev: 1 })
        .limit(limit)
        .lean<EntryDocument[]>();
      return found.map(toRecord);
    },

    /** The last message with `rev >= from`; one seek. */
    async lastMessage(conversationId: string, from: number): Promise<EntryRecord | null> {
      const found = await model
        .findOne({
          conversationId: toObjectId(conversationId),
          kind: 'message',
          rev: trusted({ $gte: from }),
        })
        .sort({ rev: -1 })
        .lean<EntryDocument>();
      return found && toRecord(found);
    },

    /** The messages of several conversations with `rev >= from`, in no particular order: one command. */
    async messagesFrom(
      places: readonly { readonly conversationId: string; readonly from: number }[],
    ): Promise<EntryRecord[]> {
      if (places.length === 0) return [];
      const found = await model
        .find({
          $or: places.map(({ conversationId, from }) => ({
            conversationId: toObjectId(conversationId),
            kind: 'message' as const,
            rev: trusted({ $gte: from }),
          })),
        })
        .lean<EntryDocument[]>();
      return found.map(toRecord);
    },

    /** What counting needs to know of the messages with `rev > after`, oldest first. */
    async listMarks(query: { conversationId: string; after: number; limit: number }): Promise<MessageMark[]> {
      const { conversationId, after, limit } = query;
      const found = await model
        .find(
          { conversationId: toObjectId(conversationId), kind: 'message', rev: trusted({ $gt: after }) },
          { rev: 1, senderId: 1, deletedRev: 1 },
        )
        .sort({ rev: 1 })
        .limit(limit)
        .lean<{ _id: Types.ObjectId; rev: number; senderId: Types.ObjectId; deletedRev?: number }[]>();
      return found.map(({ _id, rev, senderId, deletedRev }) => ({
        id: _id.toHexString(),
        rev,
        senderId: senderId.toHexString(),
        deleted: deletedRev !== undefined,
      }));
    },
  };
  return store;
}
