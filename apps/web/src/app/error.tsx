'use client';
import { ErrorState } from '@confab/ui';
import { text } from '../lib/text.ts';

export default function ErrorPage() {
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
