/** Every limit of the conformance kit 符合性测试限值: a number and a name. */
export const limits = {
  /** One scenario, unless `--timeout` says otherwise: a running endpoint may have to be waited for. */
  scenarioMs: 60_000,
  /** The longest `--timeout` there is: an hour. */
  longestScenarioMs: 3_600_000,
  /** Characters kept of a body in a report; what is longer is cut, and says so. */
  bodyCharacters: 4_000,
  /** Findings written out for one scenario; of the others only how many they are. */
  findings: 50,
  /** Characters of one finding in words. */
  findingCharacters: 1_000,
  /** Columns of a terminal that does not say how wide it is. */
  columns: 100,
  /** Findings of one scenario in a terminal, lines of either side of an exchange there, and characters of a line: the other reports have them all. */
  terminalFindings: 5,
  terminalBodyLines: 12,
  terminalLine: 400,

  // A running endpoint.
  /** How long an answer is waited for, and how long it may take: what takes longer is a fault of the endpoint. */
  answerMs: 10_000,
  promptMs: 5_000,
  /** Largest answer, and largest pushed document, that is read. */
  answerBytes: 8_388_608,
  /** Pushed documents kept of one session. */
  pushesKept: 10_000,
  /** Pages of a mailbox or of a list that are read before it counts as endless. */
  pages: 2_000,
  /** How often it is looked whether something has come: here, and by asking the endpoint; how long it is waited for where no clock can be moved. */
  lookMs: 25,
  askAgainMs: 200,
  patienceMs: 10_000,
  /** How long nothing must come before it counts as over. */
  quietMs: 900,
  /** Identical submissions that are sent at once. */
  twins: 50,
  /** Body an endpoint must not take for a document, however it is filled: one byte more than 1 MiB. */
  oversizeBytes: 1_048_577,
  /** Depth a hostile document is nested to. */
  hostileDepth: 8_000,

  // A running gateway.
  /** Identical requests that are sent at once. */
  gatewayTwins: 20,
  /** Answers remembered to be held against the description, and the longest of them. */
  seenAnswers: 400,
  seenCharacters: 262_144,
  /** Entries asked for in one page: few, so that there are pages. */
  pageAsked: 2,
  /** How long a declaration is followed, how often it is looked at, how long it must have stood still when nothing more is expected, and when something is. */
  lifeMs: 30_000,
  followMs: 50,
  settledMs: 500,
  stillMs: 5_000,
  /** How long an event stream is listened to for what should be there already. */
  streamMs: 5_000,
} as const
