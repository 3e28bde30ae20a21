import { rates } from '@confab/contract';
import type { Limiter, Pubsub } from '@confab/pubsub';

/** A limiter for each rate of the contract. */
export type Limits = Readonly<Record<keyof typeof rates, Limiter>>;

/** Under which Redis keeps each of them. */
const names: Readonly<Record<keyof Limits, string>> = {
  messages: 'messages',
  changes: 'changes',
  marks: 'marks',
  reads: 'reads',
  strangers: 'strangers',
  userSearches: 'user-searches',
  registrations: 'registrations',
  takenEmails: 'taken-emails',
  signInsPerPair: 'sign-ins-pair',
  signInsPerAddress: 'sign-ins-address',
  signInsPerAccount: 'sign-ins-account',
  signInsPerDevice: 'sign-ins-device',
  hashesPerAddress: 'hashes-address',
  hashesPerAccount: 'hashes-account',
  creations: 'creations',
  joins: 'joins',
  typing: 'typing',
  passwordChecks: 'password-checks',
  settings: 'settings',
  reports: 'reports',
  invitations: 'invitations',
};

/** Taken from Redis so many at a time: what is asked for all the time must not cost a call each. */
const portions: Partial<Readonly<Record<keyof Limits, number>>> = { reads: 100, strangers: 100 };

/** @param registrations so many accounts at once may be made from one address; each is also a password to hash */
export function createLimits(pubsub: Pubsub, registrations: number): Limits {
  const more = registrations - rates.registrations.points;
  const points = (key: keyof Limits) =>
    rates[key].points + (key === 'registrations' || key === 'hashesPerAddress' ? more : 0);
  const limiterOf = (key: keyof Limits): Limiter =>
    pubsub.limiter({
      name: names[key],
      points: points(key),
      windowMs: points(key) * rates[key].everyMs,
      ...(portions[key] !== undefined && { portion: portions[key] }),
    });
  const keys = Object.keys(rates) as (keyof Limits)[];
  return Object.fromEntries(keys.map((key) => [key, limiterOf(key)])) as Limits;
}
