'use client';
import { X } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Avatar, type AvatarOf } from './avatar.tsx';
import { classNames } from './class-names.ts';
import { IconButton } from './icon-button.tsx';
import { uiText } from './text.ts';

/** The bar over the details, with the cross. */
export function DetailsHeader({
  title = uiText.details,
  onClose,
}: {
  title?: string | undefined;
  onClose: () => void;
}) {
  return (
    <div className="flex h-(--bar) flex-none items-center gap-3 border-b border-line ps-4 pe-3">
      <h2 className="min-w-0 flex-1 truncate font-bold">{title}</h2>
      <IconButton label={uiText.hideDetails} onClick={onClose}>
        <X size={18} aria-hidden />
      </IconButton>
    </div>
  );
}

/** What is under it; scrolls. Sections stand 20 px apart. */
export function DetailsBody({
  children,
  scrollRef,
}: {
  children: ReactNode;
  /** What scrolls. */
  scrollRef?: Ref<HTMLDivElement> | undefined;
}) {
  return (
    <div ref={scrollRef} className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-4 pt-5 pb-4">
      {children}
    </div>
  );
}

export interface DetailsIdentityProps {
  avatar: AvatarOf;
  /** "Group, since 3 September", "Online". */
  subtitle?: string | undefined;
  /** The topic, or what somebody says of themselves. */
  about?: string | undefined;
  /** One icon button: changes the two. */
  action?: ReactNode;
}

/** Who or what the details are of. */
export function DetailsIdentity({ avatar, subtitle, about, action }: DetailsIdentityProps) {
  return (
    <>
      <div className="grid grid-cols-[56px_minmax(0,1fr)_auto] items-center gap-3">
        <Avatar {...avatar} size={56} />
        <div className="min-w-0">
          <h3 className="text-lg font-bold tracking-[-0.012em] wrap-anywhere">
            <bdi>{avatar.name}</bdi>
          </h3>
          {subtitle && <p className="text-sm text-ink-3">{subtitle}</p>}
        </div>
        {action}
      </div>
      {about && (
        <p dir="auto" className="text-sm wrap-anywhere text-ink-2">
          {about}
        </p>
      )}
    </>
  );
}

/** Buttons side by side, of equal width; a `wide` one takes the whole line. */
export function DetailsActions({ children }: { children: ReactNode }) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(120px,1fr))] gap-2 [&>.w-full]:col-span-full">
      {children}
    </div>
  );
}

/** The way out, at the foot: apart from what is pressed more often. */
export function DetailsEnd({ children }: { children: ReactNode }) {
  return <div className="mt-auto grid border-t border-line pt-4">{children}</div>;
}

export interface SectionProps {
  title: string;
  count?: number | undefined;
  /** The heading's level: 3 in the details (default), 2 under the title of a page. */
  level?: 2 | 3 | undefined;
  /** A small link or button at the end of the heading. */
  action?: ReactNode;
  children: ReactNode;
}

/** A headed part of the details or of the empty start. */
export function Section({ title, count, level = 3, action, children }: SectionProps) {
  const Heading = `h${level}` as const;
  return (
    <section>
      <header className="flex h-7 items-center justify-between text-sm">
        <Heading className="font-bold">
          {title}
          {count !== undefined && (
            <span className="ms-1.5 font-regular text-ink-3 tabular-nums">{count.toLocaleString('en')}</span>
          )}
        </Heading>
        {action}
      </header>
      {children}
    </section>
  );
}

/** What there is to know about it, a label and a value a line. */
export function DetailsFacts({ facts }: { facts: readonly { label: string; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 border-t border-line pt-4 text-sm">
      {facts.map(({ label, value }) => (
        <div key={label} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-ink-3">{label}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export interface MemberRowProps {
  avatar: AvatarOf;
  /** `Chip`s, or a word: "owner", "you". */
  role?: ReactNode;
  /** What a press on them does: opens their card. */
  onOpen?: (() => void) | undefined;
  /** A menu or icon button, shown at the end. */
  action?: ReactNode;
}

function MemberName({ avatar }: { avatar: AvatarOf }) {
  return (
    <>
      <Avatar {...avatar} size={32} />
      <span className="min-w-0 truncate text-start">
        <bdi className="font-medium">{avatar.name}</bdi>
        {avatar.presence && <span className="sr-only">, {uiText.presence[avatar.presence]}</span>}
      </span>
    </>
  );
}

const memberName = 'grid h-11 min-w-0 grid-cols-[32px_minmax(0,1fr)] items-center gap-3';

/** One member, 44 px; as `<li>`. */
export function MemberRow({ avatar, role, onOpen, action }: MemberRowProps) {
  return (
    <li className="flex h-11 items-center gap-2">
      {onOpen ? (
        <button
          type="button"
          onClick={onOpen}
          className={classNames(
            memberName,
            '-ms-2 flex-1 rounded-md ps-2 -outline-offset-2! hover:bg-hover hover:[--ring:var(--color-hover)]',
          )}
        >
          <MemberName avatar={avatar} />
        </button>
      ) : (
        <span className={classNames(memberName, 'flex-1')}>
          <MemberName avatar={avatar} />
        </span>
      )}
      {role && <span className="flex flex-none items-center gap-1 text-xs text-ink-3">{role}</span>}
      {action}
    </li>
  );
}
