import {
  conversationInput,
  createRoomInput,
  listRoomsInput,
  listRoomsWithMembersInput,
} from '@confab/contract';
import { createRoom, joinRoom, listRooms, listRoomsWithMembers } from '@confab/core';
import { protectedProcedure, router } from '../trpc.ts';

export const roomsRouter = router({
  list: protectedProcedure
    .meta({ cost: 4 })
    .input(listRoomsInput)
    .query(({ ctx, input }) => listRooms(ctx.core, ctx.actor, input)),

  listWithMembers: protectedProcedure
    .meta({ cost: 40 })
    .input(listRoomsWithMembersInput)
    .query(({ ctx, input }) => listRoomsWithMembers(ctx.core, ctx.actor, input)),

  create: protectedProcedure
    .input(createRoomInput)
    .mutation(({ ctx, input }) => createRoom(ctx.core, ctx.actor, input)),

  join: protectedProcedure
    .input(conversationInput)
    .mutation(({ ctx, input }) => joinRoom(ctx.core, ctx.actor, input.conversationId)),
});
