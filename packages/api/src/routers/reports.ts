import { listReportsInput } from '@confab/contract';
import { listReports } from '@confab/core';
import { protectedProcedure, router } from '../trpc.ts';

export const reportsRouter = router({
  list: protectedProcedure
    .meta({ cost: 3 })
    .input(listReportsInput)
    .query(({ ctx, input }) => listReports(ctx.core, ctx.actor, input)),
});
