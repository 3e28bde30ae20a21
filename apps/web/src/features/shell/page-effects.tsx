'use client';
import { useEffect } from 'react';
import { loadLazy } from '../../lib/lazy.tsx';
import { usePlace } from '../../lib/navigation.ts';
import { text } from '../../lib/text.ts';
import { useStore } from '../../lib/use-store.ts';
import { useNotifications } from './toasts-provider.tsx';
import { useSession } from './use-session.ts';

/** The first load is over by then, and nobody has opened a dialog yet. */
const lazyAfterMs = 2_000;

/** What the chat says outside its panes: the unread messages in the tab's title, a problem in a toast. */
export function PageEffects() {
  const { sync, problems } = useSession();
  const { notifyProblem } = useNotifications();
  const unread = useStore(sync.unreadTotal);
  const { page, conversationId } = usePlace();
  useEffect(() => {
    document.title = text.title(unread);
    // Another address may bring its own title.
  }, [unread, page, conversationId]);
  useEffect(() => {
    const timer = setTimeout(loadLazy, lazyAfterMs);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  useEffect(() => {
    const onVisibility = () => {
      if (document.visibilityState === 'hidden') sync.hurry();
    };
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [sync]);
  useEffect(() => problems.listen(notifyProblem), [problems, notifyProblem]);
  return null;
}
