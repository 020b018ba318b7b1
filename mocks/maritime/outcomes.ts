import type { Text } from '../../schemas/text.ts'
import type { Outcome } from '../agency.ts'
import { boxOpeningRate } from './parameters.ts'
import { locations } from './procedures/change.ts'
import type { Fault } from './shape.ts'

/** Block of a receipt that comes with a status, beside its text. */
export type Block = 'box-opening' | 'box-passed' | 'box-failed' | 'errors'

interface Saying extends Text {
  readonly block?: Block
  /** The number given at this moment; it stands in every later receipt of the attempt. */
  readonly gives?: 'acceptance' | 'grant' | 'change'
  /** What the world has from this moment on. */
  readonly effect?: string
}

/** What the office says at each status 状态. */
export const statuses: { readonly [status: string]: Saying } = {
  RECEIVED: { en: 'Inland voyage report on record', zh: '进出港报告已接收', gives: 'grant', effect: 'reported' },
  ACCEPTED: { en: 'Taken in hand', zh: '受理', gives: 'acceptance' },
  SUPPLEMENT: { en: 'Papers are incomplete: bring them to the counter', zh: '材料不齐，请补正' },
  SUPPLEMENTED: { en: 'The papers are complete', zh: '补正材料已收齐' },
  IN_REVIEW: { en: 'Under examination', zh: '审批中' },
  BOX_OPENING: { en: 'A container will be opened', zh: '抽中开箱检查', block: 'box-opening' },
  BOX_OPENED: { en: 'Opening is over, all in order', zh: '开箱检查完毕，相符', block: 'box-passed' },
  BOX_FOUND_WRONG: {
    en: 'Opening is over, the goods are not those declared',
    zh: '开箱检查完毕，货物不符',
    block: 'box-failed',
  },
  APPROVED: { en: 'Granted', zh: '准予', gives: 'grant', effect: 'granted' },
  REFUSED: { en: 'Not granted: see the errors', zh: '不予许可，原因见所列错误', block: 'errors' },
  EXPIRED: { en: 'The permit was not used in time', zh: '许可证逾期未使用', block: 'errors', effect: 'expired' },
  DEPARTED: { en: 'The ship has left', zh: '船舶已离港', effect: 'departed' },
  CHANGE_ACCEPTED: { en: 'Taken in hand', zh: '受理', gives: 'change' },
  CHANGE_APPROVED: { en: 'The change is granted', zh: '准予变更', effect: 'granted' },
  CHANGE_RECEIVED: { en: 'The change is on record', zh: '变更已接收', gives: 'change', effect: 'granted' },
  CHANGE_REFUSED: { en: 'Not granted: it stays as it was', zh: '不予变更，原申报不变', block: 'errors' },
  CANCELLED: { en: 'Taken back', zh: '已撤销', effect: 'withdrawn' },
  // In no specification, on purpose: a client must bear a word it has never heard.
  AT_COUNTER_7: { en: 'Passed on to counter 7', zh: '转七号窗口办理' },
}

export interface Step {
  /** Minutes after reception; `joint`: when another office says; `departure`: at ETD, half an hour after the step before at the earliest; `expiry`: with the permit. */
  readonly at: number | 'joint' | 'departure' | 'expiry'
  readonly status: string
  /** What is written, where several moments share one word. */
  readonly written?: string
}

export interface Row extends Outcome {
  /** `first`: the corrected document passes. */
  readonly attempts: 'first' | 'every'
  readonly steps: readonly Step[]
  /** What this row finds wrong in a document that is right. */
  readonly faults?: readonly Fault[]
}

/** Minutes the ship needs from its papers to the fairway. */
export const leavingAfterMinutes = 30
/** Minutes from the order to open a box until officers come. */
export const openingAfterMinutes = 240

const hours = (count: number): number => count * 60
const accepted: Step = { at: 10, status: 'ACCEPTED' }
const inReview: Step = { at: 30, status: 'IN_REVIEW' }
const approved: Step = { at: hours(4), status: 'APPROVED' }
const refused: Step = { at: hours(4), status: 'REFUSED' }
const permitted: Step = { at: hours(1), status: 'APPROVED' }
const left: Step = { at: 'departure', status: 'DEPARTED' }
const boxOrdered: Step = { at: hours(2), status: 'BOX_OPENING' }
const supplement: readonly Step[] = [
  { at: 10, status: 'SUPPLEMENT' },
  { at: hours(4), status: 'SUPPLEMENTED' },
]
const elsewhere: Step = { at: 20, status: 'AT_COUNTER_7' }
/** The counter waited for the papers, and everything after waits as long. */
const later = (...steps: readonly Step[]): readonly Step[] =>
  steps.map((step) => (typeof step.at === 'number' ? { ...step, at: step.at + hours(4) } : step))

const row = (procedure: string, magic: string, en: string, zh: string, steps: readonly Step[]): Row => ({
  procedure,
  magic,
  does: { en, zh },
  attempts: 'every',
  steps,
})
/** A row that holds for the first attempt only, with what it finds wrong. */
const once = (held: Row, ...faults: readonly Fault[]): Row => ({
  ...held,
  attempts: 'first',
  ...(faults.length > 0 ? { faults } : {}),
})
const wrong = (code: string, location: string): Fault => ({ code, location })

const changeAccepted: Step = { at: 10, status: 'CHANGE_ACCEPTED', written: 'ACCEPTED' }
const changeApproved = { status: 'CHANGE_APPROVED', written: 'APPROVED' } as const
const changeReceived = { status: 'CHANGE_RECEIVED', written: 'RECEIVED' } as const
const changeRefused = { status: 'CHANGE_REFUSED', written: 'REFUSED' } as const
const notAccepted = (held: Row): Row => once(held, wrong('MA-507', locations.reason))

const goodsName = wrong('MA-104', '/DangerousCargoDeclaration/Goods[1]/ProperShippingName')

/** THE table 结果表: which magic value leads to what. The first row of a procedure is its plain course. A cargo approval is used up with its ship. */
export const outcomes: readonly Row[] = [
  row('inland-report', 'INLANDPASS', 'On record at once', '即时接收', [{ at: 0, status: 'RECEIVED' }]),
  once(
    row('inland-report', 'INLANDREFUSE', 'Refused at once with MA-002, first attempt only', '首次报告即时退回', [
      { at: 0, status: 'REFUSED' },
    ]),
    wrong('MA-002', '/InlandReport/Cargo/ContainerCount'),
  ),

  row('dangerous-cargo', 'CARGOPASS', 'Granted after 4 h, no box opened', '4小时准予，不开箱', [
    accepted,
    inReview,
    approved,
  ]),
  row('dangerous-cargo', 'CARGOHOLD', 'A box is opened, all in order; granted after 9 h', '抽箱开箱检查，相符后准予', [
    accepted,
    inReview,
    boxOrdered,
    { at: hours(8), status: 'BOX_OPENED' },
    { at: hours(9), status: 'APPROVED' },
  ]),
  once(
    row(
      'dangerous-cargo',
      'CARGOFAIL',
      'A box is opened and holds other goods: not granted (MA-104), first attempt only',
      '开箱不符，禁止装运',
      [
        accepted,
        inReview,
        boxOrdered,
        { at: hours(8), status: 'BOX_FOUND_WRONG', written: 'BOX_OPENED' },
        { at: hours(9), status: 'REFUSED' },
      ],
    ),
    goodsName,
  ),
  once(
    row('dangerous-cargo', 'CARGOREFUSE', 'Not granted after 4 h (MA-104), first attempt only', '首次申报审批不予', [
      accepted,
      inReview,
      refused,
    ]),
    goodsName,
  ),

  row('dangerous-ship', 'SHIPPASS', 'Granted after 4 h', '4小时准予', [accepted, inReview, approved, left]),
  once(
    row('dangerous-ship', 'SHIPREFUSE', 'Not granted after 4 h (MA-204), first attempt only', '首次申报审批不予', [
      accepted,
      inReview,
      refused,
    ]),
    wrong('MA-204', '/DangerousShipDeclaration/Stowage[1]'),
  ),

  row('departure', 'PERMITPASS', 'Permit after 1 h', '1小时发证', [accepted, permitted, left]),
  once(
    row('departure', 'PERMITREFUSE', 'Not granted after 1 h (MA-402), first attempt only', '首次申请不予', [
      accepted,
      { at: hours(1), status: 'REFUSED' },
    ]),
    wrong('MA-402', '/DeparturePermitApplication/BorderClearanceNumber'),
  ),
  once(
    row(
      'departure',
      'PERMITEXPIRE',
      'The ship stays, the permit expires (MA-403), first attempt only',
      '船舶未离港，许可证过期',
      [accepted, permitted, { at: 'expiry', status: 'EXPIRED' }],
    ),
    wrong('MA-403', '/DeparturePermitApplication/Etd'),
  ),

  ...Object.entries({
    'dangerous-cargo': [accepted, inReview, approved],
    'dangerous-ship': [accepted, inReview, approved, left],
    departure: [accepted, permitted, left],
  }).flatMap(([procedure, plain]) => [
    once(
      row(
        procedure,
        'SUPPLEMENT',
        'Papers asked for and brought to the counter after 4 h; then the plain course',
        '补正4小时后照常办理',
        [...supplement, ...later(...plain)],
      ),
    ),
    row(procedure, 'UNKNOWN', 'A status in no specification, then the plain course', '先出现未公布的状态，后照常办理', [
      accepted,
      elsewhere,
      ...plain.slice(1),
    ]),
    row(procedure, 'NEVER', 'Received, then silence', '接收后不再答复', []),
  ]),

  row('amendment', 'AMENDPASS', 'Granted after 2 h', '2小时准予修改', [
    changeAccepted,
    inReview,
    { at: hours(2), ...changeApproved },
  ]),
  notAccepted(
    row('amendment', 'AMENDREFUSE', 'Not granted after 2 h (MA-507), first attempt only', '首次不予修改', [
      changeAccepted,
      inReview,
      { at: hours(2), ...changeRefused },
    ]),
  ),
  row('amendment', 'AMENDNEVER', 'Received, then silence', '接收后不再答复', []),
  row('cancellation', 'CANCELPASS', 'Granted after 1 h', '1小时准予撤销', [
    changeAccepted,
    { at: hours(1), ...changeApproved },
  ]),
  notAccepted(
    row('cancellation', 'CANCELREFUSE', 'Not granted after 1 h (MA-507), first attempt only', '首次不予撤销', [
      changeAccepted,
      { at: hours(1), ...changeRefused },
    ]),
  ),
  row('cancellation', 'CANCELNEVER', 'Received, then silence', '接收后不再答复', []),
  row('inland-amendment', 'INLANDAMENDPASS', 'On record at once', '即时接收修改', [{ at: 0, ...changeReceived }]),
  notAccepted(
    row('inland-amendment', 'INLANDAMENDREFUSE', 'Refused at once (MA-507), first attempt only', '首次修改即时退回', [
      { at: 0, ...changeRefused },
    ]),
  ),
  row('inland-cancellation', 'INLANDCANCELPASS', 'On record at once', '即时接收撤销', [{ at: 0, ...changeReceived }]),
  notAccepted(
    row(
      'inland-cancellation',
      'INLANDCANCELREFUSE',
      'Refused at once (MA-507), first attempt only',
      '首次撤销即时退回',
      [{ at: 0, ...changeRefused }],
    ),
  ),
]

/** Errors behind a readable head: no row of the table, the same for every sender. */
export const refusalAt = (inline: boolean): readonly Step[] => [{ at: inline ? 0 : 5, status: 'REFUSED' }]
/** A change against a rule: the same for every sender. */
export const changeRefusalAt = (inline: boolean): readonly Step[] => [{ at: inline ? 0 : 5, ...changeRefused }]
/** Moments at which a change takes effect. */
export const grants: readonly string[] = ['CHANGE_APPROVED', 'CHANGE_RECEIVED']

/** What the table is asked about a document without errors. */
export interface Case {
  /** The magic values asked for, the first that holds decides. */
  readonly asked: readonly string[]
  readonly procedure: string
  /** Of a change: how often the same has now been asked of the filing. */
  readonly attempt: number
  readonly hasContainers: boolean
  /** A result of another office spares us opening a box. */
  readonly isSpared: boolean
  /** A draw in [0, 1) of this attempt. */
  readonly draw: number
}

/** The row that decides a case: the first magic value that holds for this procedure and attempt, else the draw, else the plain course. */
export function decide({
  asked: magic,
  procedure,
  attempt,
  hasContainers,
  isSpared,
  draw,
}: Case): Row & { readonly spared?: true } {
  const rows = outcomes.filter((one) => one.procedure === procedure)
  const named = (wanted: string) => rows.find((one) => one.magic === wanted)
  const asked = magic.map(named).find((one) => one !== undefined && (one.attempts === 'every' || attempt === 1))
  const drawn = hasContainers && draw < boxOpeningRate.value ? named('CARGOHOLD') : undefined
  const decided = asked ?? drawn ?? rows[0]
  if (decided === undefined) throw new RangeError(`No outcome for procedure ${procedure}`)
  const [plain = decided] = rows
  return decided.magic === 'CARGOHOLD' && isSpared ? { ...plain, spared: true } : decided
}
