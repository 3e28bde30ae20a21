// @ts-check
import { join } from 'node:path';

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  outputFileTracingRoot: join(import.meta.dirname, '../..'),
  turbopack: { root: join(import.meta.dirname, '../..') },
  transpilePackages: ['@confab/client', '@confab/contract', '@confab/sync', '@confab/ui'],
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  // `pnpm check` types the whole tree.
  typescript: { ignoreBuildErrors: true },
};

export default config;
