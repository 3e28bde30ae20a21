// @ts-check

/** Where a server listens, in the words of `net.connect`. @typedef {{ path: string } | { host: string, port: number }} Address */

/**
 * Where `redis://host:port`, `http://host:port` or `unix:///path` leads.
 * @param {string} url
 * @returns {Address}
 */
export function addressOf(url) {
  const { protocol, hostname, port, pathname } = new URL(url);
  return protocol === 'unix:'
    ? { path: decodeURIComponent(pathname) }
    : { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}

/**
 * A socket's path as a URL.
 * @param {string} path absolute
 */
export const unixUrl = (path) => `unix://${path.split('/').map(encodeURIComponent).join('/')}`;
