import { expect, test } from 'vitest';
import { contentSecurityPolicy, newNonce, securityHeaders } from './security-headers.ts';

test('scripts run by nonce only; eval is for development', () => {
  const production = contentSecurityPolicy('n0nce', { development: false, https: false });
  expect(production).toContain("script-src 'nonce-n0nce' 'strict-dynamic';");
  expect(production).not.toContain('unsafe-eval');
  expect(contentSecurityPolicy('n0nce', { development: true, https: false })).toContain("'unsafe-eval'");
});

test('nothing may frame the product, and no form, base or plugin leads elsewhere', () => {
  const policy = contentSecurityPolicy('n0nce', { development: false, https: true }).split('; ');
  expect(policy).toEqual(
    expect.arrayContaining([
      "frame-ancestors 'none'",
      "form-action 'self'",
      "base-uri 'none'",
      "object-src 'none'",
      "connect-src 'self'",
      'upgrade-insecure-requests',
    ]),
  );
});

test('only https is told to stay https', () => {
  expect(securityHeaders({ https: true })).toHaveProperty('strict-transport-security');
  expect(securityHeaders({ https: false })).not.toHaveProperty('strict-transport-security');
});

test('a nonce has 128 bits and does not come twice', () => {
  const nonces = Array.from({ length: 100 }, newNonce);
  expect(new Set(nonces).size).toBe(100);
  expect(Buffer.from(nonces[0] ?? '', 'base64')).toHaveLength(16);
});
