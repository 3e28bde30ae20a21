/** Every limit of the product in one place. Units stand last in the name. */
export const limits = {
  nameLengthMin: 2,
  nameLengthMax: 32,
  passwordLengthMin: 8,
  /** Longer passwords are refused before any hashing: hashing time grows with the input. */
  passwordLengthMax: 256,
  emailLengthMax: 254,
  textLengthMax: 10_000,
  /** UTF-16 units; the longest joined emoji has 15. */
  emojiLengthMax: 32,
  /** Reactions a message keeps, taken back ones included. */
  reactionsPerMessageMax: 1_000,
  /** Different emoji of one person on a message, taken back ones included: nobody uses up what a message keeps. */
  reactionsPerPersonMax: 20,
  /** Texts of one message in its history: the first one and the last ones. */
  versionsMax: 100,
  /** Unread messages are counted up to here; more show as "99+". */
  unreadMax: 100,
  /** Marks that may follow one base character; longer runs cover the lines above and below. */
  combiningMarksMax: 8,
  conversationNameLengthMax: 64,
  topicLengthMax: 200,
  groupMembersMax: 100,
  /** What the pause between two messages of one member can be set to; 0: none. */
  slowModeSeconds: [0, 5, 10, 30, 60, 300, 900, 3_600],
  /** 30 days. */
  silenceMinutesMax: 43_200,
  invitationHoursMax: 720,
  invitationUsesMax: 100,
  /** Of one room, neither revoked nor expired. */
  invitationsMax: 50,
  reportNoteLengthMax: 1_000,
  /** People that one person may block. */
  blocksMax: 1_000,
  /** Conversations that a profile names as shared. */
  sharedConversationsShown: 10,
  pageEntriesMax: 100,
  pageEntries: 50,
  pullEntriesMax: 200,
  listRowsMax: 100,
  /** A cursor holds a name in the form in which it is searched: up to 18 times as long, and not in ASCII. */
  pageCursorLengthMax: 4_096,
  /** Of one page of the conversation list: each page orders the whole list anew, so pages are large. */
  conversationRowsMax: 500,
  /** Each with its first members. */
  roomsWithMembersMax: 50,
  participantsShown: 20,
  idsPerRequestMax: 100,
  /** One frame on the socket, and one JSON body on HTTP. */
  messageBytesMax: 65_536,
  batchCallsMax: 10,
  subscriptionsPerSocketMax: 10,
  connectionsPerUserMax: 20,
  jsonDepthMax: 32,
} as const;
