import type { Text } from '../../schemas/text.ts'
import type { Outcome } from '../agency.ts'
import { boardingRate } from './parameters.ts'
import type { Fault } from './shape.ts'

/** Block of a receipt that comes with a status, beside its text. */
export type Block = 'inspection' | 'inspection-over' | 'guard' | 'guard-over' | 'persons' | 'errors' | 'grounds'

interface Saying extends Text {
  readonly block?: Block
  /** What the world has from this moment on. */
  readonly effect?: string
  /** The conveyance may pass at the time declared. */
  readonly clears?: true
}

/** What the office says at each status 状态. */
export const statuses: { readonly [status: string]: Saying } = {
  SCREENING: { en: 'Persons are being screened', zh: '人员核查中' },
  CLEARED: { en: 'Cleared', zh: '准予放行', effect: 'clearance granted', clears: true },
  CLEARED_WITH_INSPECTION: {
    en: 'Cleared; officers will board',
    zh: '准予放行，将登临检查',
    block: 'inspection',
    effect: 'clearance granted',
    clears: true,
  },
  INSPECTED: { en: 'Boarding is over, nothing found', zh: '登临检查完毕，未发现问题', block: 'inspection-over' },
  HOLD: { en: 'Under guard: nobody and nothing on or off', zh: '实施监护，人员、货物不得上下', block: 'guard' },
  HOLD_LIFTED: { en: 'Guard withdrawn', zh: '解除监护', block: 'guard-over' },
  REFUSE_PERSON: { en: 'The persons named may not travel', zh: '所列人员不准出境、入境', block: 'persons' },
  SUPPLEMENT: { en: 'Show the papers of the crew at our counter', zh: '请到窗口补充船（乘）员证明材料' },
  SUPPLEMENTED: { en: 'The papers were shown', zh: '补充材料已核对' },
  REJECTED: { en: 'Data errors; correct and submit again', zh: '数据有误，请更正后重新申报', block: 'errors' },
  DEPARTED: { en: 'The conveyance has left the country', zh: '交通运输工具已出境', effect: 'departed' },
  ARRIVED: { en: 'The conveyance has come in', zh: '交通运输工具已入境', effect: 'arrived' },
  GRANTED: { en: 'Granted', zh: '准予变更', effect: 'change granted' },
  NOT_GRANTED: { en: 'Not granted: it stays as it was', zh: '不予变更，原申报不变', block: 'grounds' },
  CANCELLED: { en: 'Taken back', zh: '已撤销', effect: 'clearance withdrawn' },
  // In no specification, on purpose: a client must bear a word it has never heard.
  AT_COUNTER_7: { en: 'Passed on to counter 7', zh: '转七号窗口办理' },
}

export interface Step {
  /** Minutes after reception; `passage`: at ETD or ETA, half an hour after the step before it at the earliest. */
  readonly at: number | 'passage'
  readonly status: string
  /** Minutes the receipt lies about before it is sent. */
  readonly heldBack?: number
}

export interface Row extends Outcome {
  /** `first`: the corrected document passes. */
  readonly attempts: 'first' | 'every'
  readonly steps: readonly Step[]
  /** What this row finds wrong in a document that is right. */
  readonly faults?: readonly Fault[]
}

/** Minutes from the order to board until the officers come. */
export const boardingAfterMinutes = 120
/** Minutes the conveyance needs from the last decision to the border. */
export const leavingAfterMinutes = 30

const screening: Step = { at: 2, status: 'SCREENING' }
const documentNumber = '/EPCMessage/EPCRequestBody/PersonsOnBoard/CrewMember[1]/IdDocument/IdNumber'

const way = (magic: string, en: string, zh: string, ...steps: readonly Step[]) => ({
  magic,
  does: { en, zh },
  attempts: 'every' as const,
  steps,
})

/** Everything this office can do with a submission, for either procedure; the passage of the border is added below. */
const ways: readonly Omit<Row, 'procedure'>[] = [
  way('CLEAR', 'Cleared without boarding, whatever the draw says', '放行，不登临', screening, {
    at: 20,
    status: 'CLEARED',
  }),
  way(
    'INSPECT',
    'Cleared with boarding; officers come after 2 h and find nothing',
    '放行并登临检查，无异常',
    screening,
    { at: 20, status: 'CLEARED_WITH_INSPECTION' },
    { at: 200, status: 'INSPECTED' },
  ),
  way(
    'HOLD',
    'Under guard for 6 h, then cleared',
    '监护6小时后放行',
    screening,
    { at: 20, status: 'HOLD' },
    { at: 380, status: 'HOLD_LIFTED' },
    { at: 390, status: 'CLEARED' },
  ),
  way(
    'REFUSEPERSON',
    'A passenger (else a crew member) is refused on ground 8(7); cleared without that person',
    '一名人员被阻止出入境，其余放行',
    screening,
    { at: 20, status: 'REFUSE_PERSON' },
    { at: 80, status: 'CLEARED' },
  ),
  way(
    'SUPPLEMENT',
    'Papers are asked for; shown at the counter after 4 h, then cleared',
    '要求补充材料，4小时后核对放行',
    screening,
    { at: 20, status: 'SUPPLEMENT' },
    { at: 260, status: 'SUPPLEMENTED' },
    { at: 270, status: 'CLEARED' },
  ),
  {
    ...way('REJECT', 'Rejected with BI-102, the first attempt only', '首次申报退回（BI-102）', {
      at: 1,
      status: 'REJECTED',
    }),
    attempts: 'first',
    faults: [{ code: 'BI-102', location: documentNumber }],
  },
  way(
    'UNKNOWN',
    'A status in no specification, then cleared',
    '先出现未公布的状态，后放行',
    screening,
    { at: 10, status: 'AT_COUNTER_7' },
    { at: 20, status: 'CLEARED' },
  ),
  way('NEVER', 'Received, then silence', '接收后不再答复'),
  way(
    'SWAP',
    'The decision is sent before the screening notice',
    '先发放行回执，后发核查回执',
    { ...screening, heldBack: 20 },
    { at: 20, status: 'CLEARED' },
  ),
]

/** Data errors behind a readable header: no row of the table, the same for every sender. */
export const rejection: readonly Step[] = [{ at: 1, status: 'REJECTED' }]
/** A change against a rule: the same for every sender. */
export const notGranted: readonly Step[] = [{ at: 5, status: 'NOT_GRANTED' }]

const passage = { departure: 'DEPARTED', arrival: 'ARRIVED' } as const

const reason = '/EPCMessage/EPCRequestBody/Change/Reason'
const unconvinced = {
  attempts: 'first' as const,
  faults: [{ code: 'BI-406', location: reason }],
}

/** What may become of a change. */
const changes: readonly Row[] = [
  {
    procedure: 'amendment',
    ...way('AMENDGRANT', 'Granted after 10 minutes', '10分钟后准予变更', { at: 10, status: 'GRANTED' }),
  },
  {
    procedure: 'amendment',
    ...way('AMENDSCREEN', 'All persons are screened anew, then granted', '重新核查人员后准予变更', screening, {
      at: 20,
      status: 'GRANTED',
    }),
  },
  {
    procedure: 'amendment',
    ...way('AMENDSLOW', 'Screened for 6 h, then granted', '核查6小时后准予变更', screening, {
      at: 360,
      status: 'GRANTED',
    }),
  },
  {
    procedure: 'amendment',
    ...way(
      'AMENDPERSON',
      'A person on the new list may not travel: not granted',
      '新名单中有人被阻止，不予变更',
      screening,
      {
        at: 20,
        status: 'NOT_GRANTED',
      },
    ),
  },
  {
    procedure: 'amendment',
    ...way('AMENDREFUSE', 'Not granted (BI-406), the first attempt only', '首次不予变更（BI-406）', ...notGranted),
    ...unconvinced,
  },
  { procedure: 'amendment', ...way('AMENDNEVER', 'Received, then silence', '接收后不再答复') },
  {
    procedure: 'cancellation',
    ...way('CANCELGRANT', 'Granted after 10 minutes', '10分钟后准予撤销', { at: 10, status: 'GRANTED' }),
  },
  {
    procedure: 'cancellation',
    ...way('CANCELREFUSE', 'Not granted (BI-406), the first attempt only', '首次不予撤销（BI-406）', ...notGranted),
    ...unconvinced,
  },
  { procedure: 'cancellation', ...way('CANCELNEVER', 'Received, then silence', '接收后不再答复') },
]

/** THE table 结果表: which magic value leads to what. */
export const outcomes: readonly Row[] = [
  ...Object.entries(passage).flatMap(([procedure, status]) =>
    ways.map((row) => ({
      ...row,
      procedure,
      steps: row.steps.some((step) => step.status.startsWith('CLEARED'))
        ? [...row.steps, { at: 'passage' as const, status }]
        : row.steps,
    })),
  ),
  ...changes,
]

/** What the table is asked about a submission without data errors. */
export interface Case {
  /** The magic values asked for, the first that holds decides. */
  readonly asked: readonly string[]
  readonly procedure: string
  /** Of a change: how often the same has now been asked of the filing. */
  readonly attempt: number
  /** The register knows a person aboard: goes before any magic value. */
  readonly hits: boolean
  /** An amended list names somebody new. */
  readonly newPersons: boolean
  /** A result of another office spares us boarding. */
  readonly isSpared: boolean
  /** A draw in [0, 1) of this attempt. */
  readonly draw: number
}

/** The row that decides a case: the register, the first magic value that holds for this attempt, the draw. */
export function decide(question: Case): Row & { readonly spared?: true } {
  const { procedure, attempt, hits } = question
  const rows = outcomes.filter((row) => row.procedure === procedure)
  const named = (magic: string) => rows.find((row) => row.magic === magic)
  const asked = question.asked
    .map(named)
    .find((row) => row !== undefined && (row.attempts === 'every' || attempt === 1))
  const row = hits
    ? named(procedure === 'amendment' ? 'AMENDPERSON' : 'REFUSEPERSON')
    : (asked ?? named(usual(question)))
  if (row === undefined) throw new RangeError(`No outcome for procedure ${procedure}`)
  const clear = question.isSpared && row.magic === 'INSPECT' ? named('CLEAR') : undefined
  return clear === undefined ? row : { ...clear, spared: true }
}

/** What happens when nothing asks for anything else. */
function usual({ procedure, newPersons, draw }: Case): string {
  if (procedure === 'cancellation') return 'CANCELGRANT'
  if (procedure === 'amendment') return newPersons ? 'AMENDSCREEN' : 'AMENDGRANT'
  return draw < boardingRate.value ? 'INSPECT' : 'CLEAR'
}
