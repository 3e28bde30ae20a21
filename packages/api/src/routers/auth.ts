import {
  changePasswordInput,
  endSessionInput,
  nameAvailableInput,
  registerInput,
  signInInput,
  type TokenAnswer,
} from '@confab/contract';
import {
  changePassword,
  endOtherSessions,
  endSession,
  getAccount,
  isNameAvailable,
  listSessions,
  register,
  signIn,
  signOut,
} from '@confab/core';
import { protectedProcedure, publicProcedure, router } from '../trpc.ts';

export const authRouter = router({
  register: publicProcedure.input(registerInput).mutation(async ({ ctx, input }) => {
    const { token, account } = await register(ctx.core, input, ctx.origin);
    ctx.keepSession(token);
    return account;
  }),

  signIn: publicProcedure.input(signInInput).mutation(async ({ ctx, input }) => {
    const { token, account } = await signIn(ctx.core, input, ctx.origin);
    ctx.keepSession(token);
    return account;
  }),

  /** For programs: the session's token is the answer, and no cookie is set. */
  issueToken: publicProcedure
    .input(signInInput)
    .mutation(({ ctx, input }): Promise<TokenAnswer> => signIn(ctx.core, input, ctx.origin)),

  signOut: protectedProcedure.mutation(async ({ ctx }) => {
    await signOut(ctx.core, ctx.actor);
    ctx.keepSession(null);
    return null;
  }),

  sessions: protectedProcedure.query(({ ctx }) => listSessions(ctx.core, ctx.actor)),

  endSession: protectedProcedure.input(endSessionInput).mutation(async ({ ctx, input }) => {
    await endSession(ctx.core, ctx.actor, input.sessionId);
    return null;
  }),

  endOtherSessions: protectedProcedure.mutation(async ({ ctx }) => ({
    ended: await endOtherSessions(ctx.core, ctx.actor),
  })),

  changePassword: protectedProcedure.input(changePasswordInput).mutation(async ({ ctx, input }) => {
    await changePassword(ctx.core, ctx.actor, input);
    return null;
  }),

  me: protectedProcedure.query(({ ctx }) => getAccount(ctx.core, ctx.actor)),

  nameAvailable: publicProcedure.input(nameAvailableInput).query(async ({ ctx, input }) => ({
    available: await isNameAvailable(ctx.core, input.name),
  })),
});
