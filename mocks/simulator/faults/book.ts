/** The book of faults 故障登记: who is to misbehave, how, and how often it has already. */
import { type Agency, magicOf } from '../../agency.ts'
import { limits } from '../limits.ts'
import type { Wishes } from '../wishes.ts'
import { askedIn } from './asked.ts'
import { createCounts } from './counts.ts'
import type { DocumentFaults } from './documents.ts'
import { latency } from './latency.ts'
import { type FaultName, type FaultOrder, type OrderOf, plainOrder } from './order.ts'
import { type Ordering, Orders } from './orders.ts'
import { maintenanceNotice, page, type Unavailable } from './unavailable.ts'
import { createReferenceWindows } from './windows.ts'

/** How the answer of an agency that processed a request is spoilt on its way. */
export interface Ending {
  /** Real time it is kept back. */
  readonly delayMs: number
  /** What comes of it then; absent: the answer, whole. */
  readonly how?: OrderOf<'TIMEOUT' | 'RESET' | 'TRUNCATED' | 'DRIBBLE'>
}

export interface ExchangeFaults {
  /** The agency never sees the request. */
  readonly unavailable: Unavailable | undefined
  readonly ending: Ending | undefined
  /** The fault that tells most of what came of the exchange. */
  readonly fault: FaultName | undefined
  /** Whether a fault was looked up at all: such an exchange is kept, because it counts. */
  readonly counted: boolean
}
const unspoilt: ExchangeFaults = { unavailable: undefined, ending: undefined, fault: undefined, counted: false }

/**
 * A function of its calls, its clock and its draws alone: replaying the same calls gives the same book. Of a maintenance window
 * ordered, `times` says nothing: it is over when it is over.
 */
export interface FaultBook {
  /** @param directed faults of this one exchange; a maintenance window opens for the whole agency */
  onExchange(agency: Agency, text: string, directed?: readonly FaultOrder[]): ExchangeFaults
  onDocument(agency: Agency, reference: string): DocumentFaults
  /** When the maintenance is over that keeps a document waiting now; undefined: it may leave. */
  heldUntil(agency: Agency, reference: string): number | undefined
  order(agency: string, order: Ordering): void
  clear(agency: string, fault?: FaultName): void
  ordered(agency: string): Ordering[]
}

export interface FaultBookOptions {
  /** Where faults wished for the documents of a reference are found. */
  readonly wishes: Wishes
  /** Simulated, epoch milliseconds. */
  now(): number
  /** A number in [0, 1) that depends on the seed and the key alone. */
  draw(key: string): number
}

export const createFaultBook = (options: FaultBookOptions): FaultBook => new OwnFaultBook(options)

class OwnFaultBook implements FaultBook {
  readonly #options: FaultBookOptions
  /** Most sessions never order any. */
  #orders: Orders | undefined
  readonly #counts = createCounts()
  readonly #latencies = new Map<string, number>()
  readonly #windows = createReferenceWindows()

  constructor(options: FaultBookOptions) {
    this.#options = options
  }

  onExchange(agency: Agency, text: string, directed: readonly FaultOrder[] = []): ExchangeFaults {
    const asked = askedIn(text, agency.letter)
    if (asked.length === 0 && directed.length === 0 && this.#orders?.isFree(agency.id) !== false) return unspoilt
    const windows = this.#windows
    const now = this.#options.now()
    for (const one of directed) if (one.fault === 'MAINTENANCE') this.order(agency.id, one)
    const shut = asked.flatMap(({ fault, reference }) => (fault === 'MAINTENANCE' ? [reference] : []))
    for (const reference of shut) windows.begin(agency.id, reference, now)

    const due: Due = (fault, most) => {
      const direct = directed.find((one): one is OrderOf<typeof fault> & FaultOrder => one.fault === fault)
      if (direct !== undefined) return direct
      const named = asked.filter((one) => one.fault === fault && this.#isFirst(agency, fault, one.reference, most))
      return named.length > 0 ? plainOrder(fault) : this.#orders?.take(agency.id, fault)
    }
    const turned = turnedAway(agency, this.#heldUntil(agency, shut), due, now)
    const spoilt = turned === undefined ? endingOf(due, (order) => this.#latencyOf(agency, order)) : undefined
    const counted = asked.length > 0 || turned !== undefined || spoilt !== undefined
    return { unavailable: turned?.[1], ending: spoilt?.[1], fault: (turned ?? spoilt)?.[0], counted }
  }

  onDocument(agency: Agency, reference: string): DocumentFaults {
    const asked = magicOf(reference, agency.letter)
    const wished = this.#options.wishes.faultsOf(agency.id, reference)
    const due = <F extends FaultName>(fault: F, once = false): OrderOf<F> | undefined => {
      const wish = wished.find(({ order }) => order.fault === fault)
      if (wish !== undefined && (!once || this.#isFirst(agency, fault, `${reference}|${wish.brought}`)))
        return wish.order as OrderOf<F>
      if (asked.includes(fault) && (!once || this.#isFirst(agency, fault, reference))) return plainOrder(fault)
      return this.#orders?.take(agency.id, fault)
    }
    if (due('LOST') !== undefined) return { lost: true }
    const isOwn = asked.includes('DISORDER') || wished.some(({ order }) => order.fault === 'DISORDER')
    const disorder = due('DISORDER')
    return {
      lost: false,
      late: due('LATE'),
      twice: due('TWICE') !== undefined,
      nonsense: due('NONSENSE', true) !== undefined,
      corrupt: due('CORRUPT', true),
      unknownCode: due('UNKNOWNCODE', true),
      version: due('OLDER') !== undefined ? 'older' : due('NEWER') !== undefined ? 'newer' : undefined,
      disorder: disorder && { key: `${agency.id}|${isOwn ? reference : ''}`, waitMs: disorder.waitS * 1_000 },
    }
  }

  heldUntil(agency: Agency, reference: string): number | undefined {
    return this.#heldUntil(agency, [reference])
  }

  order(agency: string, ordering: Ordering): void {
    this.#orders ??= new Orders(this.#options.now)
    this.#orders.add(agency, ordering)
  }

  clear(agency: string, fault?: FaultName): void {
    this.#orders?.clear(agency, fault)
  }

  ordered(agency: string): Ordering[] {
    return this.#orders?.of(agency) ?? []
  }

  #isFirst(agency: Agency, fault: FaultName, reference: string, most = 1): boolean {
    return this.#counts.add(`${agency.id}|${fault}|${reference}`) <= most
  }

  #heldUntil(agency: Agency, references: readonly string[]): number | undefined {
    const now = this.#options.now()
    const over = references.map((reference) => this.#windows.until(agency.id, reference, now))
    const latest = Math.max(
      0,
      ...[this.#orders?.closedUntil(agency.id), ...over].filter((until) => until !== undefined),
    )
    return latest === 0 ? undefined : latest
  }

  /** The latencies of one agency are drawn by their number. */
  #latencyOf(agency: Agency, order: OrderOf<'LATENCY'>): number {
    const number = (this.#latencies.get(agency.id) ?? 0) + 1
    this.#latencies.set(agency.id, number)
    const key = `latency|${agency.id}|${number}`
    return latency(order, this.#options.draw(`${key}|1`), this.#options.draw(`${key}|2`))
  }
}

/** The order of a fault that is due: by direction, by reference (`most` times for each), or by order. */
type Due = <F extends FaultName>(fault: F, most: number) => OrderOf<F> | undefined

/** What is answered instead of the agency, and by which fault. */
function turnedAway(
  agency: Agency,
  heldUntil: number | undefined,
  due: Due,
  now: number,
): [FaultName, Unavailable] | undefined {
  if (heldUntil !== undefined) return ['MAINTENANCE', maintenanceNotice(agency, heldUntil, now)]
  const burst = due('BURST5XX', 0)
  if (burst !== undefined) return ['BURST5XX', page(burst.status ?? 503)]
  if (due('DOWN', limits.downExchanges) !== undefined) return ['DOWN', page(503)]
  const busy = due('BUSY', limits.busyExchanges)
  return busy === undefined ? undefined : ['BUSY', page(429, busy.retryAfterS)]
}

/** How the answer is spoilt, and by which fault most. */
function endingOf(due: Due, latencyOf: (order: OrderOf<'LATENCY'>) => number): [FaultName, Ending] | undefined {
  const how = due('TIMEOUT', 1) ?? due('RESET', 1) ?? due('TRUNCATED', 1) ?? due('DRIBBLE', Number.POSITIVE_INFINITY)
  const slow = due('SLOW', Number.POSITIVE_INFINITY)
  const spread = due('LATENCY', Number.POSITIVE_INFINITY)
  const fault = (how ?? slow ?? spread)?.fault
  if (fault === undefined) return undefined
  const delayMs = (slow?.delayMs ?? 0) + (spread === undefined ? 0 : latencyOf(spread))
  return [fault, { delayMs, ...(how === undefined ? {} : { how }) }]
}
