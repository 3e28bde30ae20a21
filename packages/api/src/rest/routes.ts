import type { Route } from './route.ts';
import { authRoutes } from './routes/auth.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { creationRoutes } from './routes/creations.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { markRoutes } from './routes/marks.ts';
import { memberRoutes } from './routes/members.ts';
import { messageRoutes } from './routes/messages.ts';
import { peopleRoutes } from './routes/people.ts';
import { reportRoutes } from './routes/reports.ts';

/** Everything that answers under `/api`, by noun. Apart from the routers: they do not know of it. */
export const routes: readonly Route[] = [
  ...authRoutes,
  ...peopleRoutes,
  ...creationRoutes,
  ...conversationRoutes,
  ...messageRoutes,
  ...markRoutes,
  ...memberRoutes,
  ...invitationRoutes,
  ...reportRoutes,
];
