/** The path and query of a request's target, which may be a whole URL (RFC 9112, section 3.2.2). */
export function originForm(target: string): string {
  const [, rest = null] = /^https?:\/\/[^/?]*(.*)$/is.exec(target) ?? [];
  if (rest === null) return target;
  return rest.startsWith('/') ? rest : `/${rest}`;
}
