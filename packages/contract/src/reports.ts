import { z } from 'zod';
import { idSchema } from './ids.ts';
import { limits } from './limits.ts';
import { pageCursorSchema } from './paging.ts';
import { noteSchema } from './text.ts';
import type { User } from './users.ts';

export const reportReasonSchema = z.enum(['spam', 'abuse', 'illegal', 'other']);
export type ReportReason = z.infer<typeof reportReasonSchema>;

export const reportMessageInput = z.strictObject({
  conversationId: idSchema,
  messageId: idSchema,
  reason: reportReasonSchema,
  note: noteSchema(limits.reportNoteLengthMax).default(''),
});
export type ReportMessageInput = z.infer<typeof reportMessageInput>;

export const listReportsInput = z.strictObject({
  cursor: pageCursorSchema.optional(),
  limit: z.int().min(1).max(limits.listRowsMax).default(50),
});

/** One person's report of one message, as it was when it was reported. For administrators. */
export interface Report {
  readonly id: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly reporter: User | null;
  readonly sender: User | null;
  readonly reason: ReportReason;
  readonly note: string;
  readonly text: string;
  readonly createdAt: string;
}

/** Latest first. `nextCursor` is null at the end. */
export interface ReportPage {
  readonly reports: readonly Report[];
  readonly nextCursor: string | null;
}
