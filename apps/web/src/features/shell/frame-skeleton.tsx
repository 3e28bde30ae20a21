'use client';
import { AppShell, MessageColumn, MessageLog, MessageSkeleton, RowSkeleton, SideBar } from '@confab/ui';
import { usePlace } from '../../lib/navigation.ts';
import { SectionTabs } from './section-tabs.tsx';

/** The frame before anything is known: as the server draws it. */
export function FrameSkeleton() {
  const { page } = usePlace();
  return (
    <AppShell
      side={
        <SideBar tabs={<SectionTabs />}>
          <RowSkeleton />
        </SideBar>
      }
      phonePane={page === 'conversation' ? 'main' : 'side'}
    >
      {page === 'conversation' && (
        <MessageLog>
          <MessageColumn>
            <MessageSkeleton />
          </MessageColumn>
        </MessageLog>
      )}
    </AppShell>
  );
}
