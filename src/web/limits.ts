/** The limits of the pages 页面限值: part of all `limits`, and named as those are. */
export const webLimits = {
  /** How often the page of an import under way is loaded again, in seconds. */
  importRefreshSeconds: 2,
  /** The same for a round of assessment that is being computed. */
  roundRefreshSeconds: 3,
  /** Fees a page asks the names of, one by one. */
  namesAsked: 60,
  /** Kinds of containers a form has room for, at least and at most. */
  formContainers: 3,
  formContainersMost: 100,
  /** Things wrong that are told right at a field; all of them stand above the form. */
  wrongsAtField: 3,
  /** Open drafts whose imports the first page of the catalogue work looks for. */
  draftsWatched: 10,
  /** Fees on one page of the public list. */
  feesOnPage: 100,
  /** How long somebody stays signed in. */
  sessionMs: 43_200_000,

  /** Rows of a rule table on one page; characters of rows that a form begins with. */
  ruleRowsShown: 100,
  ruleRowsPrefilled: 60_000,
  /** How often the page of the lanes is loaded again, and one of a check that is under way. */
  lanesRefreshSeconds: 10,
  verificationRefreshSeconds: 2,

  /** Entries of the simulator's journal one page shows. */
  simulatorEntriesShown: 50,

  /** Fields read of one form made from a schema, and how deep they may lie. */
  formFields: 20_000,
  formDepth: 24,
  /** Further declarations one may name in the form of a filing that covers several. */
  coversTyped: 100,
  /** Procedures whose particulars come along with the form of a cancellation. */
  asksOfCancellation: 40,
  /** How often it is looked again what a cancellation brings about, where the declaration moved in between. */
  cancellationLooks: 4,

  /** Declarations on a page of the board, and those that need their trader on top of it. */
  boardLines: 20,
  boardNeeding: 8,
  /** Longest document the board looks into for the way of the goods. */
  boardDocumentBytes: 131_072,
  /** Messages and readings on a page of a declaration. */
  messagesShown: 25,
  readsShown: 50,
} as const
