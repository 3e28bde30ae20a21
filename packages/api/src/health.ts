/** `full`: Redis answers, and takes no writes, because its disk is full; events still pass. */
type RedisState = 'ready' | 'full' | 'away';

export interface ServiceStates {
  readonly mongodb: 'ready' | 'away';
  readonly redis: RedisState;
}

export interface Health extends ServiceStates {
  /**
   * Without the database nothing can be answered, and without room on its disk nothing be stored; without Redis messages
   * are late, so that alone is not unhealthy.
   */
  readonly ok: boolean;
  /** Whether something can be stored. */
  readonly writes: 'ready' | 'refused';
  /** What is wrong, in a sentence; null while it is ok. */
  readonly reason: string | null;
}

/** What is asked of the database. */
interface DatabaseState {
  /** As far as the driver knows. */
  readonly isConnected: boolean;
  ping(): Promise<void>;
  /** Why nothing can be stored, in a sentence; null when something can. */
  checkWrites(): Promise<string | null>;
}

/** What is asked of Redis. */
interface PubsubState {
  status(): Readonly<Record<'commands' | 'subscriber', 'ready' | 'away'>>;
  takesWrites(): boolean;
}

/** The states as this process knows them, without asking anybody. */
export function serviceStates(db: DatabaseState, pubsub: PubsubState): ServiceStates {
  return { mongodb: db.isConnected ? 'ready' : 'away', redis: redisState(pubsub) };
}

/** Asks the database, with a write every now and then. Takes at most a few seconds, also while it is away. */
export async function checkHealth(db: DatabaseState, pubsub: PubsubState): Promise<Health> {
  const redis = redisState(pubsub);
  try {
    await db.ping();
  } catch {
    return { ok: false, mongodb: 'away', redis, writes: 'refused', reason: 'The database does not answer.' };
  }
  const reason = await db.checkWrites();
  return {
    ok: reason === null,
    mongodb: 'ready',
    redis,
    writes: reason === null ? 'ready' : 'refused',
    reason,
  };
}

function redisState(pubsub: PubsubState): RedisState {
  const { commands, subscriber } = pubsub.status();
  if (commands === 'away' || subscriber === 'away') return 'away';
  return pubsub.takesWrites() ? 'ready' : 'full';
}
