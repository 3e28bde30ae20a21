import { clearedSessionCookie, sessionCookie } from '@confab/auth';
import { ConfabError, nameAvailableInput, registerInput, signInInput } from '@confab/contract';
import { getAccount, isNameAvailable, register, signIn, signOut } from '@confab/core';
import type { Context } from '../context.ts';
import { protectedProcedure, publicProcedure, router } from '../trpc.ts';

/** Signing in and out changes a cookie, which only an HTTP answer can. */
function setCookie(ctx: Context, cookie: string): void {
  if (ctx.connection.transport !== 'http') {
    throw new ConfabError('BAD_INPUT', { message: 'This is possible over HTTP only.' });
  }
  ctx.connection.setCookie(cookie);
}

export const authRouter = router({
  register: publicProcedure.input(registerInput).mutation(async ({ ctx, input }) => {
    const { token, account } = await register(ctx.core, input, ctx.origin);
    setCookie(ctx, sessionCookie(token, { secure: ctx.secureCookies }));
    return account;
  }),

  signIn: publicProcedure.input(signInInput).mutation(async ({ ctx, input }) => {
    const { token, account } = await signIn(ctx.core, input, ctx.origin);
    setCookie(ctx, sessionCookie(token, { secure: ctx.secureCookies }));
    return account;
  }),

  signOut: protectedProcedure.mutation(async ({ ctx }) => {
    await signOut(ctx.core, ctx.actor);
    setCookie(ctx, clearedSessionCookie({ secure: ctx.secureCookies }));
    return null;
  }),

  me: protectedProcedure.query(({ ctx }) => getAccount(ctx.core, ctx.actor)),

  nameAvailable: publicProcedure.input(nameAvailableInput).query(async ({ ctx, input }) => ({
    available: await isNameAvailable(ctx.core, input.name),
  })),
});
