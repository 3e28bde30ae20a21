import { conversation, invitation, invitationList, invitationPreview } from '../answers.ts';
import { ada, exampleIds, exampleInvitation, exampleRoom } from '../examples.ts';
import { route } from '../route.ts';

const conversationId = exampleIds.room;
const { id: invitationId, code } = exampleInvitation;

export const invitationRoutes = [
  route({
    method: 'GET',
    path: '/api/conversations/{conversationId}/invitations',
    procedure: 'invitations.list',
    summary: 'The invitations of a room that are neither revoked nor expired',
    note: 'For owners and moderators.',
    answer: invitationList,
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    example: { input: { conversationId }, answer: { invitations: [exampleInvitation] } },
  }),
  route({
    method: 'POST',
    path: '/api/conversations/{conversationId}/invitations',
    procedure: 'invitations.create',
    summary: 'Make a link that lets people into a room',
    note: 'For owners and moderators. The link is `/join#<code>`: what stands behind the # is sent to no server.',
    created: true,
    answer: invitation,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'CLIENT_ID_REUSED', 'RATE_LIMITED'],
    example: { input: { conversationId, usesMax: 10 }, answer: exampleInvitation },
  }),
  route({
    method: 'DELETE',
    path: '/api/conversations/{conversationId}/invitations/{invitationId}',
    procedure: 'invitations.revoke',
    summary: 'Let nobody in by an invitation any more',
    answer: null,
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    example: { input: { conversationId, invitationId }, answer: null },
  }),
  route({
    method: 'POST',
    path: '/api/invitations/preview',
    procedure: 'invitations.preview',
    open: true,
    summary: 'What an invitation is to',
    note: 'Changes nothing. The code stands in the body, because URLs are logged.',
    answer: invitationPreview,
    errors: ['NOT_FOUND', 'BANNED', 'RATE_LIMITED'],
    example: {
      input: { code },
      answer: {
        conversationId,
        name: 'Harbour',
        topic: exampleRoom.topic,
        memberCount: 2,
        invitedBy: ada,
        joined: false,
      },
    },
  }),
  route({
    method: 'POST',
    path: '/api/invitations/accept',
    procedure: 'invitations.accept',
    summary: 'Come into a room by an invitation',
    note: 'Who is in already uses nothing up.',
    answer: conversation,
    errors: ['NOT_FOUND', 'BANNED', 'RATE_LIMITED'],
    example: { input: { code }, answer: { ...exampleRoom, role: 'member' } },
  }),
];
