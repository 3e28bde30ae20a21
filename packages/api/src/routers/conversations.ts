import {
  conversationInput,
  createGroupInput,
  listConversationsInput,
  openDirectInput,
} from '@confab/contract';
import { createGroup, getConversation, leaveConversation, listConversations, openDirect } from '@confab/core';
import { protectedProcedure, router } from '../trpc.ts';

export const conversationsRouter = router({
  list: protectedProcedure
    .input(listConversationsInput)
    .query(({ ctx, input }) => listConversations(ctx.core, ctx.actor, input)),

  get: protectedProcedure
    .input(conversationInput)
    .query(({ ctx, input }) => getConversation(ctx.core, ctx.actor, input.conversationId)),

  openDirect: protectedProcedure
    .input(openDirectInput)
    .mutation(({ ctx, input }) => openDirect(ctx.core, ctx.actor, input.userId)),

  createGroup: protectedProcedure
    .input(createGroupInput)
    .mutation(({ ctx, input }) => createGroup(ctx.core, ctx.actor, input)),

  leave: protectedProcedure.input(conversationInput).mutation(async ({ ctx, input }) => {
    await leaveConversation(ctx.core, ctx.actor, input.conversationId);
    return null;
  }),
});
