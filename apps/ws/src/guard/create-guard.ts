import type { ServerOptions } from 'ws';
import type { GuardOptions } from './guard-options.ts';
import { GuardedSocket, type GuardParts, type Held } from './guarded-socket.ts';
import { PersonBudgets } from './person-budgets.ts';

const lookEveryMs = 1_000;
/** A look that comes so much later than it was due: the process was stopped, or had no time for anybody. */
const lateMs = 2_000;

export interface Guard {
  /** Of a WebSocketServer. */
  readonly socketClass: NonNullable<ServerOptions['WebSocket']>;
  /** From a socket's connection to its end. */
  watch(socket: GuardedSocket): void;
  /** What is due every second: who takes nothing is dropped, who is silent is asked, who sends little is forgotten. */
  look(): void;
  /** How many sockets there are. */
  readonly size: number;
  /** What all of them together hold, in bytes. */
  held(): Held;
  close(): void;
}

/** Stands between clients and tRPC's adapter over `ws`: see {@link GuardedSocket}. */
export function createGuard(options: GuardOptions): Guard {
  const now = options.now ?? (() => performance.now());
  const persons = new PersonBudgets(options.limits.personBudget);
  const shared: GuardParts = { ...options, now, persons };
  const everyMs = options.lookEveryMs ?? lookEveryMs;
  const sockets = new Set<GuardedSocket>();
  let lookedAtMs = now();

  const look = () => {
    const nowMs = now();
    const late = nowMs - lookedAtMs > everyMs + lateMs;
    lookedAtMs = nowMs;
    for (const socket of sockets) socket.look({ late });
    persons.sweep(nowMs);
  };
  const timer = setInterval(look, everyMs).unref();

  return {
    socketClass: class extends GuardedSocket {
      protected override get parts() {
        return shared;
      }
    },
    watch(socket) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    },
    look,
    get size() {
      return sockets.size;
    },
    held() {
      const sum: Held = { incoming: 0, waiting: 0, unacknowledged: 0 };
      for (const { held } of sockets) {
        sum.incoming += held.incoming;
        sum.waiting += held.waiting;
        sum.unacknowledged += held.unacknowledged;
      }
      return sum;
    },
    close() {
      clearInterval(timer);
    },
  };
}
