import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startProduct } from '@confab/launcher';

const config = join(import.meta.dirname, 'schemathesis.toml');
const usage = 'node --import tsx openapi-check/main.ts [--development] <schemathesis> [its options]';

interface Call {
  readonly origin: string;
  readonly path: string;
  readonly body: Readonly<Record<string, string>>;
}

async function post({ origin, path, body }: Call): Promise<unknown> {
  const headers = { 'content-type': 'application/json', origin };
  const answer = await fetch(`${origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} was refused: ${await answer.text()}`);
  return answer.json();
}

/** Somebody to be, and somebody to write to. */
async function tokenOf(origin: string): Promise<string> {
  const password = 'correct horse battery';
  for (const name of ['ada', 'bob']) {
    await post({
      origin,
      path: '/api/auth/register',
      body: { name, email: `${name}@example.org`, password },
    });
  }
  const { token } = (await post({ origin, path: '/api/auth/login', body: { login: 'ada', password } })) as {
    token: string;
  };
  return token;
}

/** @returns its exit code */
function run(program: string, args: readonly string[], cwd: string): Promise<number> {
  return new Promise((settle, reject) => {
    const child = spawn(program, args, { cwd, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (code) => {
      settle(code ?? 1);
    });
  });
}

/** Holds the OpenAPI document against a product of its own: what keeps to the document is not refused for its form. */
async function check(): Promise<number> {
  const [first, ...rest] = process.argv.slice(2);
  const development = first === '--development';
  const [program, ...options] = development ? rest : [first, ...rest].filter((one) => one !== undefined);
  if (program === undefined) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'confab-openapi-'));
  const product = await startProduct({ mode: development ? 'development' : 'production', dataDir });
  try {
    const { origin } = product;
    const header = `Authorization: Bearer ${await tokenOf(origin)}`;
    const url = `${origin}/api/openapi.json`;
    const args = ['--config-file', config, 'run', url, '--header', header, ...options];
    // What it leaves behind goes with the data.
    return await run(resolve(program), args, dataDir);
  } finally {
    await product.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

process.exitCode = await check();
