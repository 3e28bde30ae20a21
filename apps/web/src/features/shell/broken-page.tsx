'use client';
import { ErrorState } from '@confab/ui';
import { text } from '../../lib/text.ts';

/** What stands instead of a page that failed. */
export function BrokenPage() {
  return (
    <main className="grid min-h-dvh">
      <ErrorState
        title={text.broken.title}
        text={text.broken.hint}
        onRetry={() => {
          location.reload();
        }}
      />
    </main>
  );
}
