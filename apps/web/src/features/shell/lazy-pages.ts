'use client';
import { lazy } from '../../lib/lazy.tsx';

// Every page carries these two along, for the case that it fails or is not there: in chunks of their own, they cost it
// nothing.
export const BrokenPage = lazy(async () => (await import('./broken-page.tsx')).BrokenPage);
export const NotFound = lazy(async () => (await import('./not-found.tsx')).NotFound);
