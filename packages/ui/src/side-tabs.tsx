'use client';
import { Badge } from './badge.tsx';
import { classNames } from './class-names.ts';
import type { NavItem } from './nav-item.ts';
import { uiText } from './text.ts';
import { useLink } from './ui-provider.tsx';

/** Chats, People, Rooms over the list. Not on the phone, which has the tab bar. */
export function SideTabs({ items }: { items: readonly NavItem[] }) {
  const Link = useLink();
  return (
    <nav aria-label={uiText.sections} className="mx-3 mt-2 mb-1 flex flex-none gap-1 max-md:hidden">
      {items.map(({ href, label, current, unread = 0 }) => (
        <Link
          key={href}
          href={href}
          {...(current ? { 'aria-current': 'page' as const } : {})}
          className={classNames(
            'flex h-8 items-center gap-1.5 rounded-sm px-2.5 text-sm font-medium transition-colors pointer-coarse:h-9',
            current ? 'bg-well-2 text-ink' : 'text-ink-2 hover:bg-side-hover',
          )}
        >
          {label}
          <Badge count={unread} />
          <UnreadInWords count={unread} />
        </Link>
      ))}
    </nav>
  );
}

/** The badge for screen readers. */
function UnreadInWords({ count }: { count: number }) {
  return count > 0 && <span className="sr-only">, {uiText.unread(count)}</span>;
}

/** The same sections at the bottom of a phone, with icons. */
export function TabBar({ items }: { items: readonly NavItem[] }) {
  const Link = useLink();
  return (
    <nav
      aria-label={uiText.main}
      className="grid h-[calc(var(--bar)+env(safe-area-inset-bottom))] flex-none auto-cols-fr grid-flow-col border-t border-line pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {items.map(({ href, label, current, icon, unread = 0 }) => (
        <Link
          key={href}
          href={href}
          {...(current ? { 'aria-current': 'page' as const } : {})}
          className={classNames(
            'grid content-center justify-items-center gap-0.5 text-xs font-medium -outline-offset-2!',
            current ? 'text-accent' : 'text-ink-3',
          )}
        >
          <span className="relative">
            {icon}
            <span className="absolute -end-3 -top-1.5">
              <Badge count={unread} />
            </span>
          </span>
          {label}
          <UnreadInWords count={unread} />
        </Link>
      ))}
    </nav>
  );
}
