import type { AppRouter } from '@confab/api';
import { Patience } from '@confab/sync';
import type { OperationResultEnvelope, TRPCClientError, TRPCLink } from '@trpc/client';
import { observable, type Observable } from '@trpc/server/observable';
import { detailsOf } from './refusal.ts';

/**
 * Queries that are refused because too much was asked lately wait as long as they are told to, and go on: what asked
 * for them sees a slow answer. Whoever leaves meanwhile is not asked for again.
 */
export function patientLink(): TRPCLink<AppRouter> {
  return () => {
    const patience = new Patience({
      now: () => Date.now(),
      setTimer(callback, ms) {
        const timer = setTimeout(callback, ms);
        return () => {
          clearTimeout(timer);
        };
      },
      waitOf: paceOf,
    });
    return ({ op, next }) => {
      if (op.type !== 'query') return next(op);
      return observable((observer) => {
        const leaving = new AbortController();
        patience
          .ask(() => answerOf(next(op), leaving.signal))
          .then(
            (answer) => {
              if (answer) observer.next(answer);
              observer.complete();
            },
            (error: unknown) => {
              observer.error(error as Failure);
            },
          );
        return () => {
          leaving.abort();
        };
      });
    };
  };
}

function paceOf(error: unknown): number | null {
  const details = detailsOf(error);
  return details?.code === 'RATE_LIMITED' ? (details.retryAfterMs ?? null) : null;
}

type Failure = TRPCClientError<AppRouter>;
type Answer = OperationResultEnvelope<unknown, Failure>;

/** The one answer of a query; null when whoever asked has left. */
function answerOf(asked: Observable<Answer, Failure>, left: AbortSignal): Promise<Answer | null> {
  if (left.aborted) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    let answer: Answer | null = null;
    const subscription = asked.subscribe({
      next: (value) => {
        answer = value;
      },
      error: reject,
      complete: () => {
        resolve(answer);
      },
    });
    left.addEventListener(
      'abort',
      () => {
        subscription.unsubscribe();
        resolve(null);
      },
      { once: true },
    );
  });
}
