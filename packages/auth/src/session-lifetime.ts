/** How many days a session lives. */
export const sessionLifetimeDays = {
  /** Without use; lucia prolongs it in its second half. */
  idle: 30,
  /** However much it is used: whoever stole one has it no longer than this. */
  absolute: 90,
} as const;

const absoluteMs = sessionLifetimeDays.absolute * 86_400_000;

/** When a session ends, however much it is used. */
export function absoluteEnd(createdAt: Date): Date {
  return new Date(createdAt.getTime() + absoluteMs);
}

/** What began before has ended by now. */
export function firstStanding(now: Date): Date {
  return new Date(now.getTime() - absoluteMs);
}

export function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
