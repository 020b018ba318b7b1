/** The ledger of what claims used up 已参与申报台账: quantities of exported items and amounts of invoices. */
import { Big } from 'big.js'

/** What a claim uses of an exported item or of an invoice. */
export interface Use {
  readonly number: string
  /** How much there is in all, where the claim tells: else it uses all there is. */
  readonly whole: string | undefined
  readonly used: Big
}

interface Entry {
  readonly whole: Big
  /** By the claim that uses it. */
  readonly uses: Map<string, Big>
}

const totalBut = (uses: ReadonlyMap<string, Big>, claim: string | undefined) =>
  [...uses].reduce((sum, [by, used]) => (by === claim ? sum : sum.plus(used)), new Big(0))

export function openLedger() {
  const entries = new Map<string, Entry>()

  function giveBack(claim: string): void {
    for (const [number, { uses }] of entries) {
      uses.delete(claim)
      // What nobody uses is forgotten: the next claim may tell the whole anew.
      if (uses.size === 0) entries.delete(number)
    }
  }

  return {
    /** What is left for a claim; undefined when nobody has told how much there is. */
    leftOf(number: string, whole: string | undefined, claim: string): Big | undefined {
      const entry = entries.get(number)
      const all = entry?.whole ?? (whole === undefined ? undefined : new Big(whole))
      return all?.minus(totalBut(entry?.uses ?? new Map(), claim))
    },
    /** Writes down what a claim uses, instead of what it used before. */
    use(claim: string, uses: readonly Use[]): void {
      giveBack(claim)
      for (const { number, whole, used } of uses) {
        const entry = entries.get(number) ?? { whole: new Big(whole ?? used), uses: new Map<string, Big>() }
        entry.uses.set(claim, (entry.uses.get(claim) ?? new Big(0)).plus(used))
        entries.set(number, entry)
      }
    },
    /** As long as a change is open a claim holds both what it uses and what it wants to use. */
    reserve(claim: string, uses: readonly Use[]): void {
      // Nobody counts with a new whole before it is granted.
      const told = ({ number, whole }: Use) => entries.get(number)?.whole.toFixed() ?? whole
      const held = new Map(uses.map((use) => [use.number, { ...use, whole: told(use) }]))
      for (const [number, entry] of entries) {
        const used = entry.uses.get(claim)
        const wanted = held.get(number)?.used ?? new Big(0)
        if (used !== undefined && used.gte(wanted)) held.set(number, { number, whole: entry.whole.toFixed(), used })
      }
      this.use(claim, [...held.values()])
    },
    giveBack,
    /** Every number with how much there is and how much of it is used. */
    balances: () =>
      [...entries].map(([number, { whole, uses }]) => ({ number, whole, used: totalBut(uses, undefined) })),
  }
}
export type Ledger = ReturnType<typeof openLedger>
