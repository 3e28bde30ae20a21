import type { Backend } from '@confab/api';

/** Waits until nothing is left in the background of a process, the marks of its senders included. */
export async function settled({ core }: Pick<Backend, 'core'>): Promise<void> {
  core.senderMarks.flush();
  await core.background.settled();
}
