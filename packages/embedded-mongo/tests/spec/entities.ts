import {
  BSON,
  ClientSession,
  Db,
  MongoClient,
  type CollectionOptions,
  type DbOptions,
  type MongoClientOptions,
} from 'mongodb';
import type { Fields } from './spec-file.ts';

/** One event of command monitoring: its name in the unified test format and what the driver told. */
export interface SeenEvent {
  name: string;
  event: object;
}

/** Commands of the runner and of the handshake, which no test expects. */
const unseenCommands = new Set(['configureFailPoint', 'hello', 'isMaster', 'ismaster', 'endSessions']);

const eventNames = ['commandStarted', 'commandSucceeded', 'commandFailed'] as const;

/** What the tests of a file talk to, by the ids that the file gives: made anew for each test. */
export class Entities implements AsyncDisposable {
  readonly #uri: string;
  readonly #byId = new Map<string, unknown>();
  readonly #seen = new Map<string, SeenEvent[]>();

  constructor(uri: string) {
    this.#uri = uri;
  }

  async create(entities: readonly Record<string, Fields>[]): Promise<void> {
    for (const entity of entities)
      for (const [kind, description] of Object.entries(entity)) {
        const plain = BSON.EJSON.deserialize(BSON.EJSON.serialize(description)) as Fields;
        this.save(String(plain['id']), await this.#make(kind, plain));
      }
  }

  save(id: string, value: unknown): void {
    this.#byId.set(id, value);
  }

  get(id: string): unknown {
    if (!this.#byId.has(id)) throw new Error(`the test knows no entity ${id}`);
    return this.#byId.get(id);
  }

  client(id: string): MongoClient {
    return instance(this.get(id), MongoClient);
  }

  clients(): MongoClient[] {
    return [...this.#byId.values()].filter((entity) => entity instanceof MongoClient);
  }

  events(client: string): readonly SeenEvent[] {
    return this.#seen.get(client) ?? [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const entity of this.#byId.values()) if (entity instanceof ClientSession) await entity.endSession();
    for (const client of this.clients()) await client.close();
  }

  async #make(kind: string, description: Fields): Promise<unknown> {
    const { id, client, database, databaseName, collectionName } = description;
    switch (kind) {
      case 'client':
        return this.#connect(String(id), description);
      case 'database':
        return this.client(String(client)).db(
          String(databaseName),
          description['databaseOptions'] as DbOptions,
        );
      case 'collection':
        return instance(this.get(String(database)), Db).collection(
          String(collectionName),
          description['collectionOptions'] as CollectionOptions,
        );
      case 'session':
        return this.client(String(client)).startSession();
      default:
        throw new Error(`the runner makes no entity of kind ${kind}`);
    }
  }

  async #connect(id: string, description: Fields): Promise<MongoClient> {
    const observed = (description['observeEvents'] as string[] | undefined) ?? [];
    const options = (description['uriOptions'] as MongoClientOptions | undefined) ?? {};
    const client = new MongoClient(this.#uri, { ...options, monitorCommands: observed.length > 0 });
    const seen: SeenEvent[] = [];
    this.#seen.set(id, seen);
    for (const name of eventNames) {
      if (!observed.includes(`${name}Event`)) continue;
      client.on(name, (event: { commandName: string }) => {
        if (!unseenCommands.has(event.commandName)) seen.push({ name: `${name}Event`, event });
      });
    }
    return client.connect();
  }
}

/** `entity` as what the operation needs it to be. */
export function instance<T>(entity: unknown, kind: abstract new (...args: never[]) => T): T {
  if (!(entity instanceof kind)) throw new Error(`the entity is no ${kind.name}`);
  return entity;
}
