/** Every limit of the product in one place. Units stand last in the name. */
export const limits = {
  nameLengthMin: 2,
  nameLengthMax: 32,
  passwordLengthMin: 8,
  /** Longer passwords are refused before any hashing: hashing time grows with the input. */
  passwordLengthMax: 256,
  emailLengthMax: 254,
  textLengthMax: 10_000,
  /** Marks that may follow one base character; longer runs cover the lines above and below. */
  combiningMarksMax: 8,
  conversationNameLengthMax: 64,
  topicLengthMax: 200,
  groupMembersMax: 100,
  pageEntriesMax: 100,
  pageEntries: 50,
  pullEntriesMax: 200,
  listRowsMax: 100,
  idsPerRequestMax: 100,
  /** One frame on the socket, and one JSON body on HTTP. */
  messageBytesMax: 65_536,
  batchCallsMax: 10,
  subscriptionsPerSocketMax: 10,
  connectionsPerUserMax: 20,
  jsonDepthMax: 32,
} as const;
