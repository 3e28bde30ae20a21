import type { ServerResponse } from 'node:http';

/**
 * Waits for the making of an answer, and no longer than somebody is there to have it: where a reader leaves at the wrong
 * moment, Next waits for ever for the end of what it wrote, and what is waited for holds a turn.
 * @param graceMs for the making to end by itself, where it is cut before all was written
 */
export function whileThere(making: Promise<void>, response: ServerResponse, graceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let grace: NodeJS.Timeout | undefined;
    const left = () => {
      if (response.writableEnded) resolve();
      else grace = setTimeout(resolve, graceMs);
    };
    if (response.closed) left();
    else response.once('close', left);
    void making.then(resolve, reject).finally(() => {
      response.off('close', left);
      clearTimeout(grace);
    });
  });
}
