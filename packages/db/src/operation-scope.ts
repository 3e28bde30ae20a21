import { AsyncLocalStorage } from 'node:async_hooks';

/** What it is for. Whoever orders by more than turns finds here what stands before what. */
type OperationKind = 'read' | 'write' | 'background';

/** On whose behalf something runs, whatever it calls and waits for. */
export interface OperationScope {
  /** Who takes turns with others: a person, an address, a conversation, or the product itself. */
  readonly key: string;
  readonly kind: OperationKind;
  /** Aborted when nobody waits for it any more. Of reads alone: a write runs to its end. */
  readonly signal?: AbortSignal | undefined;
}

/** Where nobody said otherwise: what the product does by itself. */
export const ownScope: OperationScope = { key: 'own', kind: 'background' };

const scopes = new AsyncLocalStorage<OperationScope>();

/**
 * Opened once per call. Work that others share (a queue of many people, a timer, what goes on after the answer) opens
 * one of its own: it would run in the turns of whoever came first, and end when they leave.
 */
export function inScope<Result>(scope: OperationScope, work: () => Result): Result {
  return scopes.run(scope, work);
}

export function currentScope(): OperationScope {
  return scopes.getStore() ?? ownScope;
}
