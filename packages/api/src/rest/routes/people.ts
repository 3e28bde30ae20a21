import { account, userPage } from '../answers.ts';
import { adasAccount, bob } from '../examples.ts';
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
    method: 'GET',
    path: '/api/users',
    procedure: 'users.search',
    summary: 'Find people by the start of their name',
    note: 'Case and accents do not count. An empty prefix lists everybody but you.',
    answer: userPage,
    errors: ['RATE_LIMITED'],
    example: { input: { prefix: 'bo' }, answer: { users: [bob], nextCursor: null } },
  }),
];
