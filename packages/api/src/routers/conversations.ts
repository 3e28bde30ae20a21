import {
  conversationInput,
  createGroupByNamesInput,
  createGroupInput,
  limits,
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

/** Every page orders the whole list; beside that it costs by rows. What cannot be a number of rows is refused later. */
function costOfList(input: unknown): number {
  const limit = typeof input === 'object' && input !== null && 'limit' in input ? input.limit : undefined;
  const rows = typeof limit === 'number' && limit > 0 ? limit : limits.conversationRowsMax;
  return 5 + Math.ceil(Math.min(rows, limits.conversationRowsMax) / 5);
}

export const conversationsRouter = router({
  list: protectedProcedure
    .meta({ cost: costOfList })
    .input(listConversationsInput)
    .query(({ ctx, input }) => listConversations(ctx.core, ctx.actor, input)),

  get: protectedProcedure
    .meta({ cost: 2 })
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
    .meta({ cost: 3 })
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
