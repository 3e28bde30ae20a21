// @ts-check
import { say } from './say.mjs';

/**
 * Shows the services' lines: in production as they are, for whatever collects them; in development made readable
 * and prefixed by the service's name.
 * @param {import('./services.mjs').Mode} mode
 * @returns {Promise<(service: string, line: string) => void>}
 */
export async function logPrinter(mode) {
  if (mode === 'production') return (service, line) => isReport(service, line) || say(line);
  const { default: pretty } = await import('pino-pretty');
  const format = pretty.prettyFactory({
    colorize: process.stdout.isTTY,
    ignore: 'pid,hostname,name,service,event',
    messageFormat: (log, messageKey) => /** @type {string} */ (log[messageKey] ?? log['event'] ?? ''),
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
  });
  return (service, line) => {
    if (isReport(service, line)) return;
    const shown = /** @type {string} */ (format(line)).trimEnd();
    for (const part of shown.split('\n').filter((text) => text.trim())) say(`${service.padEnd(5)} ${part}`);
  };
}

/** The store's line that tells the launcher its address. @param {string} service @param {string} line */
const isReport = (service, line) => service === 'store' && line.startsWith('{"ready"');
