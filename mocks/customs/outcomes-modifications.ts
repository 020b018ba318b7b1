import type { Outcome } from '../agency.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/** One result on the way of an application 修撤单. `note` may name `{what}` (修改 or 撤销) and `{fields}`. */
export interface ResultStep {
  /** FeedbackResults: 1 accepted, 2 under review, 3 papers asked for, 8 goods looked for, 4 granted, 5 not granted, 7 part of it. */
  readonly result: '1' | '2' | '3' | '8' | '4' | '5' | '7'
  readonly note: string
  /** How long after the step before it, in the agency's time; the seed draws a point between. */
  readonly afterMs: readonly [least: number, most: number]
}

const accepted: ResultStep = { result: '1', note: '已受理{what}申请', afterMs: [1 * second, 10 * second] }
const reviewed: ResultStep = { result: '2', note: '{what}申请审核中', afterMs: [5 * second, 30 * second] }
const granted: ResultStep = { result: '4', note: '同意{what}', afterMs: [1 * minute, 10 * minute] }
const lookedFor: ResultStep = { result: '8', note: '核实货物是否仍在海关监管场所', afterMs: [5 * second, 30 * second] }
const papersAsked: ResultStep = {
  result: '3',
  note: '要求补充材料：请提交能够证明{what}理由的单证',
  afterMs: [5 * second, 30 * second],
}
const refused: ResultStep = {
  result: '5',
  note: '不同意{what}：所附材料不能证明申请理由',
  afterMs: [1 * minute, 10 * minute],
}
const partly: ResultStep = {
  result: '7',
  note: '部分同意：{fields}不予修改，请按同意的项目重新申请',
  afterMs: [1 * minute, 10 * minute],
}

const slowly = (step: ResultStep, least: number, most: number): ResultStep => ({
  ...step,
  afterMs: [least * hour, most * hour],
})

/** The ordinary way: minutes before release; hours after it, and a cancellation is looked into first. */
export function ordinaryReview(released: boolean, cancels: boolean): readonly ResultStep[] {
  if (!released) return [accepted, reviewed, granted]
  return [accepted, ...(cancels ? [lookedFor] : []), slowly(reviewed, 1, 4), slowly(granted, 4, 48)]
}

/** A row of the table that decides. */
export interface ModificationOutcome extends Outcome {
  readonly steps: readonly ResultStep[]
}

/** What the office does with an application about a declaration whose ClientSeqNo has one of these as `-C.<magic>`. */
export const modificationOutcomes: readonly ModificationOutcome[] = [
  {
    magic: 'MODREFUSE',
    procedure: 'amendment',
    does: { en: 'The amendment is not granted (5), with the reason', zh: '不同意修改（5），附理由' },
    steps: [accepted, reviewed, refused],
  },
  {
    magic: 'MODSUPPLEMENT',
    procedure: 'amendment',
    does: {
      en: 'Papers are asked for (3); reviewed one to four hours later, then granted (4)',
      zh: '要求补充材料（3），一至四小时后审核，之后同意修改（4）',
    },
    steps: [accepted, papersAsked, slowly(reviewed, 1, 4), granted],
  },
  {
    magic: 'MODPARTIAL',
    procedure: 'amendment',
    does: {
      en: 'Only part would be granted (7): nothing is changed, the last field is named as the one that would not',
      zh: '部分同意（7）：不作修改，指明最后一项不予修改',
    },
    steps: [accepted, reviewed, partly],
  },
  {
    magic: 'CANCELREFUSE',
    procedure: 'cancellation',
    does: { en: 'The cancellation is not granted (5), with the reason', zh: '不同意撤销（5），附理由' },
    steps: [accepted, lookedFor, refused],
  },
  {
    magic: 'CANCELSUPPLEMENT',
    procedure: 'cancellation',
    does: {
      en: 'Papers are asked for (3); reviewed one to four hours later, then granted (4)',
      zh: '要求补充材料（3），一至四小时后审核，之后同意撤销（4）',
    },
    steps: [accepted, papersAsked, slowly(reviewed, 1, 4), granted],
  },
]
