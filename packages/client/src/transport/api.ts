import type { AppRouter } from '@confab/api';
import type { TRPCClient } from '@trpc/client';

/** Every procedure of the product, typed. */
export type Api = TRPCClient<AppRouter>;
