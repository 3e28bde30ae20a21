import { listBlockedInput, searchUsersInput, userInput, usersByIdsInput } from '@confab/contract';
import { blockUser, getProfile, getUsers, listBlocked, searchUsers, unblockUser } from '@confab/core';
import { protectedProcedure, router } from '../trpc.ts';

export const usersRouter = router({
  search: protectedProcedure
    .meta({ cost: 2 })
    .input(searchUsersInput)
    .query(({ ctx, input }) => searchUsers(ctx.core, ctx.actor, input)),

  byIds: protectedProcedure
    .meta({ cost: 2 })
    .input(usersByIdsInput)
    .query(({ ctx, input }) => getUsers(ctx.core, input.ids)),

  profile: protectedProcedure
    .meta({ cost: 3 })
    .input(userInput)
    .query(({ ctx, input }) => getProfile(ctx.core, ctx.actor, input.userId)),

  blocked: protectedProcedure
    .meta({ cost: 2 })
    .input(listBlockedInput)
    .query(({ ctx, input }) => listBlocked(ctx.core, ctx.actor, input)),

  block: protectedProcedure.input(userInput).mutation(async ({ ctx, input }) => {
    await blockUser(ctx.core, ctx.actor, input.userId);
    return null;
  }),

  unblock: protectedProcedure.input(userInput).mutation(async ({ ctx, input }) => {
    await unblockUser(ctx.core, ctx.actor, input.userId);
    return null;
  }),
});
