/** All tabs of this browser, whoever they were opened for. */
const channelName = 'confab:account';

/**
 * Tells the other tabs of this browser whom a page was opened for, and calls back with what they tell. Only a hint: a
 * browser may have no such channel, and who is signed in the server alone knows. Returns how to stop.
 */
export function listenToTabs(onOpened: (accountId: string) => void): () => void {
  if (!('BroadcastChannel' in globalThis)) return () => undefined;
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') onOpened(data);
  };
  return () => {
    channel.close();
  };
}

export function tellTabs(accountId: string): void {
  if (!('BroadcastChannel' in globalThis)) return;
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(accountId);
  channel.close();
}

/** Calls back when a page comes back from the browser's memory, where it heard nothing. Returns how to stop. */
export function onRestored(callback: () => void): () => void {
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) callback();
  };
  addEventListener('pageshow', onShow);
  return () => {
    removeEventListener('pageshow', onShow);
  };
}
