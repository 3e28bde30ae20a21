'use client';
import { useEffect, useState } from 'react';
import type * as schemas from './schemas.ts';

export type Schemas = typeof schemas;

/**
 * The server's rules for what is typed, once they are here. In a chunk of their own, after the form: the bundler puts
 * what several pages share into one file, which the chat would load with them. Without them the server alone checks.
 */
export function useSchemas(): Schemas | null {
  const [loaded, setLoaded] = useState<Schemas | null>(null);
  useEffect(() => {
    // A chunk that does not come is no reason to stop anybody: the server says the same, a moment later.
    import('./schemas.ts').then(setLoaded, () => undefined);
  }, []);
  return loaded;
}
