/** Every limit of the simulator 模拟器限值: a number and a name. Real time, except where the name says simulated. */
export const limits = {
  /** How long nothing must be in flight before a jumping clock jumps. */
  quietMs: 250,
  /** How far one call may move the clock on: ten years. */
  advanceSimulatedMs: 3_652 * 86_400_000,
  /** The fastest a clock runs: a day in less than a second. */
  clockSpeed: 100_000,
  /** The longest delay a timer of the platform takes: 2^31 - 1. */
  timerMs: 2_147_483_647,
  /** The largest request an agency takes; a larger one is answered 413 and not looked at. */
  requestBytes: 8 * 1024 * 1024,

  /** One push: how long the customer may take to acknowledge it. */
  pushTimeoutMs: 10_000,
  /** The first wait between two tries of a push; it doubles, with up to half of it in jitter, to `pushRetryLongestMs`. */
  pushRetryFirstMs: 250,
  pushRetryLongestMs: 30_000,
  /** From this many failed tries on a push is listed as undelivered; it is still tried. */
  pushTriesQuick: 5,
  /** After this long a push is no longer tried by itself. It stays listed, and can be asked for again. */
  pushGiveUpMs: 86_400_000,

  /** Fault DOWN: how many exchanges of one reference find nobody at home. */
  downExchanges: 2,
  /** Fault SLOW: how long the answer is kept back. */
  slowReplyMs: 3_000,
  /** Fault TIMEOUT: how long the connection stays open without an answer, when the customer does not hang up before. */
  timeoutHoldMs: 120_000,
  /** Fault LATE: how much later than due a document leaves. */
  lateSimulatedMs: 2 * 3_600_000,
  /** Fault DISORDER: how long a document waits for the next one to overtake it before it goes alone. */
  disorderSimulatedMs: 24 * 3_600_000,
  /** How many sessions there may be at once, the default one not counted. */
  sessions: 200,
  snapshotsOfSession: 20,
  /** How many near misses a request that met nothing is told. */
  nearMisses: 3,
  /** Memory that all sessions without a folder may use to remember what they need for snapshots. */
  ledgerBytes: 32 * 1024 * 1024,
  /** The largest body of a control call: a script is the largest there is. */
  controlBytes: 1024 * 1024,

  /** Fault BUSY: how many exchanges of one reference are turned away, and after how many seconds to come again. */
  busyExchanges: 1,
  busyRetryAfterS: 1,
  /** Fault LATENCY: what half of all answers stay under, what 95 of 100 do, and the longest ever drawn. */
  latencyMedianMs: 200,
  latencyP95Ms: 1_000,
  latencyLongestMs: 60_000,
  /** Fault DRIBBLE: how fast a body comes, in how many pieces a second, and the most pieces it is cut into. */
  dribbleBytesPerSecond: 1_000,
  dribblePiecesPerSecond: 10,
  dribblePieces: 1_000,
  /** Fault MAINTENANCE: how long it lasts when nobody says. */
  maintenanceSimulatedMs: 3_600_000,
  /** The longest a parameter of a fault may ask for: a year of simulated seconds, ten minutes of real time. */
  faultSimulatedS: 365 * 86_400,
  faultRealMs: 600_000,
  /** How many references are remembered with the faults they have had, and with what an exchange wished for them; the oldest are forgotten. */
  countedReferences: 20_000,
  wishedReferences: 20_000,
  /** How many references of one request may ask for faults; the others are not looked at. */
  askedReferences: 1_000,
  /** How many magic values of one request that nobody knows are told of. */
  unknownMagic: 20,
  /** How much of two names is compared to find the nearest. */
  comparedCharacters: 40,
  /** How far around a magic value the sender's reference is looked for. */
  referenceCharacters: 100,

  /** Scripts: how many a session holds, how long one may be, how many steps and levels it has. */
  scripts: 10_000,
  scriptCharacters: 256 * 1024,
  scriptSteps: 200,
  scriptDepth: 32,
  scriptNameCharacters: 100,
  /** How many problems of one script are told; there may be more. */
  scriptProblems: 50,
  /** The longest real time a step keeps an answer back. */
  scriptDelayMs: 600_000,
  /** How many values of `stateOf` a script remembers a state for, and how long one may be; the longest unused is forgotten. */
  scriptMachines: 10_000,
  scriptKeyCharacters: 200,
  /** How many of those the list of scripts shows. */
  scriptMachinesShown: 100,
  /** How often a script may go on by itself while nobody asks it anything, and at one and the same instant, before it is stopped. */
  scriptMoves: 1_000,
  scriptMovesAtOnce: 200,
  /** How many of the states it went through are told then. */
  scriptTrail: 20,
  /** How many automatic steps and documents of one script may be due in the future. */
  scriptPlans: 20_000,
  /** The largest body that is read as JSON or XML to look into, and how deep it may be nested. */
  scriptLookCharacters: 1024 * 1024,
  scriptLookDepth: 64,
  /** The longest regular expression, and how much of a text it looks at. */
  patternCharacters: 1_000,
  patternTextCharacters: 64 * 1024,
  /** How many `${…}` one text of a script holds, and how much of a value each puts in. */
  templateParts: 100,
  templateValueCharacters: 16_384,
  /** How many steps that nearly matched are told, of how many that are looked at, and how much of a value is shown. */
  nearMissSteps: 2_000,
  nearMissCharacters: 100,

  /** How many entries the journal shows; older ones are dropped and counted. */
  journalEntries: 5_000,
  /** How much of a body the journal shows; what is cut is marked. */
  journalBodyCharacters: 16_384,
  /** About how much memory the journal of one session may take; the oldest entries make room. */
  journalBytes: 4 * 1024 * 1024,
  /** About how much those of all sessions may take together. When that is used up, one that has more than its equal part makes room for its own next entry. */
  journalsBytes: 64 * 1024 * 1024,
  journalReferences: 100,
  journalQueryCharacters: 1_000,
  journalPage: 100,
  journalPageLargest: 1_000,

  /** Recordings: how long a real endpoint may take for a whole answer. */
  recordingTimeoutMs: 30_000,
  /** How many exchanges a recording keeps, and about how much memory they may take; what comes after is served and counted. */
  recordingExchanges: 1_000,
  recordingBytes: 16 * 1024 * 1024,
  /** The largest body that is kept; of a larger one only its size. */
  recordingBodyBytes: 1024 * 1024,
  /** How many header fields and how many other fields may be named to be masked, and how long a name is. */
  recordingNames: 100,
  recordingNameCharacters: 100,
  /** The shortest secret that is looked for where else it is said, and of how many at most in one exchange. */
  recordingEchoCharacters: 6,
  recordingSecrets: 50,
} as const
