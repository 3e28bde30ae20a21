import { ConfabError } from '@confab/contract';

const tcp = /^rediss?:\/\//;
/** RFC 3986 has a host there; a socket has none, or localhost, as in `file:`. */
const socket = /^unix:\/\/(?:([^@/]*)@)?(?:localhost)?(\/[^?#]+)(?:\?db=(\d{1,4}))?$/;

interface SocketAddress {
  readonly path: string;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
}

/**
 * What the client needs to reach `redis://host:port/db`, `rediss://…` (TLS), or `unix:///path/redis.sock?db=0`. Before
 * the host or the path may stand `user:password@` or `:password@`; in a path and in credentials `%20` is a space.
 * @throws ConfabError BAD_INPUT
 */
export function redisAddress(url: string): string | SocketAddress {
  if (tcp.test(url) && URL.canParse(url)) return url;
  const [, credentials = '', path = '', db = '0'] = socket.exec(url) ?? [];
  try {
    if (path === '') throw new URIError('not the address of a socket');
    const [username = '', ...password] = credentials.split(':').map(decodeURIComponent);
    return {
      path: decodeURIComponent(path),
      db: Number(db),
      ...(username !== '' && { username }),
      ...(password.length > 0 && { password: password.join(':') }),
    };
  } catch (cause) {
    throw new ConfabError('BAD_INPUT', {
      message: 'The address of Redis has to begin with redis://, rediss:// or unix:///.',
      cause,
    });
  }
}
