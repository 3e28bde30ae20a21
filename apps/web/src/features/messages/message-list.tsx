'use client';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Timeline } from '@confab/sync';
import { ErrorLine, JumpPill, MessageColumn, MessageLog, Spinner } from '@confab/ui';
import { text } from '../../lib/text.ts';
import type { ConversationInfo } from '../conversations/use-conversation.ts';
import { useSession } from '../shell/use-session.ts';
import { Value } from '../../lib/value.ts';
import { MessageDialogs, type OpenDialog } from './message-dialogs.tsx';
import { moveBetweenRows } from './row-keys.ts';
import { TimelineRow } from './timeline-row.tsx';
import { keepRows, timelineRows, type Row } from './timeline-rows.ts';
import { followWithinPx, useAnchoredList } from './use-anchored-list.ts';
import { useMarkRead } from './use-mark-read.ts';
import { useNewBelow } from './use-new-below.ts';
import type { Visit } from './use-visit.ts';
import { useKeepWatermarks } from './use-watermarks.ts';

/** Rows above the drawn ones at which the next older page is asked for. */
const loadAheadRows = 20;
/** Where older messages load, or say that they did not. */
const olderHeadPx = 56;
const topPx = 8;

export interface MessageListProps {
  conversation: ConversationInfo;
  /** Its newest page is held. */
  timeline: Timeline;
  visit: Visit;
}

function useRows({ timeline, visit, conversation }: MessageListProps): readonly Row[] {
  const { account } = useSession();
  const { items, hasOlder } = timeline;
  const { readSeq } = visit;
  const seenLine = conversation.kind === 'group';
  const [kept] = useState({ breaks: new Set<string>(), rows: [] as readonly Row[] });
  return useMemo(() => {
    const [oldest] = items;
    if (oldest && hasOlder) kept.breaks.add(oldest.key);
    kept.rows = keepRows(
      kept.rows,
      timelineRows(items, { userId: account.id, hasOlder, breaks: kept.breaks, readSeq, seenLine }),
    );
    return kept.rows;
  }, [items, hasOlder, account.id, kept, readSeq, seenLine]);
}

/** One's own message is shown wherever one was reading. */
function useShowOwnSend(rows: readonly Row[], show: () => void): void {
  const last = rows.at(-1);
  const sentKey = last?.type === 'message' && last.item.type === 'outgoing' ? last.key : null;
  const shown = useRef(sentKey);
  useLayoutEffect(() => {
    if (sentKey !== null && sentKey !== shown.current) show();
    shown.current = sentKey ?? shown.current;
  }, [sentKey, show]);
}

function focusComposer(): void {
  document.querySelector('textarea')?.focus();
}

/** The messages, of which only those around the view are drawn. */
export function MessageList(props: MessageListProps) {
  const { conversation, timeline, visit } = props;
  const { sync, account, drafts } = useSession();
  const { id } = conversation;
  const { hasOlder, olderStatus } = timeline;
  const rows = useRows(props);
  const scrollRef = useRef<HTMLDivElement>(null);
  const { list, blockRef, seenIndex } = useAnchoredList({
    rows,
    scrollRef,
    headPx: hasOlder ? olderHeadPx : topPx,
    startIndex: visit.readSeq === null ? -1 : rows.findIndex(({ type }) => type === 'new'),
  });
  const drawn = list.getVirtualItems();
  const firstIndex = drawn[0]?.index ?? 0;
  const isAtEnd = list.isAtEnd(followWithinPx);
  const newBelow = useNewBelow({ rows, seenIndex, isAtEnd, userId: account.id });
  useMarkRead({ conversationId: id, rows, seenIndex, begun: visit.begun });
  useKeepWatermarks(conversation);

  const loadOlder = useCallback(() => {
    sync.loadOlder(id);
  }, [sync, id]);
  const wantsOlder = hasOlder && olderStatus === 'idle' && firstIndex < loadAheadRows;
  useEffect(() => {
    if (wantsOlder) loadOlder();
  }, [wantsOlder, loadOlder, rows]);
  const toEnd = useCallback(() => {
    list.scrollToEnd();
  }, [list]);
  useShowOwnSend(rows, toEnd);
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
      overlay={!isAtEnd && <JumpPill count={newBelow} onPress={toEnd} />}
      onKeyDown={(event) => {
        moveBetweenRows(event, focusComposer);
      }}
    >
      <MessageColumn style={{ height: list.getTotalSize(), flex: 'none' }}>
        <div ref={blockRef}>
          {firstIndex === 0 && hasOlder && <OlderHead status={olderStatus} onRetry={loadOlder} />}
          {drawn.map(({ index, key }) => (
            <div key={key} data-index={index} ref={list.measureElement} className="flow-root">
              <TimelineRow row={rows[index]} conversation={conversation} onEdit={onEdit} open={open} />
            </div>
          ))}
        </div>
      </MessageColumn>
      <MessageDialogs conversation={conversation} opened={dialog} />
    </MessageLog>
  );
}

interface OlderHeadProps {
  status: Timeline['olderStatus'];
  onRetry: () => void;
}

/** Above the oldest held message, as long as there are older ones. */
function OlderHead({ status, onRetry }: OlderHeadProps) {
  return (
    <div style={{ height: olderHeadPx }} className="grid items-center justify-center overflow-hidden">
      {status === 'loading' && <Spinner />}
      {status === 'failed' && <ErrorLine text={text.messages.olderFailed} onRetry={onRetry} />}
    </div>
  );
}
