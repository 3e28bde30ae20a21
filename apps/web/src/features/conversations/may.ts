import type { Member, MemberRole } from '@confab/contract';
import type { ConversationInfo } from './use-conversation.ts';

const rank: Record<MemberRole, number> = { owner: 2, moderator: 1, member: 0 };

/** What the reader's own role allows. Like the server's rules, which decide; what is not allowed is not shown. */
export const mayModerate = ({ kind, role }: ConversationInfo) => kind !== 'direct' && role !== 'member';

/** Bring people in: into a private room, only those who may invite. */
export const mayAdd = (conversation: ConversationInfo) =>
  conversation.kind === 'group' || conversation.visibility === 'public' || mayModerate(conversation);

export const mayInvite = (conversation: ConversationInfo) =>
  conversation.kind === 'room' && conversation.visibility === 'private' && mayModerate(conversation);

/** Mute, remove, ban: those below oneself. */
export const mayModerateMember = (conversation: ConversationInfo, { role }: Member) =>
  mayModerate(conversation) && rank[role] < rank[conversation.role];

export const maySetRoles = ({ kind, role }: ConversationInfo) => kind !== 'direct' && role === 'owner';
