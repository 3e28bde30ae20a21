/** Every limit of the product in one place. Units stand last in the name. */
export const limits = {
  nameLengthMin: 2,
  nameLengthMax: 32,
  /** Of a new password; one of before may be shorter, and goes on opening its account. */
  passwordLengthMin: 10,
  /** Of a new password (OWASP ASVS 2.1.2). */
  passwordLengthMax: 128,
  /** Longer ones are refused before any hashing, which takes the longer; a password of before may be as long. */
  passwordTypedLengthMax: 256,
  /** Passwords that wait for one of a process's turns to be hashed; the next are refused. */
  hashQueueMax: 100,
  /** Of one person; one more ends the one that was not used for longest. */
  sessionsPerUserMax: 50,
  /** Browsers in which somebody signed in and which an account therefore knows; one more, and it forgets the oldest. */
  devicesPerUserMax: 20,
  /** Accounts that know one browser. */
  accountsPerBrowserMax: 5,
  /** For how long an account knows a browser after a sign-in. */
  deviceLifeDays: 180,
  /** A page's form, sent without its scripts: three fields, each character of which may take 12 bytes. */
  formBytesMax: 16_384,
  /**
   * For so long a browser keeps the cookie of a session, and the server which sessions somebody ended. Longer than any
   * session lives: it is the server that tells whether one expired or was revoked. No browser keeps a cookie for longer.
   */
  sessionCookieDays: 400,
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
  /** A page, a pull or a list that has so many bytes ends; the rest is the next one's. */
  pageBytesMax: 262_144,
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
  /** In which an HTTP body may come: networks bring one in few, a client may send it byte by byte. */
  bodyPiecesMax: 1_024,
  batchCallsMax: 10,
  subscriptionsPerSocketMax: 10,
  /** Over all processes. */
  connectionsPerUserMax: 20,
  /** Whose first message, which brings a token, has not come. An IPv6 /64 is one address. */
  unauthenticatedSocketsPerAddressMax: 50,
  /** Queries and mutations that are worked on for one socket at a time; others wait, and then nothing more is read. */
  callsInFlightMax: 16,
  /** Frames that wait for their turn on one socket while it is read. */
  waitingFramesMax: 64,
  /** Sent to a socket's reader, who has not said that they are there. What comes then waits here. */
  unacknowledgedBytesMax: 262_144,
  /** What waits for one socket's reader. Answers to queries beyond it are refused; one answer alone is never too large. */
  waitingBytesMax: 786_432,
  /** Without a sign that a reader takes what it was sent; and after which silence it is asked for one. */
  stalledReaderMs: 12_000,
  quietSocketMs: 8_000,
  /** Events that wait for one reader; then all of them give way to one that says so. */
  queuedEventsMax: 2_000,
  queuedEventBytesMax: 262_144,
  /** So much at once, and so much more each second: what one socket may send, and one person over a process's sockets. */
  socketBudget: {
    frames: { burst: 300, perSecond: 50 },
    bytes: { burst: 4_194_304, perSecond: 262_144 },
    subscriptions: { burst: 100, perSecond: 5 },
  },
  personSocketBudget: {
    frames: { burst: 1_000, perSecond: 150 },
    bytes: { burst: 8_388_608, perSecond: 524_288 },
    subscriptions: { burst: 300, perSecond: 10 },
  },
  jsonDepthMax: 32,
  /** Requests that wait on one HTTP connection behind the one that is being answered; one more closes it. */
  pipelinedRequestsMax: 16,
  /** HTTP connections of one address; sockets that were upgraded are counted by ws, a trusted proxy by nobody. */
  httpConnectionsPerAddressMax: 2_000,
  httpConnectionsMax: 10_000,
  /** For how long nothing of an answer is read before its connection is closed. */
  unreadAnswerMs: 15_000,
  /** The same where the operating system does not tell what it still holds. */
  unreadAnswerBlindMs: 60_000,
  /** Of answers that wait to be read by one address, then by everybody: beyond, the largest is given up. */
  unreadAnswerBytesPerAddressMax: 67_108_864,
  unreadAnswerBytesMax: 268_435_456,
  /** Pages that are rendered at once; others wait, fairly between people (strangers: between addresses). */
  pageRendersMax: 4,
  /** Of these, for one person. */
  pageRendersPerPersonMax: 3,
  /** More of one person, or of everybody, is refused at once. */
  pageRendersWaitingPerPersonMax: 64,
  pageRendersWaitingMax: 1_024,
  /** A page whose reader has left may be rendered on for so long, in its turn. */
  abandonedRenderMs: 5_000,
  /** Lines of a process's log about refused access; what is more is counted. */
  refusalLinesPerMinute: 600,
  /** Of one person, or of a stranger's address. */
  refusalLinesPerPersonAndMinute: 20,
  /** Warnings and errors of one event in a process's log; what is more is counted. */
  logWarningsPerMinute: 600,
  /** What a page costs its reader, or the address of a stranger, of their budget of reads. */
  pageRenderPoints: 5,
  /** Of the body of somebody's call over HTTP: a point of their reads for each so many bytes. */
  bodyBytesPerPoint: 4_096,
  /** Whose session a call or page shows has to be known by then: the database counts as away. */
  sessionLookupMs: 8_000,
  /** Under way at the database at once, of one process: it has as many connections. */
  databaseOperationsMax: 20,
  /** Of these, for one person. */
  databaseOperationsPerPersonMax: 4,
  /** Waiting for their turn, of one process. Each is some 5 KB. */
  databaseWaitingMax: 10_000,
  /** Of these, for one person: a list of 500 unread conversations asks for as many at once. */
  databaseWaitingPerPersonMax: 4_000,
  /** Queries under way at once, of one process: their results are held in memory, some megabytes at the most. */
  readsMax: 16,
  readsPerPersonMax: 4,
  readsWaitingMax: 5_000,
  readsWaitingPerPersonMax: 1_000,
} as const;
