import { chatroomPage, conversation } from '../answers.ts';
import { exampleDirect, exampleGroup, exampleIds, exampleMembers, exampleRoom } from '../examples.ts';
import { route } from '../route.ts';

const { name, topic, ...room } = exampleRoom;

export const creationRoutes = [
  route({
    method: 'GET',
    path: '/api/chatrooms',
    procedure: 'rooms.listWithMembers',
    summary: 'The public rooms with their first participants',
    note: 'Latest activity first; with a `prefix` those whose name starts with it, by name.',
    answer: chatroomPage,
    example: {
      input: { limit: 10 },
      answer: {
        rooms: [
          {
            id: room.id,
            name: name ?? '',
            topic,
            memberCount: room.memberCount,
            createdAt: room.createdAt,
            lastActivityAt: room.lastActivityAt,
            joined: true,
            participants: exampleMembers,
          },
        ],
        nextCursor: null,
      },
    },
  }),
  route({
    method: 'POST',
    path: '/api/chatrooms',
    procedure: 'rooms.create',
    summary: 'Open a room',
    note: 'A private one is in no list, and entered by invitation.',
    created: true,
    answer: conversation,
    errors: ['CLIENT_ID_REUSED', 'RATE_LIMITED'],
    example: { input: { name: name ?? '', topic }, answer: exampleRoom },
  }),
  route({
    method: 'POST',
    path: '/api/chat/group',
    procedure: 'conversations.createGroupByNames',
    summary: 'Make a group of people, given by name or id',
    note: 'What has the form of an id is taken for one, even if somebody has it for a name.',
    created: true,
    answer: conversation,
    errors: ['NOT_FOUND', 'YOURSELF', 'BLOCKED', 'NOT_ADDABLE', 'CLIENT_ID_REUSED', 'RATE_LIMITED'],
    example: { input: { name: 'Boat trip', users: ['bob'] }, answer: exampleGroup },
  }),
  route({
    method: 'POST',
    path: '/api/chat/direct',
    procedure: 'conversations.openDirect',
    summary: 'The private conversation with somebody, made when there is none yet',
    answer: conversation,
    errors: ['NOT_FOUND', 'YOURSELF', 'BLOCKED', 'RATE_LIMITED'],
    example: { input: { userId: exampleIds.bob }, answer: exampleDirect },
  }),
];
