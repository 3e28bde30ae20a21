import type { Page, WebSocketRoute } from '@playwright/test';

/** What stands between a page and the server's socket. */
export interface Line {
  /** What the page sends is kept until `release`. */
  hold(): void;
  release(): void;
  /** Closes the socket, and every new one, until `mend`. */
  cut(): Promise<void>;
  mend(): void;
  /** Swallows what the server says that holds this. */
  swallow(part: string): void;
}

/** Takes hold of the sockets that a page opens from now on. */
export async function tap(page: Page): Promise<Line> {
  let held: (() => void)[] | null = null;
  let down = false;
  let swallowed: string | null = null;
  let current: WebSocketRoute | null = null;
  await page.routeWebSocket(/\/ws/, (route) => {
    // Taken and dropped at the first word: a socket that never opens cannot be imitated, its error event is missing.
    if (down) {
      route.onMessage(() => route.close());
      return;
    }
    current = route;
    const server = route.connectToServer();
    route.onMessage((frame) => {
      const pass = () => {
        server.send(frame);
      };
      if (held) held.push(pass);
      else pass();
    });
    server.onMessage((frame) => {
      if (swallowed === null || !String(frame).includes(swallowed)) route.send(frame);
    });
  });
  return {
    hold: () => (held = []),
    release: () => {
      for (const pass of held ?? []) pass();
      held = null;
    },
    cut: async () => {
      down = true;
      await current?.close();
    },
    mend: () => (down = false),
    swallow: (part) => (swallowed = part),
  };
}
