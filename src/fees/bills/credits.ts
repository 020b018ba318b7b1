import { Big } from 'big.js'

/** A line with what is credited to it 冲减. */
export interface Netted {
  /** What is left to be judged. */
  readonly amount: Big
  /** Lines, from 1, whose credits went into it. */
  readonly credits: readonly number[]
}

/** One line as credits are matched: `thing` is what it is about. */
interface Entry {
  readonly line: number
  readonly thing: string
  readonly amount: Big
  /** Of lines alike the one that says the same again: either may be meant. */
  readonly key: string
}

/**
 * Takes the credits 红字 of a bill off the lines they belong to: those about the same thing, first one of the very amount, then the dearest.
 * @returns the lines charged, and of the credits those that found a line
 */
export function net(entries: readonly Entry[]): {
  readonly charged: ReadonlyMap<number, Netted>
  readonly placed: ReadonlySet<number>
} {
  const charged = new Map<number, Netted>(
    entries.filter(({ amount }) => amount.gte(0)).map(({ line, amount }) => [line, { amount, credits: [] }]),
  )
  const placed = new Set<number>()
  const zero = new Big(0)
  const credits = entries
    .filter(({ amount }) => amount.lt(0))
    .toSorted((a, b) => a.amount.cmp(b.amount) || inOrder(a, b))
  for (const credit of credits) {
    let rest = credit.amount.abs()
    const about = entries
      .filter(({ thing, amount }) => thing === credit.thing && amount.gt(0))
      .toSorted(
        (a, b) => (charged.get(b.line)?.amount ?? zero).cmp(charged.get(a.line)?.amount ?? zero) || inOrder(a, b),
      )
      .map(({ line }) => line)
    const same = about.find((line) => charged.get(line)?.amount.eq(rest))
    for (const line of same === undefined ? about : [same]) {
      const before = charged.get(line)
      if (before === undefined || rest.lte(0) || before.amount.lte(0)) continue
      const taken = before.amount.lt(rest) ? before.amount : rest
      rest = rest.minus(taken)
      charged.set(line, { amount: before.amount.minus(taken), credits: [...before.credits, credit.line] })
      placed.add(credit.line)
    }
  }
  return { charged, placed }
}

/** An order that the bill's own does not change. */
const inOrder = (a: Entry, b: Entry): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.line - b.line)
