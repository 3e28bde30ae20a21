import {
  deleteMessageInput,
  editMessageInput,
  messagePageInput,
  messagePullInput,
  messageVersionsInput,
  reactToMessageInput,
  reportMessageInput,
  sendMessageInput,
} from '@confab/contract';
import {
  deleteMessage,
  editMessage,
  listVersions,
  pageMessages,
  pullMessages,
  reactToMessage,
  reportMessage,
  sendMessage,
} from '@confab/core';
import { protectedProcedure, router } from '../trpc.ts';

export const messagesRouter = router({
  page: protectedProcedure
    .meta({ cost: 8 })
    .input(messagePageInput)
    .query(({ ctx, input }) => pageMessages(ctx.core, ctx.actor, input)),

  pull: protectedProcedure
    .meta({ cost: 4 })
    .input(messagePullInput)
    .query(({ ctx, input }) => pullMessages(ctx.core, ctx.actor, input)),

  send: protectedProcedure
    .input(sendMessageInput)
    .mutation(({ ctx, input }) => sendMessage(ctx.core, ctx.actor, input)),

  edit: protectedProcedure
    .input(editMessageInput)
    .mutation(({ ctx, input }) => editMessage(ctx.core, ctx.actor, input)),

  delete: protectedProcedure
    .input(deleteMessageInput)
    .mutation(({ ctx, input }) => deleteMessage(ctx.core, ctx.actor, input)),

  react: protectedProcedure
    .input(reactToMessageInput)
    .mutation(({ ctx, input }) => reactToMessage(ctx.core, ctx.actor, input)),

  report: protectedProcedure.input(reportMessageInput).mutation(async ({ ctx, input }) => {
    await reportMessage(ctx.core, ctx.actor, input);
    return null;
  }),

  versions: protectedProcedure
    .meta({ cost: 20 })
    .input(messageVersionsInput)
    .query(({ ctx, input }) => listVersions(ctx.core, ctx.actor, input)),
});
