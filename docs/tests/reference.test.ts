import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorTable } from '@confab/contract';
import { envSchema as webEnv } from '@confab/web/env';
import { envSchema as wsEnv } from '@confab/ws/env';
import { describe, expect, it } from 'vitest';
import { code, rowsOf } from './rows-of.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('the table of variables', () => {
  const variables = rowsOf(read('docs/reference/configuration.md')).map(
    ([name, services]) => [code(name), services] as const,
  );
  const inDocs = variables.map(([name]) => name);

  it.each([
    ['web', Object.keys(webEnv.shape)],
    ['ws', Object.keys(wsEnv.shape)],
  ])('names what %s reads, and nothing else', (service, read) => {
    const documented = variables
      .filter(([, services]) => services?.split(', ').includes(service))
      .map(([name]) => name);
    expect(documented.sort()).toEqual([...read].sort());
  });

  it('is what .env.example lists', () => {
    const listed = read('.env.example').match(/^[A-Z_]+(?==)/gm) ?? [];
    expect([...listed].sort()).toEqual([...inDocs].sort());
  });
});

describe('the table of errors', () => {
  it('is the one in the contract', () => {
    const rows = rowsOf(read('docs/reference/errors.md')).map(([name, http, retry, sentence]) => [
      code(name),
      http,
      retry,
      sentence,
    ]);
    const table = Object.entries(errorTable).map(([name, { http, retryable, sentence }]) => [
      name,
      String(http),
      retryable ? 'yes' : 'no',
      sentence,
    ]);
    expect(rows).toEqual(table);
  });
});

describe('the commands', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const pages = ['README.md', 'docs/guides/install.md', 'docs/guides/contribute.md'];

  it.each(pages)('that %s names exist', (page) => {
    const named = [...read(page).matchAll(/`?(?:npm run|pnpm) ([a-z0-9:]+)/g)].map(([, name]) => name ?? '');
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !(name in scripts) && name !== 'vitest')).toEqual([]);
  });
});

describe('the links between pages', () => {
  const pages = [
    'README.md',
    'docs/guides/install.md',
    'docs/guides/contribute.md',
    'docs/architecture/overview.md',
    'docs/reference/http-api.md',
    'docs/reference/errors.md',
  ];

  it.each(pages)('of %s lead somewhere', (page) => {
    const targets = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target ?? '');
    for (const target of targets)
      expect(() => read(join(page, '..', target, '.').replace(/\/\.$/, ''))).not.toThrow(/ENOENT/);
  });
});
