// @ts-check
import { join } from 'node:path';

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  outputFileTracingRoot: join(import.meta.dirname, '../..'),
  turbopack: { root: join(import.meta.dirname, '../..') },
  transpilePackages: ['@confab/contract', '@confab/sync', '@confab/ui'],
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  // An installation beside a running server, or a server that was killed, can leave a cache that fails for ever.
  experimental: { turbopackFileSystemCacheForDev: false },
  // `pnpm check` types the whole tree.
  typescript: { ignoreBuildErrors: true },
};

export default config;
