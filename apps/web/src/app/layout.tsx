import '@confab/ui/styles/globals.css';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { themeScript } from '../features/account/theme-script.ts';
import { ThemeWatch } from '../features/account/theme-watch.tsx';
import { text } from '../lib/text.ts';

export const metadata: Metadata = { title: text.app, description: text.tagline };

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  // The soft keyboard shrinks the page, so that the composer stands above it.
  interactiveWidget: 'resizes-content',
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Also what makes every page dynamic: a static one could not carry a nonce.
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        <ThemeWatch />
        {children}
      </body>
    </html>
  );
}
