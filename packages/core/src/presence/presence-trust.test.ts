import type { Pubsub } from '@confab/pubsub';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PresenceTrust } from './presence-trust.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Two connections to Redis that come and go as the test says. */
function aTrust() {
  const status: { commands: string; subscriber: string } = { commands: 'ready', subscriber: 'ready' };
  let lose = () => {};
  let restore = () => {};
  const pubsub = {
    status: () => status,
    onLost: (listener: () => void) => (lose = listener),
    onResubscribed: (listener: () => void) => (restore = listener),
  };
  const trust = new PresenceTrust(pubsub as unknown as Pubsub, { presenceSettleMs: 100 });
  const heard: boolean[] = [];
  trust.onChange(() => heard.push(trust.known));
  return { trust, status, heard, lose: () => lose(), restore: () => restore() };
}

describe('presence', () => {
  it('is unknown from the loss on, and for a while after the return', () => {
    const { trust, heard, lose, restore } = aTrust();
    lose();
    restore();
    vi.advanceTimersByTime(99);
    expect([trust.known, heard]).toEqual([false, [false]]);
    vi.advanceTimersByTime(1);
    expect([trust.known, heard]).toEqual([true, [false, true]]);
  });

  it('is not known before the connection that asks is back too', () => {
    const { trust, status, lose, restore } = aTrust();
    status.commands = 'away';
    lose();
    restore();
    vi.advanceTimersByTime(1_000);
    expect(trust.known).toBe(false);
    status.commands = 'ready';
    vi.advanceTimersByTime(100);
    expect(trust.known).toBe(true);
  });

  it('stays unknown for as long as one doubt is left, and a new one begins the wait again', () => {
    const { trust, lose, restore } = aTrust();
    lose();
    trust.doubt('leases');
    restore();
    vi.advanceTimersByTime(1_000);
    expect(trust.known).toBe(false);
    trust.settle('leases');
    vi.advanceTimersByTime(99);
    trust.doubt('answers');
    trust.settle('answers');
    vi.advanceTimersByTime(99);
    expect(trust.known).toBe(false);
    vi.advanceTimersByTime(1);
    expect(trust.known).toBe(true);
  });
});
