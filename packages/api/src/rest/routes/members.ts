import { memberPage } from '../answers.ts';
import { exampleIds, exampleMembers } from '../examples.ts';
import { route } from '../route.ts';

const conversationId = exampleIds.group;

export const memberRoutes = [
  route({
    method: 'GET',
    path: '/api/conversations/{conversationId}/members',
    procedure: 'members.list',
    summary: 'The members, longest-standing first',
    answer: memberPage,
    errors: ['NOT_FOUND'],
    example: { input: { conversationId, limit: 10 }, answer: exampleMembers },
  }),
  route({
    method: 'POST',
    path: '/api/conversations/{conversationId}/members',
    procedure: 'members.add',
    summary: 'Bring somebody into a group or room',
    answer: null,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'BANNED', 'BLOCKED', 'GROUP_FULL', 'RATE_LIMITED'],
    example: { input: { conversationId, userId: exampleIds.bob }, answer: null },
  }),
  route({
    method: 'DELETE',
    path: '/api/conversations/{conversationId}/members/{userId}',
    procedure: 'members.remove',
    summary: 'Put somebody out of a group or room',
    answer: null,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'RATE_LIMITED'],
    example: { input: { conversationId, userId: exampleIds.bob }, answer: null },
  }),
  route({
    method: 'PUT',
    path: '/api/conversations/{conversationId}/members/{userId}/ban',
    procedure: 'members.ban',
    summary: 'Put somebody out of a group or room, for good',
    note: 'Somebody who left or was put out may be banned, too.',
    answer: null,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'RATE_LIMITED'],
    example: { input: { conversationId, userId: exampleIds.bob }, answer: null },
  }),
  route({
    method: 'PUT',
    path: '/api/conversations/{conversationId}/members/{userId}/role',
    procedure: 'members.setRole',
    summary: 'Give a member another role',
    note: 'For the owner. `owner` hands the conversation over; you are a moderator of it then.',
    answer: null,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'RATE_LIMITED'],
    example: { input: { conversationId, userId: exampleIds.bob, role: 'moderator' }, answer: null },
  }),
  route({
    method: 'PUT',
    path: '/api/conversations/{conversationId}/members/{userId}/silence',
    procedure: 'members.silence',
    summary: 'Keep a member from writing for so many minutes',
    note: 'They may read, and delete what they wrote. 0 lets them write again.',
    answer: null,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'RATE_LIMITED'],
    example: { input: { conversationId, userId: exampleIds.bob, minutes: 60 }, answer: null },
  }),
];
