import { randomBytes } from 'node:crypto';

/** A fresh secret that marks our own scripts in one answer: 128 random bits. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * The policy of one page. Scripts run by nonce only, and load others by `strict-dynamic`; `'self'` in connect-src
 * covers the WebSocket of the same origin. Style attributes rendered by the server need `'unsafe-inline'`.
 */
export function contentSecurityPolicy(
  nonce: string,
  { development, https }: { development: boolean; https: boolean },
): string {
  const directives = [
    "default-src 'self'",
    // React rebuilds server stacks by eval in development, and only there.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ];
  return directives.join('; ');
}

/** What every answer carries, whatever it is. */
export function securityHeaders({
  https,
  hstsIncludesSubdomains = false,
}: {
  https: boolean;
  hstsIncludesSubdomains?: boolean | undefined;
}): Readonly<Record<string, string>> {
  const hsts = `max-age=31536000${hstsIncludesSubdomains ? '; includeSubDomains' : ''}`;
  return {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(https && { 'strict-transport-security': hsts }),
  };
}
