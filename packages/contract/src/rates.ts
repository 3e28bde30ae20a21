/** How often somebody may do something. Units stand last in the names. */
export interface Rate {
  /** So many at once. */
  readonly points: number;
  /** One more comes back every so many milliseconds. */
  readonly everyMs: number;
}

/**
 * Every rate of the product, counted over all processes; each refusal is RATE_LIMITED and says when to come back. What
 * a rate is counted by (a person, an address, an account) says its use.
 */
export const rates = {
  messages: { points: 60, everyMs: 1_000 },
  changes: { points: 60, everyMs: 1_000 },
  /** Only what rises counts; a device that comes back raises every conversation at once. */
  marks: { points: 600, everyMs: 200 },
  /** Of queries, by cost. Several devices that come back together ask for every list and every log. */
  reads: { points: 10_000, everyMs: 20 },
  /** Of what needs no session, by cost: a house or a school may stand behind one address. */
  strangers: { points: 5_000, everyMs: 20 },
  userSearches: { points: 30, everyMs: 1_000 },
  /** The points are `REGISTRATIONS_PER_ADDRESS`. */
  registrations: { points: 30, everyMs: 10_000 },
  /** At most five in any hour: these are what tells strangers whose email addresses have an account. */
  takenEmails: { points: 3, everyMs: 1_800_000 },
  /** Of failed ones: of an account at an address, of an address, of an account (at most 100 in any hour). */
  signInsPerPair: { points: 5, everyMs: 6_000 },
  signInsPerAddress: { points: 30, everyMs: 5_000 },
  signInsPerAccount: { points: 20, everyMs: 45_000 },
  /** Of an account in a browser that it knows, which none of the other three counts. */
  signInsPerDevice: { points: 5, everyMs: 6_000 },
  /** Of all passwords that are hashed, right or wrong: what an address and an account may cost the others in time. */
  hashesPerAddress: { points: 60, everyMs: 2_000 },
  hashesPerAccount: { points: 20, everyMs: 3_000 },
  creations: { points: 20, everyMs: 5_000 },
  /** Of one's own coming and going, each of which everybody there is told of. */
  joins: { points: 30, everyMs: 2_000 },
  typing: { points: 30, everyMs: 500 },
  passwordChecks: { points: 5, everyMs: 6_000 },
  /** Of one's own: preferences, blocks. */
  settings: { points: 60, everyMs: 1_000 },
  reports: { points: 10, everyMs: 10_000 },
  invitations: { points: 20, everyMs: 3_000 },
} as const satisfies Record<string, Rate>;
