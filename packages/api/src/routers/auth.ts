import { nameAvailableInput, registerInput, signInInput } from '@confab/contract';
import { getAccount, isNameAvailable, register, signIn, signOut } from '@confab/core';
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

  signOut: protectedProcedure.mutation(async ({ ctx }) => {
    await signOut(ctx.core, ctx.actor);
    ctx.keepSession(null);
    return null;
  }),

  me: protectedProcedure.query(({ ctx }) => getAccount(ctx.core, ctx.actor)),

  nameAvailable: publicProcedure.input(nameAvailableInput).query(async ({ ctx, input }) => ({
    available: await isNameAvailable(ctx.core, input.name),
  })),
});
