import { messagePageInput, messagePullInput, sendMessageInput } from '@confab/contract';
import { pageMessages, pullMessages, sendMessage } from '@confab/core';
import { protectedProcedure, router } from '../trpc.ts';

export const messagesRouter = router({
  page: protectedProcedure
    .input(messagePageInput)
    .query(({ ctx, input }) => pageMessages(ctx.core, ctx.actor, input)),

  pull: protectedProcedure
    .input(messagePullInput)
    .query(({ ctx, input }) => pullMessages(ctx.core, ctx.actor, input)),

  send: protectedProcedure
    .input(sendMessageInput)
    .mutation(({ ctx, input }) => sendMessage(ctx.core, ctx.actor, input)),
});
