import {
  conversationInput,
  createGroupByNamesInput,
  createGroupInput,
  listConversationsInput,
  markInput,
  openDirectInput,
  setPreferencesInput,
  updateConversationInput,
} from '@confab/contract';
import {
  createGroup,
  createGroupByNames,
  getConversation,
  leaveConversation,
  listConversations,
  listWatermarks,
  markConversation,
  openDirect,
  setPreferences,
  updateConversation,
} from '@confab/core';
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

  createGroupByNames: protectedProcedure
    .input(createGroupByNamesInput)
    .mutation(({ ctx, input }) => createGroupByNames(ctx.core, ctx.actor, input)),

  mark: protectedProcedure
    .input(markInput)
    .mutation(({ ctx, input }) => markConversation(ctx.core, ctx.actor, input)),

  setPreferences: protectedProcedure
    .input(setPreferencesInput)
    .mutation(({ ctx, input }) => setPreferences(ctx.core, ctx.actor, input)),

  watermarks: protectedProcedure
    .input(conversationInput)
    .query(({ ctx, input }) => listWatermarks(ctx.core, ctx.actor, input.conversationId)),

  update: protectedProcedure
    .input(updateConversationInput)
    .mutation(({ ctx, input }) => updateConversation(ctx.core, ctx.actor, input)),

  leave: protectedProcedure.input(conversationInput).mutation(async ({ ctx, input }) => {
    await leaveConversation(ctx.core, ctx.actor, input.conversationId);
    return null;
  }),
});
