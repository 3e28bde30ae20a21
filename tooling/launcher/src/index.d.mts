/** What the tests of other packages may ask of the launcher. The implementations are checked against these types. */

/** A redis-server that can be started, with what its environment needs besides the launcher's own. */
export interface RedisProgram {
  command: string;
  env: Record<string, string>;
}

export interface FindRedisOptions {
  /** Told about anything that takes long or changes the machine. Silent when absent. */
  say?: (line: string) => void;
}

/**
 * Finds redis-server on PATH or among what was unpacked earlier, and otherwise installs it where it may: root on
 * Debian or Ubuntu, Homebrew; without root on Debian or Ubuntu it is unpacked into `.data/bin`.
 * @throws Refusal with one line that says how to get it
 */
export declare const findRedis: (options?: FindRedisOptions) => Promise<RedisProgram>;

export interface StartRedisOptions {
  /** Holds the append-only file, and the socket; created when absent. Two servers must not share one. */
  dataDir: string;
  /** Of 127.0.0.1, in place of a socket that only its owner reaches: for tests, there is no password. */
  port?: number;
  redis?: RedisProgram;
}

/** A Redis that ends with the process that started it, however that process ends. */
export interface RunningRedis {
  /** `unix:///…`, or `redis://…` on a port. */
  url: string;
  pid: number;
  /** Sends a signal to the server itself: a fault for a test. It is not started again. */
  kill: (signal: NodeJS.Signals) => void;
  stop: () => Promise<void>;
}

/** Starts a Redis with its append-only file on, and resolves when it answers. */
export declare const startRedis: (options: StartRedisOptions) => Promise<RunningRedis>;

/**
 * Finds a Chromium to drive: CHROMIUM_PATH, an installed Chromium or Chrome, or (root on Debian or Ubuntu) the package.
 * @throws Refusal with one line that says what is missing
 */
export declare const findChromium: (options?: FindRedisOptions) => Promise<string>;

/** A port of 127.0.0.1 that nobody listens on now. */
export declare const freePort: () => Promise<number>;

/** Where `redis://host:port`, `http://host:port` or `unix:///path` leads, in the words of `net.connect`. */
export declare const addressOf: (url: string) => { path: string } | { host: string; port: number };

export interface StartProductOptions {
  /** `production` needs `npm run build` first; `development` runs from source. */
  mode: 'production' | 'development';
  /** Holds the store's and Redis's data. One product per folder: a second start is refused. */
  dataDir: string;
  /**
   * web takes a free port when it is given none. The others listen on a socket, which no other user of the machine
   * reaches, and on a port only when it stands here: ws then on both; the store, to which every local user may then do
   * everything, and Redis, with a password of chance, on the port alone.
   */
  ports?: { web?: number; ws?: number; store?: number; redis?: number };
  /** More processes of web and ws, one on each of these ports: `web-2`, `web-3`, … What they share is in `env`. */
  more?: { web?: number[]; ws?: number[] };
  /** Lets a test make the store fail (`configureFailPoint`). */
  failPoints?: boolean;
  /** Added to the environment of web and ws. MONGODB_URI and REDIS_URL in it replace the launcher's own services. */
  env?: Record<string, string>;
  /** How long a service may stand still before it is started again. 30 s when absent. */
  silenceMaxMs?: number;
  /** Told when a service dies or no longer answers, and when it is back. Silent when absent. */
  say?: (line: string) => void;
  /** Every line that a service writes. */
  onLog?: (service: string, line: string) => void;
  /** Aborting it during the start stops what was started; the start then rejects. */
  signal?: AbortSignal;
}

export interface RunningService {
  name: 'redis' | 'store' | 'ws' | 'web' | `ws-${number}` | `web-${number}`;
  /** Of the service itself, now: a restart changes it. Undefined while it is down. */
  pid: number | undefined;
  /** False while it is down or starts again. */
  answers: boolean;
}

export interface RunningProduct {
  /** `http://localhost:<port>`, where the web app answers. */
  origin: string;
  ports: { web: number; ws?: number; store?: number; redis?: number };
  mongodbUri: string;
  /** `unix:///…`, unless Redis was given a port or is another one. */
  redisUrl: string;
  /** The services in the order of their start; a service given by its URL is not among them. */
  readonly services: RunningService[];
  /** Sends a signal to one service: a fault. A service that dies of it is started again by the supervisor. */
  kill: (name: RunningService['name'], signal: NodeJS.Signals) => void;
  /** Resolves when every service answers. */
  ready: () => Promise<void>;
  /** Stops everything in the reverse order of starting. Safe to call twice. */
  stop: () => Promise<void>;
  /** Ends everything at once, without grace. */
  killNow: () => void;
}

/** Starts the whole product (Redis, the store, ws, web) under the supervisor and resolves when all of it answers. */
export declare const startProduct: (options: StartProductOptions) => Promise<RunningProduct>;
