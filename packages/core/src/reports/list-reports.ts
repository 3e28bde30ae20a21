import { ConfabError, type ReportPage } from '@confab/contract';
import { decodePageCursor, encodePageCursor } from '@confab/db';
import { toUser } from '../accounts/views.ts';
import type { Actor, Core } from '../core.ts';

/** What was reported, latest first; for administrators. @throws ConfabError FORBIDDEN */
export async function listReports(
  core: Core,
  actor: Actor,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<ReportPage> {
  const after = cursor === undefined ? null : decodePageCursor(cursor, ['number', 'id']);
  const account = await core.db.users.findById(actor.userId);
  if (account?.role !== 'admin') throw new ConfabError('FORBIDDEN');
  const reports = await core.db.reports.list({
    after: after && { createdAt: after[0], id: after[1] },
    limit,
  });
  const userIds = new Set(reports.flatMap(({ reporterId, senderId }) => [reporterId, senderId]));
  const users = await core.db.users.findByIds([...userIds]);
  const byId = new Map(users.map((user) => [user.id, toUser(user)]));
  const last = reports.length === limit ? reports.at(-1) : undefined;
  return {
    reports: reports.map(({ reporterId, senderId, createdAt, ...report }) => ({
      ...report,
      reporter: byId.get(reporterId) ?? null,
      sender: byId.get(senderId) ?? null,
      createdAt: createdAt.toISOString(),
    })),
    nextCursor: last ? encodePageCursor([last.createdAt.getTime(), last.id]) : null,
  };
}
