import 'server-only';
import type { Backend } from '@confab/api';
import { backendKey } from './backend-key.ts';

/** The backend that the entry opened. @throws Error when Next runs without the entry */
export function backend(): Backend {
  const found = (globalThis as { [backendKey]?: Backend })[backendKey];
  if (!found) throw new Error('The pages are served through server/main.ts, which opens the backend.');
  return found;
}
