import type { Page } from '@playwright/test';

declare global {
  interface Window {
    paintedPlaces: string[];
  }
}

/**
 * Notes of every frame that shows messages which one stands at the top of the view, and where, for pages that are opened
 * from now on. A frame's layout is looked at after everything that measures rows had its turn, just before it is painted:
 * states that no frame shows do not count.
 */
export async function watchPaints(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.paintedPlaces = [];
    const note = () => {
      const list = document.querySelector('[role=log]');
      const view = list?.getBoundingClientRect();
      if (!list || !view) return;
      for (const row of list.querySelectorAll('[role=article]')) {
        const { top, bottom } = row.getBoundingClientRect();
        if (bottom <= view.top || top >= view.bottom) continue;
        const said = row.querySelector('p[dir=auto]')?.firstChild?.textContent ?? '';
        const place = `${said.slice(0, 24)} at ${String(Math.round(top - view.top))} px`;
        if (window.paintedPlaces.at(-1) !== place) window.paintedPlaces.push(place);
        return;
      }
    };
    const look = () => {
      const observer = new IntersectionObserver(() => {
        observer.disconnect();
        note();
      });
      observer.observe(document.documentElement);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** The places that were painted since the last time this was asked, one after the other. */
export function takePaints(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => window.paintedPlaces.splice(0));
}
