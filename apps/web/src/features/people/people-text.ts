/** Sentences about one person: their card, and blocking. */
export const peopleText = {
  profile: 'Profile',
  message: 'Message',
  facts: { memberSince: 'Member since' },
  shared: 'In common',
  noneShared: 'No group or room in common.',
  block: 'Block…',
  unblock: 'Unblock',
  blockTitle: (name: string) => `Block ${name}?`,
  blockText: (name: string) =>
    `Neither of you can write to the other or react, in the conversation of the two of you. What ${name} writes in groups and rooms is folded away. ${name} is not told.`,
  blockConfirm: 'Block',
  blocked: (name: string) => `You blocked ${name}.`,
  youBlocked: (name: string) => `You blocked ${name}. To write to each other again, unblock them.`,
} as const;
