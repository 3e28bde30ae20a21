import { hash, parseOptions, verify } from '@node-rs/argon2';
import { ConfabError } from '@confab/contract';
import { describe, expect, test, vi } from 'vitest';
import { createPasswords, type Argon2 } from '../src/passwords.ts';

describe('a password', () => {
  test('opens what was made from it, and another does not', async () => {
    const passwords = createPasswords();
    const made = await passwords.hash('correct horse');
    expect(await passwords.verify(made, 'correct horse')).toBe(true);
    expect(await passwords.verify(made, 'correct horsf')).toBe(false);
    expect(await passwords.verify(made, '')).toBe(false);
    expect(made).not.toContain('horse');
  });

  test('is hashed by argon2id with 19 MiB, two passes, one lane and a salt of its own', async () => {
    const passwords = createPasswords();
    const [first, second] = await Promise.all([passwords.hash('same'), passwords.hash('same')]);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(first).not.toBe(second);
  });

  test('counts as a whole: two that are equal in their first 72 bytes, and 200, are different', async () => {
    const passwords = createPasswords();
    for (const length of [72, 200]) {
      const common = 'x'.repeat(length);
      const made = await passwords.hash(`${common}a`);
      expect(await passwords.verify(made, `${common}b`)).toBe(false);
      expect(await passwords.verify(made, common)).toBe(false);
      expect(await passwords.verify(made, `${common}a`)).toBe(true);
    }
  });

  test('is the same however a keyboard composes its letters', async () => {
    const passwords = createPasswords();
    const made = await passwords.hash('caf\u00e9');
    expect(await passwords.verify(made, 'cafe\u0301')).toBe(true);
    expect(await passwords.verify(made, 'cafe')).toBe(false);
  });
});

describe('an unknown user', () => {
  test('costs exactly the one verification that a wrong password costs, with the same parameters', async () => {
    const counted = { hash: vi.fn<Argon2['hash']>(hash), verify: vi.fn<Argon2['verify']>(verify) };
    const passwords = createPasswords({ argon2: counted });
    const known = await passwords.hash('right password');
    counted.hash.mockClear();
    expect(await passwords.verify(null, 'wrong password')).toBe(false);
    expect(await passwords.verify(known, 'wrong password')).toBe(false);
    expect(counted.hash).not.toHaveBeenCalled();
    const [unknownUser, knownUser] = counted.verify.mock.calls.map(([made]) => made);
    expect(counted.verify).toHaveBeenCalledTimes(2);
    expect(parseOptions(unknownUser ?? '')).toEqual(parseOptions(knownUser ?? ''));
  });

  test('is refused even where the library would say yes', async () => {
    const passwords = createPasswords({ argon2: { hash, verify: async () => true } });
    expect(await passwords.verify(null, 'anything')).toBe(false);
  });
});

describe('a flood', () => {
  /** Argon2 that ends when the test says so. */
  function heldArgon2() {
    const running: ((matches: boolean) => void)[] = [];
    let most = 0;
    const argon2: Argon2 = {
      hash,
      verify: () =>
        new Promise((resolve) => {
          running.push(resolve);
          most = Math.max(most, running.length);
        }),
    };
    return { argon2, running, most: () => most };
  }

  test('runs two at once, lets a bounded number wait, and refuses the rest at once with a time', async () => {
    const { argon2, running, most } = heldArgon2();
    const passwords = createPasswords({ concurrency: 2, queueMax: 3, argon2 });
    const accepted = Array.from({ length: 5 }, () => passwords.verify('hash', 'password'));
    const refused = await Promise.allSettled(
      Array.from({ length: 4 }, () => passwords.verify('hash', 'password')),
    );
    for (const result of refused) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'UNAVAILABLE' } });
      const reason: unknown = result.status === 'rejected' ? result.reason : undefined;
      expect(reason).toBeInstanceOf(ConfabError);
      expect((reason as ConfabError).details.retryAfterMs).toBeGreaterThan(0);
    }
    for (let ended = 0; ended < 5; ended += 1) {
      await vi.waitFor(() => expect(running.length).toBeGreaterThan(0));
      running.shift()?.(true);
    }
    expect(await Promise.all(accepted)).toEqual([true, true, true, true, true]);
    expect(most()).toBe(2);
  });

  test('a failing verification gives its place free', async () => {
    const failing: Argon2 = { hash, verify: () => Promise.reject(new Error('no hash')) };
    const passwords = createPasswords({ concurrency: 1, queueMax: 1, argon2: failing });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await expect(passwords.verify('hash', 'password')).rejects.toThrow('no hash');
    }
  });
});
