'use client';
import { useEffect, useMemo } from 'react';
import type { Watermark } from '@confab/contract';
import type { Store } from '@confab/sync';
import { useSelected } from '../../lib/use-store.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { useSession } from '../shell/use-session.ts';
import { deliveryOf, type StoredDelivery } from './delivery-of.ts';

const none: readonly Watermark[] = [];
const nobody: Store<readonly Watermark[]> = { get: () => none, subscribe: () => () => undefined };

/**
 * The watermarks of a conversation; of nobody in a room, which tells none, and while it is unknown which. Null before
 * the server told.
 */
export function useWatermarks(
  of: Pick<ConversationInfo, 'id' | 'kind'> | null,
): Store<readonly Watermark[] | null> {
  const { sync } = useSession();
  const id = of === null || of.kind === 'room' ? null : of.id;
  return useMemo(() => (id === null ? nobody : sync.watermarks(id)), [sync, id]);
}

/** Keeps them while a conversation is open: its rows come and go, and each alone would ask again. */
export function useKeepWatermarks(conversation: Pick<ConversationInfo, 'id' | 'kind'>): void {
  const watermarks = useWatermarks(conversation);
  useEffect(() => watermarks.subscribe(() => undefined), [watermarks]);
}

/** How far one's own message with this seq got, null while that is not known; renders again when it changes. */
export function useDelivery(
  conversation: Pick<ConversationInfo, 'id' | 'kind'> | null,
  seq: number,
): StoredDelivery | null {
  const { account } = useSession();
  return useSelected(useWatermarks(conversation), (watermarks) => {
    return watermarks && deliveryOf(watermarks, account.id, seq);
  });
}
