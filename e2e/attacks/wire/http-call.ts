import { type Agent, type IncomingHttpHeaders, request, type RequestOptions } from 'node:http';

export interface Call {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly agent?: Agent | false;
  readonly maxMs?: number;
}

/** `status` 0: there was no answer. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const noAnswer: Answer = { status: 0, headers: {}, body: '' };

/** One request as it is given: no redirects, no second attempt. Never rejects. */
export function httpCall(port: number, { path, body, maxMs = 30_000, ...rest }: Call): Promise<Answer> {
  const options: RequestOptions = { host: '127.0.0.1', port, path, ...rest };
  return new Promise((resolve) => {
    const outgoing = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', () => {
        resolve(noAnswer);
      });
      response.once('end', () => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks).toString() });
      });
    });
    const late = setTimeout(() => outgoing.destroy(), maxMs);
    outgoing.once('error', () => {
      resolve(noAnswer);
    });
    outgoing.once('close', () => {
      clearTimeout(late);
      resolve(noAnswer);
    });
    outgoing.end(body);
  });
}

/** The product's name for a refusal, or ''. */
export function codeOf({ body }: Answer): string {
  return (
    /"code":"([A-Z_]+)"[^{}]*}\s*}\s*}?\]?\s*$/.exec(body)?.[1] ??
    /"confab":\{"code":"([A-Z_]+)"/.exec(body)?.[1] ??
    ''
  );
}

/** Seconds after which a refused client is told to come back; null when it is not told. */
export function retryAfter({ headers }: Answer): number | null {
  const text = headers['retry-after'];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

/** How often each status came, as in `200×3 429×7`. */
export function countStatuses(answers: readonly Answer[]): string {
  const counts = new Map<number, number>();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status}×${count}`)
    .join(' ');
}
