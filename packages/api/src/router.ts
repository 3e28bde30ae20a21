import { authRouter } from './routers/auth.ts';
import { conversationsRouter } from './routers/conversations.ts';
import { invitationsRouter } from './routers/invitations.ts';
import { liveRouter, presenceRouter } from './routers/live.ts';
import { membersRouter } from './routers/members.ts';
import { messagesRouter } from './routers/messages.ts';
import { reportsRouter } from './routers/reports.ts';
import { roomsRouter } from './routers/rooms.ts';
import { usersRouter } from './routers/users.ts';
import { createCallerFactory, router } from './trpc.ts';

/** Every procedure of the product; web and ws serve the same one. */
export const appRouter = router({
  auth: authRouter,
  conversations: conversationsRouter,
  invitations: invitationsRouter,
  live: liveRouter,
  members: membersRouter,
  messages: messagesRouter,
  presence: presenceRouter,
  reports: reportsRouter,
  rooms: roomsRouter,
  users: usersRouter,
});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
