import type { Page } from '@playwright/test';

/** The little of React's tree that is read; see `react-reconciler`'s `ReactInternalTypes`. */
interface Fiber {
  readonly memoizedProps: { readonly role?: string } | null;
  readonly stateNode: unknown;
  readonly child: Fiber | null;
  readonly sibling: Fiber | null;
}

declare global {
  interface Window {
    renderedRows: { again: Set<Element>; first: Set<Element> };
  }
}

/**
 * Counts, by what React tells its developer tools of every commit, which message rows were rendered: a render makes
 * the row's element new props, whatever comes of them. For pages that are opened from now on.
 */
export async function countRenders(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.renderedRows = { again: new Set(), first: new Set() };
    const known = new WeakMap<Element, unknown>();
    const look = (first: Fiber | null) => {
      for (let fiber = first; fiber; fiber = fiber.sibling) {
        const { memoizedProps: props, stateNode } = fiber;
        if (stateNode instanceof Element && props?.role === 'article') {
          const { again, first: fresh } = window.renderedRows;
          if (!known.has(stateNode)) fresh.add(stateNode);
          else if (known.get(stateNode) !== props) again.add(stateNode);
          known.set(stateNode, props);
        }
        look(fiber.child);
      }
    };
    const hook = {
      supportsFiber: true,
      renderers: new Map(),
      inject: () => 1,
      onCommitFiberRoot: (_id: number, root: { current: Fiber }) => {
        look(root.current);
      },
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
      checkDCE: () => undefined,
    };
    Object.defineProperty(window, '__REACT_DEVTOOLS_GLOBAL_HOOK__', { value: hook });
  });
}

/** Texts of rows, each once. */
export interface RenderedRows {
  /** Those that stood there already. */
  readonly again: readonly string[];
  /** Those that came: new ones, and those that came near the view. */
  readonly first: readonly string[];
}

/** What was rendered since the last time this was asked. */
export function takeRenderedRows(page: Page): Promise<RenderedRows> {
  return page.evaluate(() => {
    const take = (rows: Set<Element>) => {
      const texts = [...rows]
        .filter((row) => row.isConnected)
        .map((row) => row.querySelector('p[dir=auto]')?.firstChild?.textContent ?? '');
      rows.clear();
      return texts;
    };
    const { again, first } = window.renderedRows;
    return { again: take(again), first: take(first) };
  });
}
