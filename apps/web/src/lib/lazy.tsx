import { lazy as reactLazy, Suspense, type ComponentType } from 'react';

const loads = new Set<() => Promise<unknown>>();

/** A component that is no part of the first load: for what opens on a press. Draws nothing until it is here. */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  loads.add(load);
  const Loaded = reactLazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;
  return function Lazy(props: Props) {
    return (
      <Suspense>
        <Loaded {...props} />
      </Suspense>
    );
  };
}

/** Fetches all of them: a dialog is to open without a connection too, and after a new version was deployed. */
export function loadLazy(): void {
  // What fails here is asked for again when it is opened.
  for (const load of loads) load().catch(() => undefined);
}
