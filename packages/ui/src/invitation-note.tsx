import { Avatar, type AvatarOf } from './avatar.tsx';

export interface InvitationNoteProps {
  /** Of what one is invited to. */
  avatar: AvatarOf;
  /** "bob invites you to". */
  text: string;
  /** "Private room, 3 members". */
  detail: string;
}

/** Why somebody is asked to sign in. */
export function InvitationNote({ avatar, text, detail }: InvitationNoteProps) {
  return (
    <div className="mb-8 grid grid-cols-[40px_minmax(0,1fr)] items-center gap-3 rounded-lg bg-well px-4 py-3">
      <Avatar {...avatar} />
      <p className="min-w-0 text-sm text-ink-2">
        {text} <bdi className="font-bold wrap-anywhere text-ink">{avatar.name}</bdi>
        <span className="block text-ink-3">{detail}</span>
      </p>
    </div>
  );
}
