import { password, type User } from '../../chaos/clients/user.ts';
import type { Stage } from '../stage/stage.ts';
import type { Answer } from './http-call.ts';

/** A request that is refused with one of these statuses. */
export interface Case {
  readonly name: string;
  readonly wanted: readonly number[];
  send(): Promise<Answer>;
}

const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;

/** Registrations and sign-ins that are none. */
export function badAccountCalls(stage: Stage): Case[] {
  const from = () => stage.from(stage.address());
  const register = (more: object) =>
    stage.mutate(
      'auth.register',
      { name: 'somebody', email: 'somebody@example.org', password, ...more },
      from(),
    );
  const signIn = (more: object) =>
    stage.mutate('auth.signIn', { login: 'somebody', password, ...more }, from());
  const bad = (name: string, send: () => Promise<Answer>, ...wanted: number[]): Case => ({
    name,
    send,
    wanted: wanted.length > 0 ? wanted : [400],
  });
  return [
    bad('$ne for a mail address', () => register({ email: { $ne: null } })),
    bad('$regex for a login', () => signIn({ login: { $regex: '.*' } })),
    bad('$where', () => signIn({ login: { $where: 'sleep(1000)' } })),
    bad('an array for a login', () => signIn({ login: ['somebody'] })),
    bad('an array for a password', () => signIn({ password: [password] })),
    bad('__proto__', () =>
      stage.mutate(
        'auth.register',
        `{"__proto__":{"role":"admin"},"name":"somebody","email":"a@example.org","password":"${password}"}`,
        from(),
      ),
    ),
    bad('constructor', () => register({ constructor: { prototype: { role: 'admin' } } })),
    bad('a role', () => register({ role: 'admin' })),
    bad('NUL in a name', () => register({ name: 'some\0body' })),
    bad('a name of two scripts', () => register({ name: 'аda' })),
    bad('a lone surrogate', () =>
      stage.mutate(
        'auth.register',
        '{"name":"a\\ud800b","email":"a@example.org","password":"correct horse battery"}',
        from(),
      ),
    ),
    bad('a password of 1 MiB', () => signIn({ password: 'x'.repeat(1_048_576) }), 413),
    bad('a password of 60 KB', () => signIn({ password: 'x'.repeat(60_000) })),
    bad('invalid UTF-8', () =>
      stage.http({
        method: 'POST',
        path: '/api/trpc/auth.signIn',
        headers: { ...from(), 'content-type': 'application/json' },
        body: Buffer.from([0x22, 0xff, 0xfe, 0x22]),
      }),
    ),
    bad('10,000 brackets', () => stage.mutate('auth.signIn', deep, from())),
    bad('a body that is no JSON', () => stage.mutate('auth.signIn', '{"login":', from())),
    bad('no body', () => stage.mutate('auth.signIn', '', from())),
    bad('2 MB', () => stage.mutate('auth.signIn', '0'.repeat(2_000_000), from()), 413),
    bad('an unknown procedure', () => stage.mutate('auth.becomeAdmin', {}, from()), 404),
    bad('toString', () => stage.query('toString', {}, from()), 404, 400),
    bad('constructor.prototype', () => stage.query('constructor.prototype', {}, from()), 404, 400),
    bad(
      'another site',
      () =>
        stage.mutate(
          'auth.signIn',
          { login: 'x', password: 'x' },
          { origin: 'https://evil.example', 'x-forwarded-for': stage.address() },
        ),
      403,
    ),
    bad(
      'another site, as text',
      () =>
        stage.mutate(
          'auth.signIn',
          { login: 'x', password: 'x' },
          { origin: 'null', 'content-type': 'text/plain', 'x-forwarded-for': stage.address() },
        ),
      403,
      415,
    ),
  ];
}

/** What a plain form of another site, or a program, makes of the pages that people sign in by. */
export function badForms(stage: Stage, { name }: User): Case[] {
  const right = new URLSearchParams({ login: name, password }).toString();
  const form = (origin: string, type: string, body: string) => () =>
    stage.http({
      method: 'POST',
      path: '/sign-in',
      headers: { ...stage.from(stage.address()), origin, 'content-type': type },
      body,
    });
  const plain = 'application/x-www-form-urlencoded';
  const part = `--x\r\ncontent-disposition: form-data; name="login"\r\n\r\n${name}\r\n--x--\r\n`;
  return [
    { name: 'a form of another site', wanted: [403, 405], send: form('https://evil.example', plain, right) },
    { name: 'a form of nobody', wanted: [403, 405], send: form('null', plain, right) },
    {
      name: 'a form in parts',
      wanted: [400, 405, 415],
      send: form(stage.origin, 'multipart/form-data; boundary=x', part),
    },
    {
      name: 'a form of 1 MB',
      wanted: [413, 405],
      send: form(stage.origin, plain, `login=${'a'.repeat(1_000_000)}`),
    },
    {
      name: 'a form of ampersands',
      wanted: [400, 401, 413, 405],
      send: form(stage.origin, plain, '&'.repeat(60_000)),
    },
  ];
}
