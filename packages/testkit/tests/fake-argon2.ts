import type { WorldOptions } from '../src/index.ts';

type Argon2 = NonNullable<WorldOptions['argon2']>;

export interface FakeArgon2 {
  readonly argon2: Argon2;
  /** The passwords that were hashed or checked, in the order in which their turns came. */
  readonly asked: string[];
  /** From now on whatever is asked waits for `release`. */
  hold(): void;
  release(): void;
}

/** Hashes that cost nothing, counted, and held back where a test wants a queue. */
export function fakeArgon2(): FakeArgon2 {
  const asked: string[] = [];
  let gate = Promise.resolve();
  let open: () => void = () => undefined;
  return {
    asked,
    hold() {
      gate = new Promise((resolve) => (open = resolve));
    },
    release() {
      open();
    },
    argon2: {
      async hash(password) {
        asked.push(password);
        await gate;
        return `fake ${password}`;
      },
      async verify(hash, password) {
        asked.push(password);
        await gate;
        return hash === `fake ${password}`;
      },
    },
  };
}
