/** Faults that stand ordered against whole agencies 待执行的故障指令, each for so many exchanges or documents, or until it is cleared. */
import { type FaultName, type FaultOrder, type OrderOf, parametersOf } from './order.ts'
import { type Window, windowOf } from './windows.ts'

/** A fault for the next `times` exchanges or documents; without `times` for all until it is cleared. */
export type Ordering = FaultOrder & { readonly times?: number | undefined }

export interface Orders {
  add(agency: string, ordering: Ordering): void
  /** The order of a fault, had once more; undefined where none stands. */
  take<F extends FaultName>(agency: string, fault: F): OrderOf<F> | undefined
  /** When the maintenance an agency is under is over, in simulated epoch milliseconds. */
  closedUntil(agency: string): number | undefined
  clear(agency: string, fault?: FaultName): void
  of(agency: string): Ordering[]
  /** Whether nothing at all stands against an agency. */
  isFree(agency: string): boolean
}

interface Standing {
  readonly order: FaultOrder
  left: number
  /** Of a maintenance. */
  readonly window?: Window
}

/** @param now simulated, epoch milliseconds */
export function createOrders(now: () => number): Orders {
  const orders = new Map<string, Map<FaultName, Standing>>()
  return {
    add(agency, { times = Number.POSITIVE_INFINITY, ...given }) {
      // What came out of a ledger has more in it than the order.
      const names = ['fault', ...parametersOf(given.fault)]
      const order = Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name))) as FaultOrder
      const window = order.fault === 'MAINTENANCE' ? { window: windowOf(order, now()) } : {}
      const mine = orders.get(agency) ?? new Map<FaultName, Standing>()
      orders.set(agency, mine.set(order.fault, { order, left: times, ...window }))
    },
    take<F extends FaultName>(agency: string, fault: F) {
      const mine = orders.get(agency)
      const standing = mine?.get(fault)
      if (standing === undefined) return undefined
      standing.left -= 1
      if (standing.left === 0) mine?.delete(fault)
      return standing.order as OrderOf<F>
    },
    closedUntil(agency) {
      const { from, until } = orders.get(agency)?.get('MAINTENANCE')?.window ?? { from: 0, until: 0 }
      return from <= now() && now() < until ? until : undefined
    },
    clear(agency, fault) {
      if (fault === undefined) orders.delete(agency)
      else orders.get(agency)?.delete(fault)
    },
    of: (agency) =>
      [...(orders.get(agency)?.values() ?? [])]
        .filter(({ window }) => window === undefined || window.until > now())
        .map(({ order, left }) => ({ ...order, ...(Number.isFinite(left) ? { times: left } : {}) })),
    isFree: (agency) => (orders.get(agency)?.size ?? 0) === 0,
  }
}
