import type { Backend, Context } from '@confab/api';

/** A browser as the server knows it: the cookies that it keeps, and the router as it reaches it. */
export interface Browser {
  /** By name. */
  readonly cookies: Map<string, string>;
  readonly header: () => string;
  /** Calls procedures with what the browser keeps now. */
  readonly api: () => Promise<ReturnType<Backend['caller']>>;
}

/** Keeps what a `Set-Cookie` value says: no more of it where it ends at once. */
function keepCookie(cookies: Map<string, string>, setCookie: string): void {
  const [pair = '', ...attributes] = setCookie.split('; ');
  const at = pair.indexOf('=');
  if (attributes.includes('Max-Age=0')) cookies.delete(pair.slice(0, at));
  else cookies.set(pair.slice(0, at), pair.slice(at + 1));
}

interface BrowserOptions {
  readonly clientAddress: string;
  /** Beside the cookies. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Those of another one, to be kept together; none by default. */
  readonly cookies?: Map<string, string>;
}

/** One at an address. */
export function openBrowser(
  backend: Backend,
  { clientAddress, headers = {}, cookies = new Map() }: BrowserOptions,
): Browser {
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const connection: Context['connection'] = {
    transport: 'http',
    closed: new AbortController().signal,
    setCookie: (value) => {
      keepCookie(cookies, value);
    },
  };
  return {
    cookies,
    header,
    api: async () =>
      backend.caller(
        await backend.createContext({
          connection,
          headers: { ...headers, cookie: header() },
          clientAddress,
        }),
      ),
  };
}
