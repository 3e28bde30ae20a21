import {
  accountSchema,
  deletionEntrySchema,
  editEntrySchema,
  entrySchema,
  idSchema,
  preferencesSchema,
  reactionEntrySchema,
  reportReasonSchema,
  userSchema,
  watermarkSchema,
} from '@confab/contract';
import { z } from 'zod';

/*
 * Descriptions of what procedures return, for the document. The router's types hold them (route.ts), and so does a
 * test that reads every answer strictly by them.
 */

/** The names under which the document keeps what several operations share. */
export const components = z.registry<{ id: string }>();

function component<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  components.add(schema, { id });
  return schema;
}

/** @throws Error for a schema that is not among them */
export function componentId(schema: z.ZodType): string {
  const id = components.get(schema)?.id;
  if (id === undefined) throw new Error('an answer is not among the components');
  return id;
}

const count = z.int().min(0);
const at = z.iso.datetime();
const nextCursor = z
  .string()
  .nullable()
  .describe('Give it as `cursor` to get the next page; null at the end.');
const epoch = z
  .string()
  .describe('The life of the database: a restore makes a new one, and revs of an older one are void.');

export const user = component('User', userSchema);
export const account = component('Account', accountSchema);
export const entry = component('Entry', entrySchema);

export const token = component(
  'Token',
  z.strictObject({ token: z.string().describe('For `Authorization: Bearer`. Keep it secret.'), account }),
);

export const profile = component(
  'Profile',
  z.strictObject({
    user,
    createdAt: at,
    blocked: z.boolean().describe('Whether you blocked them.'),
    shared: z
      .array(z.strictObject({ id: idSchema, kind: z.enum(['group', 'room']), name: z.string() }))
      .describe('Groups and rooms that both are in, latest activity first; the first ones only.'),
  }),
);

export const userPage = component('UserPage', z.strictObject({ users: z.array(user), nextCursor }));

const role = z.enum(['owner', 'moderator', 'member']);
const member = component(
  'Member',
  z.strictObject({ user, role, silencedUntil: at.nullable(), joinedAt: at }),
);
export const memberPage = component('MemberPage', z.strictObject({ members: z.array(member), nextCursor }));

const listing = {
  id: idSchema,
  topic: z.string(),
  memberCount: count,
  createdAt: at,
  lastActivityAt: at,
};

const chatroom = component(
  'Chatroom',
  z.strictObject({
    ...listing,
    name: z.string(),
    joined: z.boolean().describe('Whether the reader is a member.'),
    participants: memberPage.describe(
      'The first of them; the others are at `/api/conversations/{id}/members`.',
    ),
  }),
);
export const chatroomPage = component(
  'ChatroomPage',
  z.strictObject({ rooms: z.array(chatroom), nextCursor }),
);

export const preferences = component('Preferences', preferencesSchema);

export const conversation = component(
  'Conversation',
  z.strictObject({
    ...listing,
    kind: z.enum(['direct', 'group', 'room']),
    name: z
      .string()
      .nullable()
      .describe('Null where there is a peer: the other person’s name stands for it.'),
    peer: user.nullable().describe('The other person of a direct conversation.'),
    peerBlocked: z.literal(true).optional().describe('The reader blocked that person; absent otherwise.'),
    visibility: z.enum(['public', 'private']),
    slowModeSeconds: count.describe('Between two messages of one member.'),
    newMembersSeeHistory: z.boolean(),
    settingsRev: count.describe(
      'Name, topic and so on are as the `setting` entries up to this rev left them.',
    ),
    role: role.describe('The reader’s own.'),
    silencedUntil: at.nullable().describe('Until when a moderator keeps the reader from writing.'),
    preferences,
    headRev: count.describe('At least the rev of every acknowledged entry.'),
    from: z.int().min(1).describe('The lowest rev the reader may see.'),
    lastMessage: entry.nullable(),
    deliveredSeq: count.describe('Up to this rev the reader’s devices hold it.'),
    readSeq: count.describe('Up to this rev the reader has read it.'),
    unread: count.describe('Messages of others above `readSeq`, of nobody blocked, counted to a limit.'),
    unreadTo: count.describe('Up to which rev `unread` counted.'),
  }),
);
export const conversationAnswer = component('ConversationAnswer', z.strictObject({ epoch, conversation }));
export const conversationPage = component(
  'ConversationPage',
  z.strictObject({ epoch, conversations: z.array(conversation), nextCursor }),
);

export const messagePage = component(
  'MessagePage',
  z.strictObject({
    epoch,
    entries: z.array(entry).describe('Oldest first, without holes.'),
    cursor: count.describe('Everything up to this rev is in this page or below it.'),
    from: z.int().min(1).describe('The lowest rev the reader may see.'),
  }),
);
export const messagePull = component(
  'MessagePull',
  z.strictObject({
    epoch,
    entries: z.array(entry),
    from: z.int().min(1),
    more: z.boolean().describe('Whether to ask again, after the last entry of this page.'),
  }),
);
export const sent = component('Sent', z.strictObject({ epoch, entry }));

const change = component(
  'Change',
  z.discriminatedUnion('kind', [editEntrySchema, deletionEntrySchema, reactionEntrySchema]),
);
export const changed = component('Changed', z.strictObject({ epoch, entry: change }));

export const messageVersions = component(
  'MessageVersions',
  z.strictObject({
    versions: z
      .array(z.strictObject({ rev: z.int().min(1), text: z.string(), createdAt: at }))
      .describe('The first text first; empty once the message is deleted.'),
  }),
);

const watermark = component('Watermark', watermarkSchema);
export const marked = component('Marked', z.strictObject({ epoch, watermark }));
export const watermarks = component('Watermarks', z.strictObject({ epoch, watermarks: z.array(watermark) }));

export const invitation = component(
  'Invitation',
  z.strictObject({
    id: idSchema,
    code: z.string().describe('The secret of the link `/join#<code>`.'),
    createdBy: user,
    createdAt: at,
    expiresAt: at.nullable().describe('Null: never.'),
    usesMax: z.int().min(1).nullable().describe('How many people it lets in; null: any number.'),
    uses: count,
  }),
);
export const invitationList = component(
  'InvitationList',
  z.strictObject({ invitations: z.array(invitation) }),
);
export const invitationPreview = component(
  'InvitationPreview',
  z.strictObject({
    conversationId: idSchema,
    name: z.string(),
    topic: z.string(),
    memberCount: count,
    invitedBy: user,
    joined: z.boolean().describe('Whether the reader is a member already.'),
  }),
);

const report = component(
  'Report',
  z.strictObject({
    id: idSchema,
    conversationId: idSchema,
    messageId: idSchema,
    reporter: user.nullable(),
    sender: user.nullable(),
    reason: reportReasonSchema,
    note: z.string(),
    text: z.string().describe('Of the message, as the reporter saw it.'),
    createdAt: at,
  }),
);
export const reportPage = component('ReportPage', z.strictObject({ reports: z.array(report), nextCursor }));
