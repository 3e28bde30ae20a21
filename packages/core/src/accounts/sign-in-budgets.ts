import type { Core } from '../core.ts';
import type { Budget } from './take-all.ts';

interface Attempt {
  /** See addressKey. */
  readonly address: string;
  /** The account, or what stands for one that does not exist: name and email address of an account are one. */
  readonly account: string;
  /** The hash of the browser's token, where the account knows it. */
  readonly device: string | null;
}

/** What a sign-in is paid with before the password is looked at. */
export interface SignInBudgets {
  /** Given back for a right password. */
  readonly failures: readonly Budget[];
  /** Never given back: a right password costs as much to check as a wrong one. */
  readonly work: readonly Budget[];
}

/**
 * A browser that the account knows has budgets of its own, so that strangers' guesses cannot keep its owner out. All
 * others share the account's, the narrowest first: one address uses up its own part of it and no more.
 */
export function signInBudgets({ limits }: Core, { address, account, device }: Attempt): SignInBudgets {
  if (device !== null) {
    const own = `${account}:${device}`;
    return {
      failures: [{ limiter: limits.signInsPerDevice, key: own }],
      work: [
        { limiter: limits.hashesPerAccount, key: own },
        { limiter: limits.hashesPerAddress, key: `known:${address}` },
      ],
    };
  }
  return {
    failures: [
      { limiter: limits.signInsPerPair, key: `${account}:${address}` },
      { limiter: limits.signInsPerAddress, key: address },
      { limiter: limits.signInsPerAccount, key: account },
    ],
    work: [
      { limiter: limits.hashesPerAddress, key: address },
      { limiter: limits.hashesPerAccount, key: account },
    ],
  };
}
