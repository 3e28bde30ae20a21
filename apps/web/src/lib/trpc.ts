import { createTRPCReact } from '@trpc/react-query';
import type { AppRouter } from '@confab/api';

/** Queries and mutations as hooks. Only the router's type reaches the browser. */
export const trpc = createTRPCReact<AppRouter>();
