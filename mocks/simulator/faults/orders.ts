/** Faults that stand ordered against whole agencies 待执行的故障指令, each for so many exchanges or documents, or until it is cleared. */
import { type FaultName, type FaultOrder, type OrderOf, parametersOf } from './order.ts'
import { type Window, windowOf } from './windows.ts'

/** A fault for the next `times` exchanges or documents; without `times` for all until it is cleared. */
export type Ordering = FaultOrder & { readonly times?: number | undefined }

interface Standing {
  readonly order: FaultOrder
  left: number
  /** Of a maintenance. */
  readonly window?: Window
}

export class Orders {
  readonly #now: () => number
  /** By agency. */
  readonly #orders = new Map<string, Map<FaultName, Standing>>()

  /** @param now simulated, epoch milliseconds */
  constructor(now: () => number) {
    this.#now = now
  }

  add(agency: string, { times = Number.POSITIVE_INFINITY, ...given }: Ordering): void {
    // What came out of a ledger has more in it than the order.
    const names = ['fault', ...parametersOf(given.fault)]
    const order = Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name))) as FaultOrder
    const window = order.fault === 'MAINTENANCE' ? { window: windowOf(order, this.#now()) } : {}
    const mine = this.#orders.get(agency) ?? new Map<FaultName, Standing>()
    this.#orders.set(agency, mine.set(order.fault, { order, left: times, ...window }))
  }

  /** The order of a fault, had once more; undefined where none stands. */
  take<F extends FaultName>(agency: string, fault: F): OrderOf<F> | undefined {
    const mine = this.#orders.get(agency)
    const standing = mine?.get(fault)
    if (standing === undefined) return undefined
    standing.left -= 1
    if (standing.left === 0) mine?.delete(fault)
    return standing.order as OrderOf<F>
  }

  /** When the maintenance an agency is under is over, in simulated epoch milliseconds. */
  closedUntil(agency: string): number | undefined {
    const { from, until } = this.#orders.get(agency)?.get('MAINTENANCE')?.window ?? { from: 0, until: 0 }
    return from <= this.#now() && this.#now() < until ? until : undefined
  }

  clear(agency: string, fault?: FaultName): void {
    if (fault === undefined) this.#orders.delete(agency)
    else this.#orders.get(agency)?.delete(fault)
  }

  of(agency: string): Ordering[] {
    return [...(this.#orders.get(agency)?.values() ?? [])]
      .filter(({ window }) => window === undefined || window.until > this.#now())
      .map(({ order, left }) => ({ ...order, ...(Number.isFinite(left) ? { times: left } : {}) }))
  }

  /** Whether nothing at all stands against an agency. */
  isFree(agency: string): boolean {
    return (this.#orders.get(agency)?.size ?? 0) === 0
  }
}
