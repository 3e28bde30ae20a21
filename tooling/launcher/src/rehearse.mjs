// @ts-check
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasApt, isRoot } from './apt.mjs';
import { bareEnv, createPerson, purge, removePerson, runLogged } from './rehearsal.mjs';
import { run } from './programs.mjs';
import { root } from './root.mjs';
import { command, Refusal, say } from './say.mjs';

const usage = `Usage: pnpm rehearse [--purge]
Clones HEAD and runs npm test there as a newcomer would: empty home, empty caches, no pnpm. As root (Debian, Ubuntu) it
does so twice, as root and as a new user. --purge first removes redis-server and chromium from this machine.`;

/** What a newcomer meets, tried in a clone. Run by hand: it takes twice as long as npm test. */
await command(async () => {
  const args = process.argv.slice(2).filter((arg) => arg !== '--');
  if (args.some((arg) => arg !== '--purge')) throw new Refusal(usage);
  const purges = args.includes('--purge');
  if (purges && !(isRoot() && hasApt())) throw new Refusal('--purge needs root on Debian or Ubuntu.');
  const { output: changes } = await run('git', ['status', '--porcelain'], { cwd: root });
  if (changes.trim()) say('Changes that are not committed are not rehearsed.');

  const dir = mkdtempSync(join(tmpdir(), 'confab rehearsal '));
  chmodSync(dir, 0o755);
  /** @type {string[]} */
  const summary = [];
  try {
    if (purges) await purge(['redis-server', 'redis-tools', 'chromium', 'chromium-common']);
    summary.push(await rehearse({ dir: join(dir, 'first'), name: isRoot() ? 'root' : 'this user' }));
    if (isRoot()) {
      // Chromium stays: without root there is no way to install it, and its absence is a failure by intention.
      if (purges) await purge(['redis-server', 'redis-tools']);
      const person = await createPerson();
      try {
        summary.push(await rehearse({ dir: join(dir, 'second'), name: 'another user', person }));
      } finally {
        await removePerson();
      }
    }
  } finally {
    for (const line of summary) say(line);
    if (summary.every((line) => line.includes(', 0 failed'))) rmSync(dir, { recursive: true, force: true });
    else say(`The clones and their logs are in ${dir}`);
  }
  return summary.every((line) => line.includes(', 0 failed')) ? 0 : 1;
});

/**
 * @param {{ dir: string, name: string, person?: import('./rehearsal.mjs').Person }} options
 * @returns {Promise<string>} a line of the summary
 */
async function rehearse({ dir, name, person }) {
  const clone = join(dir, 'confab');
  for (const sub of ['home', 'tmp']) mkdirSync(join(dir, sub), { recursive: true });
  const cloned = await run('git', ['clone', '--quiet', '--no-hardlinks', root, clone]);
  if (cloned.code !== 0) throw new Refusal(cloned.output);
  if (person) await run('chown', ['-R', `${person.uid}:${person.gid}`, dir]);
  const log = join(dir, 'npm-test.log');
  say(`npm test as ${name}, in ${clone}; see ${log}`);
  const from = Date.now();
  const { code, lastLine } = await runLogged('npm', ['test'], {
    cwd: clone,
    env: await bareEnv(dir),
    log,
    ...(person ? { person } : {}),
  });
  return `${name}: ${lastLine} (exit code ${code}, ${Math.round((Date.now() - from) / 1000)} s)`;
}
