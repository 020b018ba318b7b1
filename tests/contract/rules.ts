import {
  garbageIsUnintelligible,
  referenceChainIsUnbroken,
  repliesBringWhatTheySay,
  repliesShowTheClaimedStatuses,
} from './decode-rules.ts'
import {
  casesAreSound,
  casesForEverything,
  goldenBytes,
  hostileTextSurvives,
  inquiriesAreStable,
  sameBytesTwice,
} from './encode-rules.ts'
import {
  mailboxIsRobust,
  mockAcceptsEveryGolden,
  mockAnswersInquiries,
  mockIsUnderstood,
  mockTakesItOnce,
  outcomesNameProcedures,
} from './mock-rules.ts'
import type { Rule } from './subject.ts'
import {
  changesNameProcedures,
  conditionsCanBeMet,
  mailboxIsAskedFromACursor,
  missingNeverThrows,
  particularsHaveASchema,
  polledMeansMailbox,
  statusesAreInTheTable,
  textsAreBilingual,
} from './value-rules.ts'

/** What every adapter and its mock promise, each with what a person would call it. */
export const rules = {
  'texts are bilingual': textsAreBilingual,
  'statuses are in the table': statusesAreInTheTable,
  'conditions can be met': conditionsCanBeMet,
  'a change names what it changes': changesNameProcedures,
  'particulars have a JSON Schema': particularsHaveASchema,
  'what is missing can be asked of any declaration': missingNeverThrows,
  'there is a case for everything': casesForEverything,
  'a golden case is a sound declaration': casesAreSound,
  'every case encodes to its golden bytes': goldenBytes,
  'the same submission gives the same bytes, and is not touched': sameBytesTwice,
  'hostile text survives': hostileTextSurvives,
  'an inquiry is asked the same way every time': inquiriesAreStable,
  'golden replies show exactly the claimed statuses': repliesShowTheClaimedStatuses,
  'a golden reply brings what its name says': repliesBringWhatTheySay,
  'the chain of references is unbroken': referenceChainIsUnbroken,
  'garbage is unintelligible': garbageIsUnintelligible,
  'there is a mailbox where replies are polled': polledMeansMailbox,
  'a mailbox is asked from where it was left': mailboxIsAskedFromACursor,
  'a mailbox survives garbage and nonsense': mailboxIsRobust,
  'the mock accepts every golden': mockAcceptsEveryGolden,
  'everything the mock says is understood': mockIsUnderstood,
  'the mock takes a submission once': mockTakesItOnce,
  'the mock answers inquiries': mockAnswersInquiries,
  "the mock's outcomes name procedures": outcomesNameProcedures,
} as const satisfies { readonly [guarantee: string]: Rule }
export type Guarantee = keyof typeof rules
