// @ts-check
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findOnPath, run } from './programs.mjs';
import { Refusal } from './say.mjs';

const systemLists = '/var/lib/apt/lists';
const listsMaxAgeMs = 7 * 24 * 60 * 60 * 1000;

/** Whether this is Debian, Ubuntu or one of their children. */
export function hasApt() {
  if (!existsSync('/etc/os-release') || !findOnPath('apt-get')) return false;
  return /^(ID|ID_LIKE)=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

export const isRoot = () => process.getuid?.() === 0;

/**
 * Installs a package as root. Package lists that are missing or older than a week are fetched first; fresh-looking
 * lists can still name files that the mirror no longer has, so a failed install fetches them once and tries again.
 * @param {string} name
 */
export async function aptInstall(name) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () => run('apt-get', ['install', '-y', '--no-install-recommends', name], { env });
  if (!listsAreFresh(systemLists)) await run('apt-get', ['update'], { env });
  let result = await install();
  if (result.code !== 0) {
    await run('apt-get', ['update'], { env });
    result = await install();
  }
  if (result.code !== 0) throw new Refusal(`apt-get could not install ${name}:\n${lastLines(result.output)}`);
}

/**
 * Downloads a package and whatever it needs that is not installed, and unpacks them into a folder, without root.
 * @param {string} name
 * @param {string} target appears only when it is complete
 */
export async function aptUnpack(name, target) {
  const work = `${target}.${process.pid}`;
  const state = join(work, 'apt');
  for (const dir of ['lists/partial', 'archives/partial']) mkdirSync(join(state, dir), { recursive: true });
  try {
    const lists = listsAreFresh(systemLists) ? systemLists : join(state, 'lists');
    // prettier-ignore
    const options = ['-o', `Dir::Cache=${state}`, '-o', 'Dir::Cache::archives=archives', '-o', `Dir::State::Lists=${lists}`, '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User='];
    if (lists !== systemLists) await aptGet([...options, 'update'], work);
    const simulated = await aptGet([...options, '-s', '--no-install-recommends', 'install', name], work);
    const packages = [...simulated.matchAll(/^Inst (\S+)/gm)].map(
      (match) => /** @type {string} */ (match[1]),
    );
    // A package that is already installed, though its program is not on PATH, is not listed: it is still wanted here.
    await aptGet([...options, 'download', ...new Set([name, ...packages])], work);
    for (const file of readdirSync(work).filter((entry) => entry.endsWith('.deb'))) {
      const { code, output } = await run('dpkg', ['-x', file, 'root'], { cwd: work });
      if (code !== 0) throw new Refusal(`${file} could not be unpacked:\n${lastLines(output)}`);
    }
    rmSync(target, { recursive: true, force: true });
    renameSync(join(work, 'root'), target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {string[]} args
 * @param {string} cwd where `download` leaves its files
 */
async function aptGet(args, cwd) {
  const { code, output } = await run('apt-get', args, { cwd });
  if (code !== 0) throw new Refusal(`apt-get ${args.at(-1)} failed:\n${lastLines(output)}`);
  return output;
}

/** @param {string} dir */
function listsAreFresh(dir) {
  if (!existsSync(dir)) return false;
  const lists = readdirSync(dir).filter((entry) => entry.includes('_Packages'));
  return lists.length > 0 && Date.now() - statSync(dir).mtimeMs < listsMaxAgeMs;
}

/** @param {string} output */
const lastLines = (output) => output.trimEnd().split('\n').slice(-5).join('\n');
