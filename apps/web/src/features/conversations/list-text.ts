/** Sentences about the rows of one's own list. */
export const listText = {
  actions: (name: string) => `Options for ${name}`,
  pin: 'Pin',
  unpin: 'Unpin',
  mute: 'Mute',
  unmute: 'Unmute',
  hide: 'Hide until the next message',
  hidden: (name: string) => `${name} is hidden until its next message.`,
  undo: 'Undo',
  sections: { pinned: 'Pinned', unread: 'Unread', earlier: 'Earlier' },
} as const;
