import {
  conversationInput,
  createInvitationInput,
  invitationCodeInput,
  revokeInvitationInput,
} from '@confab/contract';
import {
  acceptInvitation,
  createInvitation,
  listInvitations,
  previewInvitation,
  revokeInvitation,
} from '@confab/core';
import { protectedProcedure, publicProcedure, router } from '../trpc.ts';

export const invitationsRouter = router({
  create: protectedProcedure
    .input(createInvitationInput)
    .mutation(({ ctx, input }) => createInvitation(ctx.core, ctx.actor, input)),

  list: protectedProcedure
    .meta({ cost: 2 })
    .input(conversationInput)
    .query(({ ctx, input }) => listInvitations(ctx.core, ctx.actor, input.conversationId)),

  revoke: protectedProcedure.input(revokeInvitationInput).mutation(async ({ ctx, input }) => {
    await revokeInvitation(ctx.core, ctx.actor, input);
    return null;
  }),

  /**
   * For strangers too: they are to see what they would sign in for. Changes nothing; a mutation, because the input of a
   * query stands in the URL, and URLs are logged.
   */
  preview: publicProcedure.input(invitationCodeInput).mutation(({ ctx, input }) => {
    const { core, actor, origin } = ctx;
    return previewInvitation(core, { actor, address: origin.address }, input.code);
  }),

  accept: protectedProcedure
    .input(invitationCodeInput)
    .mutation(({ ctx, input }) => acceptInvitation(ctx.core, ctx.actor, input.code)),
});
