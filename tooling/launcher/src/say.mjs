// @ts-check

/**
 * One line for the person at the terminal.
 * @param {string} line
 */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** An expected refusal: its message is written for the person who started the command, no stack is shown. */
export class Refusal extends Error {}

/**
 * Runs a command's body; a refusal becomes one clear line and exit code 1, anything else is a bug and keeps its stack.
 * @param {() => Promise<number | void>} body resolves to the exit code, 0 when it resolves to nothing
 */
export async function command(body) {
  // A closed terminal must not end the launcher before it has stopped what it started.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.stderr.write(
      `${error instanceof Refusal ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    );
    process.exitCode = 1;
  }
  process.exit();
}
