'use client';
import { BrokenPage } from '../features/shell/lazy-pages.ts';

export default function ErrorPage() {
  return <BrokenPage />;
}
