import type { Route } from './route.ts';
import { authRoutes } from './routes/auth.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { creationRoutes } from './routes/creations.ts';
import { markRoutes } from './routes/marks.ts';
import { memberRoutes } from './routes/members.ts';
import { messageRoutes } from './routes/messages.ts';
import { peopleRoutes } from './routes/people.ts';

/** Everything that answers under `/api`, by noun. Apart from the routers: they do not know of it. */
export const routes: readonly Route[] = [
  ...authRoutes,
  ...peopleRoutes,
  ...creationRoutes,
  ...conversationRoutes,
  ...messageRoutes,
  ...markRoutes,
  ...memberRoutes,
];
