import type { Person } from '@confab/testkit';

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface RestCall {
  readonly as?: Pick<Person, 'token'>;
  /** Sent as JSON; a text goes as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the REST API as a program does: `call('GET /api/me', { as: ada })`. */
export type RestClient = (operation: string, call?: RestCall) => Promise<RestAnswer>;

export function restClient(origin: string): RestClient {
  return async (operation, { as, body, headers = {} } = {}) => {
    const [method = '', path = ''] = operation.split(' ', 2);
    const response = await fetch(origin + path, {
      method,
      redirect: 'error',
      headers: {
        ...(as && { authorization: `Bearer ${as.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text ? JSON.parse(text) : text,
    };
  };
}
