import { account, token } from '../answers.ts';
import { adasAccount } from '../examples.ts';
import { route } from '../route.ts';

export const authRoutes = [
  route({
    method: 'POST',
    path: '/api/auth/register',
    procedure: 'auth.register',
    summary: 'Make an account',
    note: 'Also signs a browser in, by its cookie. A program goes on with a login.',
    open: true,
    created: true,
    answer: account,
    errors: ['NAME_TAKEN', 'EMAIL_TAKEN', 'COMMON_PASSWORD', 'RATE_LIMITED'],
    example: {
      input: { name: 'ada', email: 'ada@example.org', password: 'correct horse battery' },
      answer: adasAccount,
    },
  }),
  route({
    method: 'POST',
    path: '/api/auth/login',
    procedure: 'auth.issueToken',
    summary: 'Get a token for a name or email address and its password',
    note: 'Sets no cookie.',
    open: true,
    answer: token,
    errors: ['SIGN_IN_FAILED', 'RATE_LIMITED'],
    example: {
      input: { login: 'ada', password: 'correct horse battery' },
      answer: { token: 'mfjbv2e5xq6tlu5qk3f7zr4d2wyhcn3o5a7ipsge', account: adasAccount },
    },
  }),
  route({
    method: 'POST',
    path: '/api/auth/logout',
    procedure: 'auth.signOut',
    summary: 'End this session; its token is worth nothing from then on',
    answer: null,
    example: { answer: null },
  }),
];
