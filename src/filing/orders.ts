import { hostname } from 'node:os'
import { CircuitState } from 'cockatiel'
import { lockCases } from '../db/cases.ts'
import { saveChanges } from '../db/changes.ts'
import { type Database, transaction } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import { type BreakerState, claimUntold, readUntold, reportLanes, withdrawReports } from '../db/lanes.ts'
import { limits } from '../limits.ts'
import { noChanges } from './case.ts'
import type { Lane } from './lane.ts'
import type { Workshop } from './workshop.ts'

/** What a worker does about operators' orders: it reports how its breakers stand, and obeys. */
export interface Orders {
  /** A breaker may stand differently. */
  wake(): void
  stop(): Promise<void>
}

const states: { readonly [state in CircuitState]: BreakerState } = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
}

/**
 * Starts to obey operators' orders. That a lane is stopped the leases themselves know; here one that was resumed is woken, its
 * breaker forgotten, within a second even where the notice was lost.
 */
export async function startOrders(workshop: Workshop, lanes: ReadonlyMap<string, Lane>): Promise<Orders> {
  const { database, log } = workshop
  const worker = `${hostname()}-${process.pid}-${newId(workshop.now()).slice(-4)}`
  const stood = new Map<string, { state: BreakerState; since: Date }>()
  /** The newest order each lane has obeyed; a lane that starts has nothing to forget. */
  const obeyed = new Map<string, number>()
  let first = true
  let stopped = false

  const reports = () =>
    [...lanes].map(([agency, { breaker }]) => {
      const state = states[breaker.state]
      const before = stood.get(agency)
      const standing = before?.state === state ? before : { state, since: new Date(workshop.now()) }
      stood.set(agency, standing)
      return { agency, ...standing }
    })
  const round = async () => {
    const orders = await reportLanes(database, worker, reports(), limits.laneReportLeaseMs)
    for (const { agency, number, state } of orders) {
      if (!first && state === 'closed' && (obeyed.get(agency) ?? 0) < number) lanes.get(agency)?.resume()
      obeyed.set(agency, number)
    }
    first = false
    let told = 1
    while (told > 0) told = await tellOrders(database, new Date(workshop.now()))
  }
  let working: Promise<void> | undefined
  let again = false
  const wake = () => {
    if (stopped) return
    again = true
    working ??= (async () => {
      while (again) {
        again = false
        await round()
      }
    })()
      .catch((error: unknown) => log.error({ err: error }, 'orders could not be looked at'))
      .finally(() => {
        working = undefined
      })
  }
  await database.listen('yuchuang_orders', wake)
  const timer = setInterval(wake, limits.laneReportMs)
  wake()
  return {
    wake,
    async stop() {
      stopped = true
      clearInterval(timer)
      await working
      await withdrawReports(database, worker).catch((error: unknown) =>
        log.warn({ err: error }, 'the last report of the lanes runs out by itself'),
      )
    },
  }
}

/** Tells the timelines of waiting submissions that an operator stopped their lane or resumed it; gives how many. Whoever is killed leaves the rest to the next. */
export async function tellOrders(database: Database, now: Date): Promise<number> {
  const untold = await readUntold(database.pool, limits.orderToldBatch)
  if (untold.length === 0) return 0
  return transaction(database.pool, async (client) => {
    const cases = await lockCases(client, [...new Set(untold.map(({ declarationId }) => declarationId))])
    const claimed = await claimUntold(client, untold)
    const changes = noChanges()
    for (const { filingId, declarationId, agency, number, state, reason, by } of untold) {
      const at = cases.get(declarationId)
      const filing = at?.filings.find(({ id }) => id === filingId)
      if (at === undefined || filing === undefined || !claimed.has(filingId)) continue
      changes.cases.add(at)
      changes.happenings.push({
        declarationId,
        type: state === 'open' ? 'filing.lane-stopped' : 'filing.lane-resumed',
        filingId,
        data: { agency, procedure: filing.procedure, attempt: filing.attempt, by, reason, order: number },
      })
    }
    await saveChanges(client, changes, now)
    return claimed.size
  })
}
