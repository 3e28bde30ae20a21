import { searchUsersInput, usersByIdsInput } from '@confab/contract';
import { getUsers, searchUsers } from '@confab/core';
import { protectedProcedure, router } from '../trpc.ts';

export const usersRouter = router({
  search: protectedProcedure
    .input(searchUsersInput)
    .query(({ ctx, input }) => searchUsers(ctx.core, ctx.actor, input)),

  byIds: protectedProcedure.input(usersByIdsInput).query(({ ctx, input }) => getUsers(ctx.core, input.ids)),
});
