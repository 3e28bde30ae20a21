import { account, profile, userPage } from '../answers.ts';
import { adasAccount, bob, exampleIds } from '../examples.ts';
import { route } from '../route.ts';

export const peopleRoutes = [
  route({
    method: 'GET',
    path: '/api/me',
    procedure: 'auth.me',
    summary: 'Who you are',
    answer: account,
    example: { answer: adasAccount },
  }),
  route({
    method: 'PATCH',
    path: '/api/me',
    procedure: 'auth.updateAccount',
    summary: 'Choose who may bring you into groups and rooms',
    note: '`everyone`, or `contacts`: those to whom you have written privately.',
    answer: account,
    errors: ['RATE_LIMITED'],
    example: { input: { addableBy: 'contacts' }, answer: { ...adasAccount, addableBy: 'contacts' } },
  }),
  route({
    method: 'GET',
    path: '/api/users',
    procedure: 'users.search',
    summary: 'Find people by the start of their name',
    note: 'Case and accents do not count. Who is called exactly so stands first, then by name. An empty prefix lists everybody but you.',
    answer: userPage,
    errors: ['RATE_LIMITED'],
    example: { input: { prefix: 'bo' }, answer: { users: [bob], nextCursor: null } },
  }),
  route({
    method: 'GET',
    path: '/api/users/{userId}',
    procedure: 'users.profile',
    summary: 'One person, and what you both are in',
    answer: profile,
    errors: ['NOT_FOUND', 'RATE_LIMITED'],
    example: {
      input: { userId: exampleIds.bob },
      answer: {
        user: bob,
        createdAt: adasAccount.createdAt,
        blocked: false,
        shared: [{ id: exampleIds.group, kind: 'group', name: 'Boat trip' }],
      },
    },
  }),
  route({
    method: 'GET',
    path: '/api/blocks',
    procedure: 'users.blocked',
    summary: 'Whom you blocked, latest first',
    answer: userPage,
    example: { input: { limit: 10 }, answer: { users: [bob], nextCursor: null } },
  }),
  route({
    method: 'PUT',
    path: '/api/blocks/{userId}',
    procedure: 'users.block',
    summary: 'Keep somebody from writing to you directly',
    note: 'Neither of you can then write in your private conversation; what was written stays. Groups are not touched.',
    answer: null,
    errors: ['NOT_FOUND', 'YOURSELF', 'FORBIDDEN', 'RATE_LIMITED'],
    example: { input: { userId: exampleIds.bob }, answer: null },
  }),
  route({
    method: 'DELETE',
    path: '/api/blocks/{userId}',
    procedure: 'users.unblock',
    summary: 'Let somebody write to you again',
    answer: null,
    errors: ['RATE_LIMITED'],
    example: { input: { userId: exampleIds.bob }, answer: null },
  }),
];
