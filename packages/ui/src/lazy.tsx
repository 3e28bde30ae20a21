'use client';
import { lazy as reactLazy, Suspense, useEffect, useMemo, useReducer, type ComponentType } from 'react';

const loads = new Set<() => Promise<unknown>>();
let wanted = false;

function fetchAhead(load: () => Promise<unknown>): void {
  // What fails here is asked for again when it is drawn.
  load().catch(() => undefined);
}

function Absent() {
  return null;
}

function fetchedByReact<Props extends object>(fetchPart: () => Promise<ComponentType<Props>>) {
  const load = async () => ({ default: await fetchPart().catch((): ComponentType<Props> => Absent) });
  return reactLazy(load) as unknown as ComponentType<Props>;
}

/**
 * A component that is no part of the first load: for what opens on a press. Draws nothing until it is here, and asks again
 * when the connection is back: a pointer over a button must not end in an error page.
 */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let part: ComponentType<Props> | null = null;
  const fetchPart = async () => (part ??= await load());
  loads.add(fetchPart);
  if (wanted) fetchAhead(fetchPart);

  return function Lazy(props: Props) {
    const [attempt, tryAgain] = useReducer((times: number) => times + 1, 0);
    const Part = useMemo(
      // One that is here is drawn at once: React would first commit a page without it.
      () => part ?? fetchedByReact(fetchPart),
      [attempt],
    );
    useEffect(() => {
      if (part !== null) return;
      window.addEventListener('online', tryAgain);
      return () => {
        window.removeEventListener('online', tryAgain);
      };
    }, [attempt]);
    return (
      <Suspense>
        <Part {...props} />
      </Suspense>
    );
  };
}

/**
 * Fetches all of them, and those within them: a dialog is to open without a connection too, and after a new version was
 * deployed.
 */
export function loadLazy(): void {
  wanted = true;
  for (const load of loads) fetchAhead(load);
}
