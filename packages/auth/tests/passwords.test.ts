import { hash, parseOptions, verify } from '@node-rs/argon2';
import { ConfabError } from '@confab/contract';
import { describe, expect, test, vi } from 'vitest';
import { createPasswords, type Argon2, type HashPlace } from '../src/passwords.ts';

const place: HashPlace = { purpose: 'signIn', line: '192.0.2.1' };

describe('a password', () => {
  test('opens what was made from it, and another does not', async () => {
    const passwords = createPasswords();
    const made = await passwords.hash('correct horse', place);
    expect(await passwords.verify(made, 'correct horse', place)).toBe(true);
    expect(await passwords.verify(made, 'correct horsf', place)).toBe(false);
    expect(await passwords.verify(made, '', place)).toBe(false);
    expect(made).not.toContain('horse');
  });

  test('is hashed by argon2id with 19 MiB, two passes, one lane and a salt of its own', async () => {
    const passwords = createPasswords();
    const [first, second] = await Promise.all([passwords.hash('same', place), passwords.hash('same', place)]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
  });

  test('counts as a whole: two that are equal in their first 72 bytes, and 200, are different', async () => {
    const passwords = createPasswords();
    for (const length of [72, 200]) {
      const common = 'x'.repeat(length);
      const made = await passwords.hash(`${common}a`, place);
      expect(await passwords.verify(made, `${common}b`, place)).toBe(false);
      expect(await passwords.verify(made, common, place)).toBe(false);
      expect(await passwords.verify(made, `${common}a`, place)).toBe(true);
    }
  });

  test('is the same however a keyboard composes its letters', async () => {
    const passwords = createPasswords();
    const made = await passwords.hash('caf\u00e9', place);
    expect(await passwords.verify(made, 'cafe\u0301', place)).toBe(true);
    expect(await passwords.verify(made, 'cafe', place)).toBe(false);
  });
});

describe('an unknown user', () => {
  test('costs exactly the one verification that a wrong password costs, with the same parameters', async () => {
    const counted = { hash: vi.fn<Argon2['hash']>(hash), verify: vi.fn<Argon2['verify']>(verify) };
    const passwords = createPasswords({ argon2: counted });
    const known = await passwords.hash('right password', place);
    counted.hash.mockClear();
    expect(await passwords.verify(null, 'wrong password', place)).toBe(false);
    expect(await passwords.verify(known, 'wrong password', place)).toBe(false);
    expect(counted.hash).not.toHaveBeenCalled();
    const [unknownUser, knownUser] = counted.verify.mock.calls.map(([made]) => made);
    expect(counted.verify).toHaveBeenCalledTimes(2);
    expect(parseOptions(unknownUser ?? '')).toEqual(parseOptions(knownUser ?? ''));
  });

  test('is refused even where the library would say yes', async () => {
    const passwords = createPasswords({ argon2: { hash, verify: async () => true } });
    expect(await passwords.verify(null, 'anything', place)).toBe(false);
  });
});

/** Argon2 that ends when the test says so, and notes in which order it was asked: by the password. */
function heldArgon2() {
  const running: (() => void)[] = [];
  const asked: string[] = [];
  let most = 0;
  const run = async (password: string) => {
    asked.push(password);
    await new Promise<void>((resolve) => {
      running.push(resolve);
      most = Math.max(most, running.length);
    });
  };
  const argon2: Argon2 = {
    hash: async (password) => {
      await run(password);
      return 'hash';
    },
    verify: async (_, password) => {
      await run(password);
      return true;
    },
  };
  /** Ends them one after the other, until nothing is asked any more. */
  async function endAll() {
    await new Promise(setImmediate);
    for (let end = running.shift(); end; end = running.shift()) {
      end();
      await new Promise(setImmediate);
    }
  }
  return { argon2, asked, most: () => most, endAll };
}

const from = (line: string, purpose: HashPlace['purpose'] = 'signIn'): HashPlace => ({ purpose, line });

describe('the order in which passwords are hashed', () => {
  /** Asks for all of them while the only turn is taken; resolves to the order in which they had theirs. */
  async function orderOf(tasks: readonly (readonly [password: string, place: HashPlace])[]) {
    const { argon2, asked, endAll } = heldArgon2();
    const passwords = createPasswords({ concurrency: 1, argon2 });
    const all = [passwords.hash('first', from('x'))];
    for (const [password, at] of tasks) all.push(passwords.hash(password, at));
    await endAll();
    await Promise.all(all);
    return asked.slice(1);
  }

  test('is known devices, then sign-ins, then changes, then registrations', async () => {
    const places = (['registration', 'change', 'signIn', 'knownDevice'] as const).map(
      (purpose) => [purpose, from('a', purpose)] as const,
    );
    expect(await orderOf([...places, ...places])).toEqual([
      'knownDevice',
      'knownDevice',
      'signIn',
      'signIn',
      'change',
      'change',
      'registration',
      'registration',
    ]);
  });

  test('gives each address a turn before anybody has a second one', async () => {
    const flood = Array.from({ length: 50 }, (_, i) => [`flood ${String(i)}`, from('a')] as const);
    const order = await orderOf([...flood, ['ada', from('b')], ['bob', from('c')], ['bob too', from('c')]]);
    expect(order.indexOf('ada')).toBe(1);
    expect(order.indexOf('bob')).toBe(2);
    expect(order.indexOf('bob too')).toBe(4);
  });

  test('would be that of their coming if all were one line', async () => {
    const flood = Array.from({ length: 50 }, (_, i) => [`flood ${String(i)}`, from('a')] as const);
    expect((await orderOf([...flood, ['ada', from('a')]])).indexOf('ada')).toBe(50);
  });
});

describe('a flood', () => {
  const isRefused = (result: PromiseSettledResult<unknown>) => result.status === 'rejected';

  test('runs two at once, lets a bounded number wait, and refuses the rest at once with a time', async () => {
    const { argon2, most, asked, endAll } = heldArgon2();
    const passwords = createPasswords({ concurrency: 2, queueMax: 3, argon2 });
    const accepted = Array.from({ length: 5 }, () => passwords.verify('hash', 'password', place));
    const refused = await Promise.allSettled(
      Array.from({ length: 4 }, () => passwords.verify('hash', 'password', place)),
    );
    // Nothing has ended: they were refused without waiting for anything.
    expect(asked).toHaveLength(2);
    for (const result of refused) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE' } });
      const reason: unknown = result.status === 'rejected' ? result.reason : undefined;
      expect(reason).toBeInstanceOf(ConfabError);
      expect((reason as ConfabError).details.retryAfterMs).toBeGreaterThan(0);
    }
    await endAll();
    expect(await Promise.all(accepted)).toEqual([true, true, true, true, true]);
    expect(most()).toBe(2);
  });

  test('of one address, or of registrations, keeps nobody out: its last one makes room', async () => {
    const { argon2, asked, endAll } = heldArgon2();
    const passwords = createPasswords({ concurrency: 1, queueMax: 4, argon2 });
    const flood = ['1', '2', '3', '4', '5'].map((name) => passwords.hash(name, from('a')));
    const others = [passwords.hash('ada', from('b')), passwords.hash('bob', from('c', 'registration'))];
    const settled = Promise.allSettled([...flood, ...others]);
    await endAll();
    const results = await settled;
    expect(asked).toEqual(['1', '2', 'ada', '3', '4']);
    // The flood lost its last; who makes an account does not come before somebody who has one.
    expect(results.map(isRefused)).toEqual([false, false, false, false, true, false, true]);
  });

  test('of many addresses is displaced by somebody whom the account knows, and by nobody else', async () => {
    const { argon2, asked, endAll } = heldArgon2();
    const passwords = createPasswords({ concurrency: 1, queueMax: 3, argon2 });
    const flood = ['1', '2', '3', '4'].map((name) => passwords.hash(name, from(name)));
    const others = [passwords.hash('late', from('5')), passwords.hash('ada', from('6', 'knownDevice'))];
    const settled = Promise.allSettled([...flood, ...others]);
    await endAll();
    expect((await settled).map(isRefused)).toEqual([false, true, false, false, true, false]);
    expect(asked).toEqual(['1', 'ada', '3', '4']);
  });

  test('a failing verification gives its place free', async () => {
    const failing: Argon2 = { hash, verify: () => Promise.reject(new Error('no hash')) };
    const passwords = createPasswords({ concurrency: 1, queueMax: 1, argon2: failing });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await expect(passwords.verify('hash', 'password', place)).rejects.toThrow('no hash');
    }
  });
});
