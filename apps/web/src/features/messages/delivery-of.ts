import type { Watermark } from '@confab/contract';

/** How far a stored message got; `delivered` and `read` mean: with every other member. */
export type StoredDelivery = 'sent' | 'delivered' | 'read';

/** What the watermarks of a conversation say about one's own message with this seq. */
export function deliveryOf(watermarks: readonly Watermark[], userId: string, seq: number): StoredDelivery {
  const others = watermarks.filter((watermark) => watermark.userId !== userId);
  if (others.length === 0) return 'sent';
  if (others.every(({ readSeq }) => readSeq >= seq)) return 'read';
  // Whoever has read it holds it, whatever the other mark says.
  return others.every(({ readSeq, deliveredSeq }) => Math.max(readSeq, deliveredSeq) >= seq)
    ? 'delivered'
    : 'sent';
}

/** Everybody but oneself, by how far a message got with them. */
export interface Recipients {
  readonly read: readonly string[];
  readonly delivered: readonly string[];
  readonly sent: readonly string[];
}

/** By member: who has read the message with this seq, who holds it, who does not yet. */
export function recipientsOf(watermarks: readonly Watermark[], userId: string, seq: number): Recipients {
  const others = watermarks.filter((watermark) => watermark.userId !== userId);
  const by = (delivery: StoredDelivery) =>
    others
      .filter((watermark) => deliveryOf([watermark], userId, seq) === delivery)
      .map((watermark) => watermark.userId);
  return { read: by('read'), delivered: by('delivered'), sent: by('sent') };
}
