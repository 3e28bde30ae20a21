import type { Faults } from '@confab/testkit';

/** Drives rounds by calls: nothing is told in between, and nothing waits for announcements that never come. */
export const drivenRounds = { watchEveryMs: 3_600_000 };

/** A process whose announcements Redis loses. */
export const losesAnnouncements: Faults = {
  timing: { graceMs: 0 },
  faultyPubsub: (pubsub) => ({
    ...pubsub,
    publishToConversation: () => Promise.resolve(),
    publishToUser: () => Promise.resolve(),
  }),
};

/** No wait for announcements that are on their way. */
export const noGrace: Faults = { timing: { graceMs: 0 } };
