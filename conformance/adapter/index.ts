/** What every adapter and its mock promise 适配器符合性场景: the contract, each promise with a name and a group. */
import type { Text } from '../../schemas/text.ts'
import type { Group, Scenario } from '../verdict.ts'
import * as decoding from './decode-rules.ts'
import * as disorder from './disorder-rules.ts'
import * as encoding from './encode-rules.ts'
import * as forbidden from './forbidden-rules.ts'
import { hostileTextSurvives } from './hostile-text.ts'
import * as mocks from './mock-rules.ts'
import type { Rule, Subject } from './subject.ts'
import * as values from './value-rules.ts'

/** Why a rule cannot be put to a subject. */
type Lack = (subject: Subject) => string | undefined
const withoutMock: Lack = ({ mock }) => (mock === undefined ? 'No mock of the agency was given (--mock)' : undefined)
const withoutMailbox: Lack = ({ adapter }) =>
  adapter.mailbox === undefined && Object.values(adapter.procedures).every(({ replies }) => replies !== 'polled')
    ? 'Nothing of it is polled: it has no mailbox'
    : undefined
const withoutMockOrMailbox: Lack = (subject) => withoutMailbox(subject) ?? withoutMock(subject)
const withoutChange: Lack = (subject) =>
  withoutMock(subject) ??
  (Object.values(subject.adapter.procedures).every(({ amends, cancels }) => (amends ?? cancels) === undefined)
    ? 'No procedure of it changes another'
    : undefined)

interface Promised {
  readonly group: Group
  readonly title: Text
  readonly rule: Rule
  readonly lacks?: Lack
}
const promise = (group: Group, en: string, zh: string, rule: Rule, lacks?: Lack): Promised => ({
  group,
  title: { en, zh },
  rule,
  ...(lacks === undefined ? {} : { lacks }),
})

export const rules = {
  'texts-are-bilingual': promise('schema', 'Texts are bilingual', '文本中英文齐备', values.textsAreBilingual),
  'statuses-are-known': promise(
    'schema',
    'Statuses are in the table',
    '状态均在统一状态表内',
    values.statusesAreInTheTable,
  ),
  'particulars-have-a-schema': promise(
    'schema',
    'Particulars have a JSON Schema',
    '特有数据可表示为 JSON Schema',
    values.particularsHaveASchema,
  ),
  'missing-can-be-asked': promise(
    'schema',
    'What is missing can be asked of any declaration',
    '任何申报均可查询缺项',
    values.missingNeverThrows,
  ),
  'cases-for-everything': promise(
    'schema',
    'There is a case for everything',
    '各事项均有标准样例',
    encoding.casesForEverything,
  ),
  'cases-are-sound': promise(
    'schema',
    'A golden case is a sound declaration',
    '标准样例为合格申报',
    encoding.casesAreSound,
  ),
  'golden-bytes': promise(
    'schema',
    'Every case encodes to its golden bytes',
    '报文与标准样例逐字节一致',
    encoding.goldenBytes,
  ),
  'hostile-text-survives': promise('schema', 'Hostile text survives', '特殊字符原样送达', hostileTextSurvives),
  'replies-show-the-statuses': promise(
    'schema',
    'Golden replies show exactly the claimed statuses',
    '回执样例与所列状态一一对应',
    decoding.repliesShowTheClaimedStatuses,
  ),
  'replies-bring-what-they-say': promise(
    'schema',
    'A golden reply brings what its name says',
    '回执样例与其名称相符',
    decoding.repliesBringWhatTheySay,
  ),
  'mailbox-where-polled': promise(
    'schema',
    'There is a mailbox where replies are polled',
    '轮询回执者设有收件箱',
    values.polledMeansMailbox,
  ),
  'outcomes-name-procedures': promise(
    'schema',
    "The mock's outcomes name procedures",
    '情形表所列事项均存在',
    mocks.outcomesNameProcedures,
    withoutMock,
  ),
  'conditions-can-be-met': promise('sequence', 'Conditions can be met', '前置条件可以满足', values.conditionsCanBeMet),
  'changes-name-what-they-change': promise(
    'sequence',
    'A change names what it changes',
    '修撤事项指明所修撤的事项',
    values.changesNameProcedures,
  ),
  'references-are-chained': promise(
    'sequence',
    'The chain of references is unbroken',
    '编号链不断',
    decoding.referenceChainIsUnbroken,
  ),
  'mock-accepts-goldens': promise(
    'sequence',
    'The mock accepts every golden',
    '模拟机构受理全部标准样例',
    mocks.mockAcceptsEveryGolden,
    withoutMock,
  ),
  'mock-is-understood': promise(
    'sequence',
    'Everything the mock says is understood',
    '模拟机构的回执均能解读',
    mocks.mockIsUnderstood,
    withoutMock,
  ),
  'change-of-nothing-is-refused': promise(
    'sequence',
    'A change of what never came is refused',
    '对未曾申报者的修撤不予受理',
    mocks.changeOfNothingIsRefused,
    withoutChange,
  ),
  'same-bytes-twice': promise(
    'idempotency',
    'The same submission gives the same bytes, and is not touched',
    '同一报送两次编码一致且输入不变',
    encoding.sameBytesTwice,
  ),
  'next-attempt-is-another-message': promise(
    'idempotency',
    'A corrected submission is another message',
    '更正后重报为另一报文',
    encoding.nextAttemptIsAnotherMessage,
  ),
  'mock-takes-it-once': promise(
    'idempotency',
    'The mock takes a submission once',
    '重复报送仅受理一次',
    mocks.mockTakesItOnce,
    withoutMock,
  ),
  'reading-has-no-memory': promise(
    'disorder',
    'What a document says does not depend on what came before it',
    '回执解读与到达先后无关',
    disorder.readingHasNoMemory,
  ),
  'receipts-can-be-ordered': promise(
    'disorder',
    "Receipts in any order, or twice, fold to one state by the agency's own times",
    '回执乱序、重复，归并结果一致',
    disorder.receiptsCanBeOrdered,
  ),
  'mailbox-from-a-cursor': promise(
    'disorder',
    'A mailbox is asked from where it was left',
    '收件箱自上次位置续取',
    values.mailboxIsAskedFromACursor,
    withoutMailbox,
  ),
  'mailbox-survives-nonsense': promise(
    'disorder',
    'A mailbox survives garbage and nonsense',
    '收件箱不受乱码影响',
    disorder.mailboxIsRobust,
    withoutMockOrMailbox,
  ),
  'inquiry-is-stable': promise(
    'timeout',
    'An inquiry is asked the same way every time',
    '查询报文每次一致',
    encoding.inquiriesAreStable,
  ),
  'mock-answers-inquiries': promise(
    'timeout',
    'The mock answers inquiries',
    '模拟机构答复查询',
    mocks.mockAnswersInquiries,
    withoutMock,
  ),
  'lost-answer-is-made-good': promise(
    'timeout',
    'An answer that was lost is made good by asking',
    '应答丢失后可凭查询补齐',
    mocks.lostAnswerIsMadeGood,
    withoutMock,
  ),
  'garbage-is-unintelligible': promise(
    'forbidden',
    'Garbage is unintelligible',
    '乱码一律不解读',
    forbidden.garbageIsUnintelligible,
  ),
  'cut-reply-says-no-more': promise(
    'forbidden',
    'A reply cut short says nothing the whole does not',
    '残缺回执不多出任何内容',
    forbidden.cutReplySaysNoMore,
  ),
  'unknown-code-moves-nothing': promise(
    'forbidden',
    'A code nobody published moves nothing',
    '未公布的代码不推进状态',
    forbidden.unknownCodeMovesNothing,
  ),
  'mock-refuses-garbage': promise(
    'forbidden',
    'The mock turns garbage away, with no effect',
    '模拟机构拒收乱码且无任何后果',
    forbidden.mockRefusesGarbage,
    withoutMock,
  ),
} as const satisfies { readonly [id: string]: Promised }
export type RuleId = keyof typeof rules

/** The scenarios an adapter is judged by, in the order a report shows them. */
export const adapterScenarios: readonly Scenario<Subject>[] = Object.entries<Promised>(rules).map(
  ([id, { group, title, rule, lacks }]) => ({
    id,
    group,
    title,
    ...(lacks === undefined ? {} : { notApplicable: lacks }),
    judge: rule,
  }),
)
