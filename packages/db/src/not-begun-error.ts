/** `left`: nobody waits for it any more. `greedy`, `full`: so much waits already, of the same key or of all. */
type NotBegunReason = 'left' | 'greedy' | 'full';

/** Work that was not begun, and nothing of it. */
export class NotBegunError extends Error {
  override readonly name = 'NotBegunError';
  readonly reason: NotBegunReason;

  constructor(reason: NotBegunReason) {
    super(`not begun: ${reason}`);
    this.reason = reason;
  }
}
