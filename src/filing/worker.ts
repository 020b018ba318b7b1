import { issuers as registered } from '../../adapters/issuers.ts'
import type { Issuers } from '../certificates/ask.ts'
import { startIssuerLanes } from '../certificates/lane.ts'
import { startCooperation } from '../cooperation/post.ts'
import { ensureMailboxes } from '../db/deliveries.ts'
import { limits } from '../limits.ts'
import { tellDeadlines } from './deadlines.ts'
import { type Lane, startLane } from './lane.ts'
import { startOrders } from './orders.ts'
import { type MailboxPace, type MailboxReader, startMailboxReader } from './poll.ts'
import { adoptOrphans } from './record.ts'
import type { Workshop } from './workshop.ts'

export interface Worker {
  readonly lanes: ReadonlyMap<string, Lane>
  /** Something lies in a mailbox: those that may be read by now are read at once. */
  readMailboxes(): void
  /** Takes nothing new, finishes what is under way. */
  stop(): Promise<void>
}

/** How often receipts without an owner, and deadlines, are looked at again. */
const sweepMs = 2_000

/** Starts delivery: a lane an agency, a reader a mailbox. Any number of workers may share one database. */
export async function startWorker(
  workshop: Workshop,
  options: MailboxPace & { readonly issuers?: Issuers } = {},
): Promise<Worker> {
  const { adapters, database, log } = workshop
  const polled = Object.entries(adapters).flatMap(([agency, { mailbox }]) => (mailbox ? [{ agency, mailbox }] : []))
  await ensureMailboxes(
    database,
    polled.map(({ agency }) => agency),
  )
  // Set once they are obeyed; a breaker that moves before is reported then.
  let tellState: () => void = () => undefined
  const lanes = new Map<string, Lane>(
    Object.entries(adapters).map(([agency, adapter]) => [
      agency,
      startLane(workshop, agency, adapter, () => tellState()),
    ]),
  )
  const orders = await startOrders(workshop, lanes)
  const cooperation = await startCooperation(workshop)
  const issuerLanes = startIssuerLanes({ ...workshop, issuers: options.issuers ?? registered })
  tellState = orders.wake
  const readers: MailboxReader[] = polled.map(({ agency, mailbox }) =>
    startMailboxReader(workshop, agency, mailbox, options),
  )
  await database.listen('yuchuang_lanes', (payload) => {
    if (payload === '') issuerLanes.wake()
    const named = payload === '' ? [...lanes.keys()] : payload.split(',')
    for (const name of named) {
      lanes.get(name)?.wake()
      issuerLanes.wake(name)
    }
  })
  let sweeping: Promise<unknown> = Promise.resolve()
  const sweep = setInterval(() => {
    sweeping = sweeping
      .then(() => adoptOrphans(database, adapters, new Date(workshop.now()), limits.orphanRetryMs))
      .catch((error: unknown) => log.error({ err: error }, 'receipts without an owner could not be looked at'))
      .then(() => tellDeadlines(database, new Date(workshop.now())))
      .catch((error: unknown) => log.error({ err: error }, 'deadlines could not be told'))
  }, sweepMs)
  return {
    lanes,
    readMailboxes() {
      for (const reader of readers) reader.wake()
    },
    async stop() {
      clearInterval(sweep)
      await Promise.all([
        ...[...lanes.values()].map((lane) => lane.stop()),
        ...readers.map((reader) => reader.stop()),
        cooperation.stop(),
        issuerLanes.stop(),
        sweeping,
      ])
      await orders.stop()
    },
  }
}
