import { MessageText } from './message-text.tsx';

/** One text that a message had. */
export interface MessageVersion {
  /** "Sent today at 09:15", its ISO date and time. */
  label: string;
  iso: string;
  text: string;
}

/** What a message said, each time it was changed; the newest first. */
export function VersionList({ versions }: { versions: readonly MessageVersion[] }) {
  return (
    <ol className="grid gap-4">
      {versions.map(({ label, iso, text }) => (
        <li key={iso + label}>
          <time dateTime={iso} className="text-xs text-ink-3">
            {label}
          </time>
          <MessageText text={text} />
        </li>
      ))}
    </ol>
  );
}
