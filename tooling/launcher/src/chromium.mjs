// @ts-check
import { aptInstall, hasApt, isRoot } from './apt.mjs';
import { findOnPath, isProgram } from './programs.mjs';
import { Refusal } from './say.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @type {typeof import('./index.mjs').findChromium} */
export async function findChromium({ say = () => {} } = {}) {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new Refusal(`CHROMIUM_PATH names ${chosen}, which is not a program.`);
  }
  const present = presentChromium();
  if (present) return present;
  if (hasApt() && isRoot()) {
    say('Chromium is missing: installing the system package (apt-get install chromium).');
    await aptInstall('chromium');
  }
  const installed = presentChromium();
  if (installed) return installed;
  throw new Refusal('Chromium is missing: install Chromium or Google Chrome, or set CHROMIUM_PATH to one.');
}

function presentChromium() {
  for (const name of names) {
    const path = findOnPath(name);
    if (path) return path;
  }
  return macApplications.find(isProgram);
}
