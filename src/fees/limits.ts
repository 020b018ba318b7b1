/** The limits of the fee catalogue 收费目录限值: part of all `limits`, and named as those are. */
export const feeLimits = {
  /** Editions of the fee catalogue one process keeps in memory: one of 5,000 fees takes some 20 MiB. */
  cataloguesKept: 4,
  /** How long it is believed which editions there are, where nobody told. */
  catalogueRecordsMs: 3_000,
  /** Fees of one page: a whole catalogue may be asked for at once. */
  feesMost: 5_000,
  /** The same for what an edition says, which never changes; our words around it may, with a version. */
  editionMaxAgeSeconds: 3_600,
  /** Events of editions the Atom feed tells, the newest. */
  feedEntries: 100,
  /** Entries of an edition's document read at once. */
  documentPage: 500,
  /** Longest text fees are searched for, and most words of it. */
  feeSearchLength: 100,
  feeSearchWords: 10,
  /** Answered lists kept as bytes, and the largest of them. */
  feeAnswersBytes: 67_108_864,
  feeAnswerBytes: 16_777_216,
  /** Searches whose letters are remembered with what they mean, and the longest of them. */
  feeQuestions: 1_000,
  feeQuestionLength: 500,
  /** How long a cache may keep what the catalogue says of a day (seconds): a publication or a withdrawal is seen after it. */
  feesMaxAgeSeconds: 60,
  /** What fees came to for shipments asked about lately: so many results, twice, of shipments with so few different things. */
  chargesKept: 10_000,
  chargeThingsKept: 4,

  /** Days the public may speak to an edition after it was announced 公示期: it holds after them. */
  noticeDays: 7,
  /** Drafts of one key that are not settled, and changes of one draft. */
  draftsOpen: 50,
  draftChanges: 25_000,
  /** Fees of one payee, port, kind and occasion that are held against each other. */
  feesAlike: 500,
  /** Drafts whose checks one process remembers. */
  draftsChecked: 32,
  /** Comments on one edition, and of one address within an hour. */
  comments: 10_000,
  commentsPerWindow: 10,
  commentWindowMs: 3_600_000,
  /** Addresses one process counts at once. */
  addressesCounted: 10_000,

  /** Largest sheet of fees that is taken in, as it is sent and after decompression. */
  sheetBytes: 25_165_824,
  /** Rows, columns, characters of a cell (Excel's own limit) and of all cells of a sheet. */
  sheetRows: 50_000,
  sheetColumns: 100,
  sheetCell: 32_767,
  sheetCharacters: 33_554_432,
  /** Parts of a workbook, and bytes all of them may unpack to. */
  sheetParts: 1_000,
  sheetUnpackedBytes: 134_217_728,
  /** Bytes of an import's file fetched at once: in hexadecimal, less than is read from a socket in one piece. */
  importSliceBytes: 24_576,
  /** Rows of an import judged between two words of its progress; changes and issues written in one statement. */
  importProgress: 500,
  importBatch: 500,
  /** Issues kept of one import: more than anybody reads. */
  importIssues: 10_000,
  /** Tries of an import that our own mistake, or a killed process, ended. */
  importTries: 3,
  /** Imports of one key that are not done. */
  importsWaiting: 5,
  /** Issues written into one piece of a file of them. */
  issuePiece: 500,
  /** Sheets on their way out of one route at once, how long one waits for a reader who reads nothing, and rows put into a piece. */
  sheetsSent: 32,
  sheetIdleMs: 30_000,
  sheetPiece: 100,

  /** How alike two names of fees are (Dice, 0 to 1) before a line of a bill is taken for a fee; within the margin another is as good. */
  billLikeness: 0.6,
  billLikenessMargin: 0.05,
  /** What rounding may add to a line of a bill, in fen. Nothing else is tolerated. */
  billRoundingFen: 1,
  /** Lines of one bill. */
  billLines: 200,
  /** Characters of the words of a complaint or of an answer to one. */
  complaintText: 2_000,
  /** Workdays a payee has for its answer to a complaint. A parameter of this project, not a term of law. */
  complaintAnswerWorkdays: 10,

  /** Days payees have to reply to the findings of a round. Parameter of this project. */
  assessmentReplyDays: 15,
  /** Longest period of a round asked for by hand, in days. */
  assessmentDays: 366,
  /** Quarters that are made up for after a long rest. */
  assessmentCatchUp: 8,
  /** Rounds a chart of costs goes back, baskets it shows, and rows of a chart of prices. */
  assessmentRoundsCharted: 8,
  assessmentBasketsCharted: 12,
  assessmentRowsCharted: 40,
  /** Tries of the job that computes rounds. */
  assessmentTries: 5,
  /** Answers about published rounds one process keeps: reports and charts. */
  assessmentAnswersKept: 40,
  /** How long anybody may keep what is shown of a published round. */
  assessmentMaxAgeSeconds: 300,
} as const
