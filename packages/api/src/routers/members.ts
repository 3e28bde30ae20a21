import { listMembersInput, memberInput, setRoleInput, silenceInput } from '@confab/contract';
import {
  addMember,
  liftBan,
  listBanned,
  listMembers,
  removeMember,
  setRole,
  silenceMember,
} from '@confab/core';
import { protectedProcedure, router } from '../trpc.ts';

export const membersRouter = router({
  list: protectedProcedure
    .meta({ cost: 3 })
    .input(listMembersInput)
    .query(({ ctx, input }) => listMembers(ctx.core, ctx.actor, input)),

  add: protectedProcedure.input(memberInput).mutation(async ({ ctx, input }) => {
    await addMember(ctx.core, ctx.actor, input);
    return null;
  }),

  remove: protectedProcedure.input(memberInput).mutation(async ({ ctx, input }) => {
    await removeMember(ctx.core, ctx.actor, { ...input, ban: false });
    return null;
  }),

  setRole: protectedProcedure.input(setRoleInput).mutation(async ({ ctx, input }) => {
    await setRole(ctx.core, ctx.actor, input);
    return null;
  }),

  silence: protectedProcedure.input(silenceInput).mutation(async ({ ctx, input }) => {
    await silenceMember(ctx.core, ctx.actor, input);
    return null;
  }),

  ban: protectedProcedure.input(memberInput).mutation(async ({ ctx, input }) => {
    await removeMember(ctx.core, ctx.actor, { ...input, ban: true });
    return null;
  }),

  unban: protectedProcedure.input(memberInput).mutation(async ({ ctx, input }) => {
    await liftBan(ctx.core, ctx.actor, input);
    return null;
  }),

  banned: protectedProcedure
    .meta({ cost: 3 })
    .input(listMembersInput)
    .query(({ ctx, input }) => listBanned(ctx.core, ctx.actor, input)),
});
