'use client';
import { Avatar, type AvatarOf } from './avatar.tsx';

export interface SeenLineProps {
  /** Some of those who have read it. */
  people: readonly AvatarOf[];
  /** "Seen by bob and cleo", "Not seen yet"; null while it is not known. */
  text: string | null;
  /** Tells more. */
  onPress: () => void;
  /** Whether Tab reaches it: in the row that has the list's focus. */
  focusable: boolean;
}

const shownMax = 4;

/** Under one's own last message in a group: who has read it. Always as high, so that nothing moves when somebody has. */
export function SeenLine({ people, text, onPress, focusable }: SeenLineProps) {
  if (text === null) return <div className="col-start-2 -col-end-1 h-6 pointer-coarse:h-9" />;
  return (
    <div className="col-start-2 -col-end-1 flex">
      <button
        type="button"
        tabIndex={focusable ? 0 : -1}
        onClick={onPress}
        className="-ms-1 flex h-6 min-w-0 items-center gap-1.5 rounded-sm px-1 text-xs text-ink-3 hover:text-ink pointer-coarse:h-9"
      >
        {people.length > 0 && (
          <span className="flex flex-none [&>*+*]:-ms-1 [&>*]:shadow-[0_0_0_2px_var(--color-own)]">
            {people.slice(0, shownMax).map((person) => (
              <Avatar key={person.id} id={person.id} name={person.name} kind="person" size={20} />
            ))}
          </span>
        )}
        <span className="truncate">{text}</span>
      </button>
    </div>
  );
}
