import {
  changePasswordInput,
  endSessionInput,
  nameAvailableInput,
  registerInput,
  signInInput,
  type TokenAnswer,
  updateAccountInput,
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
  updateAccount,
} from '@confab/core';
import type { Context } from '../context.ts';
import {
  cookieProcedure,
  protectedCookieProcedure,
  protectedProcedure,
  publicProcedure,
  router,
} from '../trpc.ts';

/** Where a request came from, and what its browser keeps. */
function browserOf({ origin, carried }: Context) {
  return { ...origin, carried };
}

export const authRouter = router({
  register: cookieProcedure.input(registerInput).mutation(async ({ ctx, input }) => {
    const { account, ...signedIn } = await register(ctx.core, input, browserOf(ctx));
    ctx.keepSession(signedIn);
    return account;
  }),

  signIn: cookieProcedure.input(signInInput).mutation(async ({ ctx, input }) => {
    const { account, ...signedIn } = await signIn(ctx.core, input, browserOf(ctx));
    ctx.keepSession(signedIn);
    return account;
  }),

  /** For programs: the session's token is the answer, no cookie is set, and none is looked at. */
  issueToken: publicProcedure.input(signInInput).mutation(async ({ ctx, input }): Promise<TokenAnswer> => {
    const { token, account } = await signIn(ctx.core, input, ctx.origin);
    return { token, account };
  }),

  signOut: protectedCookieProcedure.mutation(async ({ ctx }) => {
    await signOut(ctx.core, ctx.actor);
    ctx.keepSession(null);
    return null;
  }),

  sessions: protectedProcedure.meta({ cost: 1 }).query(({ ctx }) => listSessions(ctx.core, ctx.actor)),

  endSession: protectedProcedure.input(endSessionInput).mutation(async ({ ctx, input }) => {
    await endSession(ctx.core, ctx.actor, input.sessionId);
    return null;
  }),

  endOtherSessions: protectedProcedure.mutation(async ({ ctx }) => ({
    ended: await endOtherSessions(ctx.core, ctx.actor),
  })),

  changePassword: protectedProcedure.input(changePasswordInput).mutation(async ({ ctx, input }) => {
    await changePassword(ctx.core, ctx.actor, { ...input, entrant: browserOf(ctx) });
    return null;
  }),

  updateAccount: protectedProcedure
    .input(updateAccountInput)
    .mutation(({ ctx, input }) => updateAccount(ctx.core, ctx.actor, input)),

  me: protectedProcedure.meta({ cost: 1 }).query(({ ctx }) => getAccount(ctx.core, ctx.actor)),

  nameAvailable: publicProcedure
    .meta({ cost: 1 })
    .input(nameAvailableInput)
    .query(async ({ ctx, input }) => ({
      available: await isNameAvailable(ctx.core, input.name),
    })),
});
