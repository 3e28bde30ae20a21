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
    errors: ['NOT_FOUND', 'FORBIDDEN', 'BANNED', 'GROUP_FULL'],
    example: { input: { conversationId, userId: exampleIds.bob }, answer: null },
  }),
  route({
    method: 'DELETE',
    path: '/api/conversations/{conversationId}/members/{userId}',
    procedure: 'members.remove',
    summary: 'Put somebody out of a group or room',
    answer: null,
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    example: { input: { conversationId, userId: exampleIds.bob }, answer: null },
  }),
];
