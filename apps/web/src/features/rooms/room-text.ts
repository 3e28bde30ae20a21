const count = (value: number) => value.toLocaleString('en');
const people = (value: number) => (value === 1 ? '1 member' : `${count(value)} members`);

/** Sentences about rooms: the directory, a new one, invitations. */
export const roomText = {
  find: 'Find a room by the start of its name',
  visibility: 'Who can come in',
  visibilities: {
    public: { label: 'Everybody', detail: 'Listed in the directory; whoever wants to joins.' },
    private: { label: 'By invitation', detail: 'Listed nowhere; people are added, or come by a link.' },
  },

  invitations: 'Invitations',
  invite: 'New link',
  noInvitations: 'No link is valid now.',
  noInvitationsHint: 'Whoever has a link can join, as long as it is valid.',
  newInvitation: 'New invitation link',
  expires: 'Valid for',
  expiresIn: { '1': '1 hour', '24': '1 day', '168': '7 days', '720': '30 days', never: 'Always' },
  uses: 'Lets in',
  usesMax: { '1': '1 person', '10': '10 people', '100': '100 people', any: 'Any number of people' },
  create: 'Create and copy',
  copied: 'The link was copied.',
  created: 'The link was made. Copy it from the list.',
  copy: (until: string) => `Copy the link, ${until}`,
  revoke: (until: string) => `Revoke the link, ${until}`,
  validUntil: (when: string) => `valid until ${when}`,
  validAlways: 'always valid',
  usedBy: (by: string, uses: number, max: number | null) =>
    max === null ? `By ${by}, ${count(uses)} joined` : `By ${by}, ${count(uses)} of ${count(max)} joined`,

  join: {
    title: 'Invitation',
    invites: (who: string) => `${who} invites you to`,
    meta: (members: number) => `Private room, ${people(members)}`,
    join: 'Join the room',
    open: 'Open the room',
    joined: 'You are in this room already.',
    gone: 'Not valid any more',
    goneHint: 'This link has expired, was used up, or was taken back. Ask whoever sent it for a new one.',
    toChats: 'Go to the chats',
  },
} as const;
