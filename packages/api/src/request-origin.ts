import type { IncomingHttpHeaders } from 'node:http';

/** What tells by which public origin a request came in. */
type OriginHeaders = Partial<Pick<IncomingHttpHeaders, 'host' | 'x-forwarded-proto'>>;

/**
 * By which of the public origins (one of the list, as it stands there) a request came in. The entry vouches for the
 * headers: an X-Forwarded-Proto that no trusted proxy wrote must be gone by then, see {@link believedScheme}.
 *
 * The scheme narrows the choice where it is known, Host decides among what is left. Where both schemes serve one host and
 * nobody says which it was, and where a proxy did not keep Host, it is https: a cookie that is `Secure` by mistake keeps
 * somebody out, one that is not lets it out.
 * @returns a reader that throws where the list is empty
 */
export function requestOriginReader(publicOrigins: readonly string[]): (headers: OriginHeaders) => string {
  const known = publicOrigins.map((origin) => {
    const { protocol, host, port } = new URL(origin);
    const withPort = `${host}:${protocol === 'https:' ? '443' : '80'}`;
    return { origin, protocol, hosts: port === '' ? [host, withPort] : [host] };
  });
  // A stable sort: https first, else in the order of the list.
  known.sort((a, b) => Number(b.protocol === 'https:') - Number(a.protocol === 'https:'));

  return ({ host = '', 'x-forwarded-proto': scheme }) => {
    const asked = host.toLowerCase();
    const sameScheme = known.filter(({ protocol }) => protocol === `${String(scheme)}:`);
    const candidates = sameScheme.length > 0 ? sameScheme : known;
    const found = candidates.find(({ hosts }) => hosts.includes(asked)) ?? candidates[0];
    // A tool that opens the backend answers no requests, and has none.
    if (!found) throw new Error('There is no public origin.');
    return found.origin;
  };
}

/**
 * The scheme that a trusted proxy says its client spoke. Where several proxies wrote, the last one counts: only the end
 * of the header was written by one that we trust.
 */
export function believedScheme(
  headers: IncomingHttpHeaders,
  isFromTrustedProxy: boolean,
): 'http' | 'https' | undefined {
  if (!isFromTrustedProxy) return undefined;
  const scheme = String(headers['x-forwarded-proto'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
    .toLowerCase();
  return scheme === 'http' || scheme === 'https' ? scheme : undefined;
}
