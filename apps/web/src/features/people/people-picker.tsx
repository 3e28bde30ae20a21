'use client';
import { useState } from 'react';
import type { User } from '@confab/contract';
import { PeopleField, PickRow, Button, type AvatarOf } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { usePresenceLine } from './person-list-row.tsx';
import { usePeople } from './use-people.ts';
import { usePickFirst } from './use-pick-first.ts';
import { usePresence } from './use-user.ts';

export interface PeoplePickerProps {
  picked: readonly User[];
  onChange: (picked: readonly User[]) => void;
  /** Who is in already and cannot be picked. */
  excluded?: ReadonlySet<string>;
  /** How many may be picked. */
  max: number;
}

const avatarOf = ({ id, name }: User): AvatarOf => ({ id, name, kind: 'person' });

/** Finds people by the start of their name and ticks them, the first by Enter; who is ticked stands in the field. */
export function PeoplePicker({ picked, onChange, excluded, max }: PeoplePickerProps) {
  const [find, setFind] = useState('');
  const people = usePeople(find);
  const candidates = people.users.filter(({ id }) => excluded?.has(id) !== true);
  const isPicked = ({ id }: User) => picked.some((user) => user.id === id);
  const toggle = (user: User, on: boolean) => {
    onChange(on ? [...picked, user] : picked.filter(({ id }) => id !== user.id));
    setFind('');
  };
  const pickFirst = usePickFirst({
    find,
    isAnswered: people.isCurrent && people.prefix === find.trim(),
    users: picked.length < max ? candidates.filter((user) => !isPicked(user)) : [],
    onPick: (user) => {
      toggle(user, true);
    },
  });
  return (
    <div>
      <PeopleField
        label={text.group.people}
        placeholder={text.group.addName}
        value={find}
        onChange={setFind}
        picked={picked.map(avatarOf)}
        onEnter={pickFirst}
        onRemove={(id) => {
          onChange(picked.filter((user) => user.id !== id));
        }}
      />
      <div className="mt-2 max-h-60 overflow-x-hidden overflow-y-auto px-3 -mx-3">
        {candidates.map((user) => {
          const checked = isPicked(user);
          return (
            <Candidate
              key={user.id}
              user={user}
              checked={checked}
              disabled={!checked && picked.length >= max}
              onChange={toggle}
            />
          );
        })}
        {candidates.length === 0 && people.status === 'ready' && (
          <p className="py-3 text-sm text-ink-3">
            {find.trim() === '' ? text.presence.nobody : text.nothingFound(find.trim())}
          </p>
        )}
        {!people.isWhole && people.status === 'ready' && (
          <Button variant="ghost" size="sm" onClick={people.loadMore}>
            {text.conversation.more}
          </Button>
        )}
      </div>
    </div>
  );
}

interface CandidateProps {
  user: User;
  checked: boolean;
  disabled: boolean;
  onChange: (user: User, on: boolean) => void;
}

function Candidate({ user, checked, disabled, onChange }: CandidateProps) {
  return (
    <PickRow
      avatar={{ ...avatarOf(user), presence: usePresence(user.id) }}
      detail={usePresenceLine(user)}
      checked={checked}
      disabled={disabled}
      onChange={(on) => {
        onChange(user, on);
      }}
    />
  );
}
