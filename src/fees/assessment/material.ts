import { Big } from 'big.js'
import type { Figure, Finding, Level } from '../../../schemas/fees/assessment.ts'
import type { Verdict } from '../../../schemas/fees/bill.ts'
import { holdsOn, type NamedFee } from '../catalogue.ts'
import { type Cell, cellsOf } from './cells.ts'
import type { AssessmentInputs, ComplaintSum, JudgedSum } from './inputs.ts'

/** What the rules of a round look at 评估素材: the inputs, put in order once. */
export interface Material {
  readonly inputs: AssessmentInputs
  /** The period's last day: the day whose list is judged. */
  readonly day: string
  /** Fees that hold on that day, by id. */
  readonly fees: readonly NamedFee[]
  /** The prices of a fee. */
  cellsOf(fee: NamedFee): readonly Cell[]
  /** What bills showed, by port, payee, fee, kind and verdict: one row each. */
  readonly lines: readonly JudgedSum[]
  readonly complaints: readonly ComplaintSum[]
}

/** What a rule found: graver than reasonable. It is numbered later. */
export type Found = Omit<Finding, 'number' | 'rule' | 'entry' | 'source' | 'level'> & {
  readonly level: Exclude<Level, 'reasonable'>
}

export function materialOf(inputs: AssessmentInputs): Material {
  const day = inputs.period.to
  const cells = new Map<string, readonly Cell[]>()
  return {
    inputs,
    day,
    fees: [...inputs.catalogue.of('fee')]
      .filter(([, fee]) => holdsOn(fee, day))
      .map(([id, fee]) => ({ id, fee }))
      .sort(byText(({ id }) => id)),
    cellsOf({ id, fee }) {
      let known = cells.get(id)
      if (known === undefined) cells.set(id, (known = cellsOf(fee)))
      return known
    },
    lines: together(inputs.lines, lineKey, (rows, first) => ({
      ...first,
      lines: count(rows),
      charged: sum(rows.map(({ charged }) => charged)),
      over: sum(rows.map(({ over }) => over)),
    })),
    complaints: together(inputs.complaints, complaintKey, (rows, first) => ({
      ...first,
      complaints: rows.reduce((total, { complaints }) => total + complaints, 0),
      amount: sum(rows.map(({ amount }) => amount)),
    })),
  }
}

const lineKey = ({ port, payee, fee, kind, verdict }: JudgedSum) =>
  JSON.stringify([port, payee ?? null, fee ?? null, kind ?? null, verdict])
const complaintKey = ({ port, payee, status }: ComplaintSum) => JSON.stringify([port, payee, status])

/** Rows of one key as one: the cut they came in leaves no trace. */
const together = <T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  add: (rows: readonly T[], first: T) => T,
): readonly T[] =>
  [...Map.groupBy(rows, keyOf).values()].flatMap((alike) => alike.slice(0, 1).map((first) => add(alike, first)))

/** Order by code units, whatever the language of the machine. */
export const byText =
  <T>(textOf: (one: T) => string) =>
  (a: T, b: T): number => {
    const [first, second] = [textOf(a), textOf(b)]
    return first < second ? -1 : first > second ? 1 : 0
  }

/** Lines of bills that stand in no list of their day 清单外收费. */
export const notInList: readonly Verdict[] = ['outside-list', 'cancelled', 'not-valid']

/** A sum of money, two places. */
export const sum = (amounts: readonly string[]): string =>
  amounts.reduce((total, amount) => total.plus(amount), new Big(0)).toFixed(2)

export const count = (rows: readonly { readonly lines: number }[]): number =>
  rows.reduce((total, { lines }) => total + lines, 0)

/** A part of a whole in percent, two places, half up. @param whole not nought */
export const percent = (part: Big, whole: Big): string => part.times(100).div(whole).toFixed(2)

export const figure = (name: string, value: string | number, unit: Figure['unit'] = 'count'): Figure => ({
  name,
  value: String(value),
  unit,
})

/** Rows that have the same key, with the first of them. */
export const groups = <T>(rows: readonly T[], keyOf: (row: T) => readonly (string | undefined)[]) =>
  [...Map.groupBy(rows, (row) => JSON.stringify(keyOf(row))).values()].flatMap((alike) =>
    alike.slice(0, 1).map((first) => ({ rows: alike as readonly T[], first })),
  )

interface Subject {
  readonly port: string
  readonly payee: string | undefined
  readonly fee?: string | undefined
  readonly kind?: string | undefined
}
/** A payee at a port, as what something is about. */
export const aboutPayee = ({ port, payee }: Subject) => ({ port, ...(payee === undefined ? {} : { payee }) })
/** A fee of a payee at a port. */
export const aboutFee = ({ port, payee, fee, kind }: Subject) => ({
  ...aboutPayee({ port, payee }),
  ...(fee === undefined ? {} : { fee }),
  ...(kind === undefined ? {} : { kind }),
})
