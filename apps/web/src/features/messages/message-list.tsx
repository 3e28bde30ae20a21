'use client';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { ErrorLine, JumpPill, MessageColumn, MessageLog, Spinner } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { useSelected } from '../../lib/use-store.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { useSession } from '../shell/use-session.ts';
import { Value } from '../../lib/value.ts';
import { MessageDialogs, type OpenDialog } from './message-dialogs.tsx';
import { moveBetweenRows } from './row-keys.ts';
import { TimelineRow } from './timeline-row.tsx';
import { firstUnreadIndex, keepRows, timelineRows, type Row } from './timeline-rows.ts';
import { followWithinPx, useAnchoredList } from './use-anchored-list.ts';
import { useMarkRead } from './use-mark-read.ts';
import { useNewBelow } from './use-new-below.ts';
import type { Place } from './use-place.ts';
import type { ShownTimeline } from './use-timeline.ts';
import type { Visit } from './use-visit.ts';
import { useKeepWatermarks } from './use-watermarks.ts';

/** Rows above or below the drawn ones at which the next page is asked for. */
const loadAheadRows = 20;
/** Where more messages load, or say that they did not. */
const loadingPx = 56;
const topPx = 8;
const endPx = 4;

export interface MessageListProps {
  conversation: ConversationInfo;
  /** It is held where the list begins. */
  timeline: ShownTimeline;
  visit: Visit;
  place: Place;
}

function useRows({ timeline, visit, conversation }: MessageListProps): readonly Row[] {
  const { account } = useSession();
  const { items, hasOlder, low } = timeline;
  const { readSeq } = visit;
  const seenLine = conversation.kind === 'group';
  const [kept] = useState({ breaks: new Set<string>(), rows: [] as readonly Row[] });
  return useMemo(() => {
    const [oldest] = items;
    if (oldest && hasOlder) kept.breaks.add(oldest.key);
    kept.rows = keepRows(
      kept.rows,
      timelineRows(items, { userId: account.id, hasOlder, low, breaks: kept.breaks, readSeq, seenLine }),
    );
    return kept.rows;
  }, [items, hasOlder, low, account.id, kept, readSeq, seenLine]);
}

/** One's own message is shown wherever one was reading. */
function useShowOwnSend(sentKey: string | null, show: () => void): void {
  const shown = useRef(sentKey);
  useLayoutEffect(() => {
    if (sentKey !== null && sentKey !== shown.current) show();
    shown.current = sentKey ?? shown.current;
  }, [sentKey, show]);
}

function focusComposer(): void {
  document.querySelector('textarea')?.focus();
}

/** Asks for the next page above or below once the rows near it are drawn. */
function useLoadAhead(rows: readonly Row[], wants: boolean, load: () => void): void {
  useEffect(() => {
    if (wants) load();
  }, [wants, load, rows]);
}

/** The messages, of which only those around the view are drawn. */
export function MessageList(props: MessageListProps) {
  const { conversation, timeline, visit, place } = props;
  const { sync, account, drafts } = useSession();
  const { id } = conversation;
  const { hasOlder, olderStatus, hasNewer, newerStatus } = timeline;
  const rows = useRows(props);
  const scrollRef = useRef<HTMLDivElement>(null);
  const { list, blockRef, seenIndex, toEnd } = useAnchoredList({
    rows,
    scrollRef,
    headPx: hasOlder ? loadingPx : topPx,
    footPx: hasNewer ? loadingPx : endPx,
    startIndex: visit.readSeq === null ? -1 : rows.findIndex(({ type }) => type === 'new'),
    hasNewer,
    unreadIndex: () => firstUnreadIndex(rows, sync.conversation(id).get()?.readSeq ?? 0, account.id),
    readSeq: useSelected(sync.conversation(id), (row) => row?.readSeq ?? 0),
  });
  const drawn = list.getVirtualItems();
  const firstIndex = drawn[0]?.index ?? 0;
  const lastIndex = drawn.at(-1)?.index ?? 0;
  const isAtEnd = list.isAtEnd(followWithinPx) && !hasNewer;
  const newBelow = useNewBelow({
    rows,
    seenIndex,
    isAtEnd,
    userId: account.id,
    hasNewer,
    conversationId: id,
  });
  useMarkRead({ conversationId: id, rows, seenIndex, enabled: visit.begun && place.isWhole });
  useKeepWatermarks(conversation);

  const loadOlder = useCallback(() => {
    sync.loadOlder(id);
  }, [sync, id]);
  const loadNewer = useCallback(() => {
    sync.loadNewer(id);
  }, [sync, id]);
  useLoadAhead(rows, hasOlder && olderStatus === 'idle' && firstIndex < loadAheadRows, loadOlder);
  const isNearFoot = lastIndex >= rows.length - loadAheadRows;
  useLoadAhead(rows, hasNewer && newerStatus === 'idle' && isNearFoot, loadNewer);
  const { leave } = place;
  const jump = useCallback(() => {
    leave();
    toEnd();
  }, [leave, toEnd]);
  useShowOwnSend(timeline.sentKey, jump);
  const onEdit = useCallback(
    (written: string) => {
      drafts.add(id, written);
      focusComposer();
    },
    [drafts, id],
  );
  const [dialog] = useState(() => new Value<OpenDialog | null>(null));
  const open = useCallback(
    (next: OpenDialog) => {
      dialog.set(next);
    },
    [dialog],
  );

  return (
    <MessageLog
      ref={scrollRef}
      overlay={!isAtEnd && <JumpPill count={newBelow} onPress={jump} />}
      onKeyDown={(event) => {
        moveBetweenRows(event, focusComposer);
      }}
    >
      <MessageColumn style={{ height: list.getTotalSize(), flex: 'none' }}>
        <div ref={blockRef}>
          {firstIndex === 0 && hasOlder && (
            <Loading status={olderStatus} failed={text.messages.olderFailed} onRetry={loadOlder} />
          )}
          {drawn.map(({ index, key }) => (
            <div key={key} data-index={index} ref={list.measureElement} className="flow-root">
              <TimelineRow row={rows[index]} conversation={conversation} onEdit={onEdit} open={open} />
            </div>
          ))}
          {lastIndex === rows.length - 1 && hasNewer && (
            <Loading status={newerStatus} failed={text.messages.newerFailed} onRetry={loadNewer} />
          )}
        </div>
      </MessageColumn>
      <MessageDialogs conversation={conversation} opened={dialog} />
    </MessageLog>
  );
}

interface LoadingProps {
  status: 'idle' | 'loading' | 'failed';
  failed: string;
  onRetry: () => void;
}

/** Above the oldest held message, or below the newest, as long as there are more. */
function Loading({ status, failed, onRetry }: LoadingProps) {
  return (
    <div style={{ height: loadingPx }} className="grid items-center justify-center overflow-hidden">
      {status === 'loading' && <Spinner />}
      {status === 'failed' && <ErrorLine text={failed} onRetry={onRetry} />}
    </div>
  );
}
