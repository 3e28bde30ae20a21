import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createLog } from '@confab/log';
import { createWorld, testOrigin } from '@confab/testkit';
import { startWebServer } from '@confab/web/server';
import { describe, expect, it } from 'vitest';

const page = readFileSync(join(import.meta.dirname, '../reference/http-api.md'), 'utf8');
const standIn = join(import.meta.dirname, 'curl.mjs');

interface Running extends AsyncDisposable {
  readonly origin: string;
  /** Of the router, by path. */
  readonly procedures: readonly string[];
}

/** Confab without its pages, and with nobody in it yet. */
async function startConfab(): Promise<Running> {
  const world = await createWorld();
  const server = await startWebServer({
    backend: world.backend,
    pages: { handle: async (_request, response) => void response.end(), upgrade: async () => undefined },
    log: createLog({ service: 'docs', level: 'silent' }),
    host: '127.0.0.1',
    port: 0,
    development: false,
    publicOrigins: [testOrigin],
    trustedProxies: [],
    wsUrl: 'http://127.0.0.1:1',
  });
  return {
    origin: `http://127.0.0.1:${String(server.port)}`,
    procedures: Object.keys(world.backend.router._def.procedures),
    async [Symbol.asyncDispose]() {
      await server.close(100);
      await world[Symbol.asyncDispose]();
    },
  };
}

interface Document {
  readonly paths: Record<string, Record<string, { readonly operationId: string; readonly summary: string }>>;
}

async function documentOf({ origin }: Running): Promise<Document> {
  return (await (await fetch(`${origin}/api/openapi.json`)).json()) as Document;
}

interface Step {
  readonly command: string;
  /** What the page shows as its output. */
  readonly shown: string;
}

/** The commands of the page's console blocks, in order. A command goes on while its lines end with a backslash. */
function stepsOf(markdown: string): Step[] {
  const blocks = [...markdown.matchAll(/^```console\n(.*?)^```$/gms)].map(([, block = '']) => block);
  return blocks.flatMap((block) =>
    [...block.matchAll(/^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)/gm)].map(([, command = '', shown = '']) => ({
      command,
      shown,
    })),
  );
}

/** Runs the commands in one shell, as somebody types them there; resolves with the output of each. */
async function run(
  steps: readonly Step[],
  { origin, prelude }: { origin: string; prelude: string },
): Promise<string[]> {
  const end = '--- end of a step ---';
  const script = steps.map(
    ({ command }) => `${command.replace(/^CONFAB=.*$/, `CONFAB=${origin}`)}\necho '${end}'`,
  );
  const { stdout } = await promisify(execFile)('bash', ['-euc', [prelude, ...script].join('\n')]);
  return stdout.split(`${end}\n`).slice(0, -1);
}

/** The shown JSON with what differs between runs taken from the real one. */
function fillIn(shown: unknown, real: unknown): unknown {
  if (shown === '…') return real;
  if (Array.isArray(shown)) return shown.map((item, i) => fillIn(item, (real as unknown[] | undefined)?.[i]));
  if (typeof shown !== 'object' || shown === null) return shown;
  return Object.fromEntries(
    Object.entries(shown).map(([key, value]) => [
      key,
      fillIn(value, (real as Record<string, unknown> | null)?.[key]),
    ]),
  );
}

const useStandIn = `curl() { '${process.execPath}' '${standIn}' "$@"; }`;

describe('the page about the HTTP API', () => {
  it.each([
    ['curl, if it is installed', `command -v curl >/dev/null || ${useStandIn}`],
    ['the stand-in for curl', useStandIn],
  ])('shows what its commands print, by %s', async (_, prelude) => {
    await using confab = await startConfab();
    const steps = stepsOf(page);
    const outputs = await run(steps, { origin: confab.origin, prelude });
    expect(outputs).toHaveLength(steps.length);
    const answers = steps.flatMap(({ command, shown }, i) =>
      shown ? [{ command, shown, real: outputs[i] ?? '' }] : [],
    );
    expect(answers.length).toBeGreaterThan(4);
    for (const { command, shown, real } of answers) {
      const printed: unknown = JSON.parse(real);
      expect({ command, printed }).toEqual({ command, printed: fillIn(JSON.parse(shown), printed) });
    }
  });

  it('runs the five endpoints that other programs begin with', () => {
    const commands = stepsOf(page)
      .map(({ command }) => command)
      .join('\n');
    for (const path of [
      '/api/auth/register',
      '/api/auth/login',
      '/api/chatrooms -H',
      '/api/chatrooms?',
      '/api/chat/group',
    ]) {
      expect(commands).toContain(path);
    }
  });

  it('names every procedure that is not there, and no other', async () => {
    await using confab = await startConfab();
    const served = Object.values((await documentOf(confab)).paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    const [, section = ''] = /^## What is not there\n(.*?)^## /ms.exec(page) ?? [];
    const named = [...section.matchAll(/`([a-z]+\.[a-zA-Z]+)`/g)].map(([, procedure]) => procedure);
    expect([...served, ...named].sort()).toEqual([...confab.procedures].sort());
  });

  it('lists every endpoint, and no other', async () => {
    await using confab = await startConfab();
    const served = Object.entries((await documentOf(confab)).paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { summary }]) => [
        `\`${method.toUpperCase()} ${path}\``,
        summary,
      ]),
    );
    const listed = page
      .split('\n')
      .filter((line) => /^\| `[A-Z]+ \//.test(line))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(listed).toEqual(served);
  });
});
