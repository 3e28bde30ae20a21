import type { BudgetRates, Spending } from './budget.ts';
import type { InflowLimits } from './inflow.ts';
import type { OutflowLimits } from './outflow.ts';

export interface GuardLimits {
  readonly inflow: InflowLimits;
  readonly outflow: OutflowLimits;
  /** Messages of one frame. */
  readonly batchMax: number;
  readonly socketBudget: BudgetRates;
  readonly personBudget: BudgetRates;
  /** For which a reader may take nothing of what it was sent. */
  readonly stalledMs: number;
  /** For which a client may say nothing, before it is asked whether it is there. Those of tRPC's speak more often. */
  readonly quietMs: number;
}

/** `duplicateId`: a request's id is in use. `unread`: there is no room for the answer, as those before it are not read. */
export type RefusedCall = 'duplicateId' | 'unread';

/** What is worth a line in a log. `person`: null before they are known. */
export type GuardEvent = { readonly person: string | null } & (
  | { readonly type: 'limited'; readonly on: Spending | 'person'; readonly retryAfterMs: number }
  | { readonly type: 'dropped'; readonly reason: 'stalled' | 'unread' }
  | { readonly type: 'badFrame'; readonly reason: 'batch' | 'id' }
);

export interface GuardOptions {
  readonly limits: GuardLimits;
  /** The `error` of tRPC's answer to a call that is refused here. */
  readonly refusal: (refused: RefusedCall) => object;
  readonly onEvent: (event: GuardEvent) => void;
  /** Between two looks at whether clients live; for tests that look themselves. */
  readonly lookEveryMs?: number;
  /** Monotonic milliseconds; tests pass their own. */
  readonly now?: () => number;
}
