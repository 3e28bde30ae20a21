/** Sentences about reporting a message, and about why one cannot write. */
export const messageWords = {
  report: 'Report…',
  reportTitle: 'Report this message',
  reportText: 'The administrators of this server see the message, who wrote it, and what you write here.',
  reportReason: 'What is wrong with it?',
  reasons: {
    spam: 'Spam or advertising',
    abuse: 'Insults, threats or harassment',
    illegal: 'Something against the law',
    other: 'Something else',
  },
  reasonMissing: 'Choose what is wrong with it.',
  reportNote: 'What the administrators should know',
  reportConfirm: 'Report',
  reported: 'Thank you. The administrators will look at it.',

  silenced: (until: string) => `A moderator muted you here until ${until}.`,
} as const;
