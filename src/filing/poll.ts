import type { Adapter } from '../../adapters/adapter.ts'
import { Unintelligible } from '../../adapters/adapter.ts'
import { isOutstanding, leaseMailbox, type MailboxLease, postponeMailbox } from '../db/deliveries.ts'
import { limits } from '../limits.ts'
import { Unreachable } from '../transport/transport.ts'
import { backoffMs } from './exchange.ts'
import type { News } from './record.ts'
import type { Workshop } from './workshop.ts'

export interface MailboxReader {
  wake(): void
  stop(): Promise<void>
}

/** How often a mailbox is read, in milliseconds. */
export interface MailboxPace {
  /** Between two readings while something is outstanding. */
  readonly mailboxBusyMs?: number
  /** How often it is looked whether a reading is due, where nobody wakes the reader. */
  readonly mailboxLookMs?: number
}

/** Reads one polled agency's mailbox, whenever it is due and no other worker does. */
export function startMailboxReader(
  workshop: Workshop,
  agency: string,
  mailbox: NonNullable<Adapter['mailbox']>,
  pace: MailboxPace = {},
): MailboxReader {
  const busyMs = pace.mailboxBusyMs ?? limits.mailboxBusyMs
  const lookMs = pace.mailboxLookMs ?? Math.min(busyMs, limits.lanePollMs)
  let stopped = false
  let failures = 0
  let reading: Promise<void> | undefined

  const read = async () => {
    for (let more = true; more; ) {
      const lease = await leaseMailbox(workshop.database, agency, limits.leaseMs)
      more = lease !== undefined && (await readPage(lease)) && !stopped
    }
  }
  /** Reads one page; true when another may follow at once. */
  const readPage = async (lease: MailboxLease): Promise<boolean> => {
    try {
      const reply = await workshop.transport.call(agency, mailbox.encode(lease.cursor), {})
      if (reply.status !== 200) throw new Unreachable(`HTTP ${reply.status}`, 'no')
      const page = mailbox.decode(reply, lease.cursor)
      failures = 0
      const full = page.documents.length > 0
      const pause = full ? 0 : (await isOutstanding(workshop.database, agency)) ? busyMs : limits.mailboxIdleMs
      const dueAt = new Date(workshop.now() + pause)
      if (full) await keepPage(page.documents.map(newsOf), { agency, fence: lease.fence, cursor: page.cursor, dueAt })
      else await postponeMailbox(workshop.database, lease, dueAt, undefined)
      return full
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Unintelligible)) throw error
      failures++
      const dueAt = new Date(workshop.now() + Math.min(limits.mailboxIdleMs * 3, backoffMs(failures, workshop.random)))
      await postponeMailbox(workshop.database, lease, dueAt, error.message)
      return false
    }
  }
  /** Documents first, then the cursor: a crash between them reads a document twice, which changes nothing. */
  const keepPage = async (documents: readonly News[], cursor: NonNullable<News['mailbox']>) => {
    await Promise.all(documents.map((news) => workshop.recorder.record(news)))
    await workshop.recorder.record({ agency, receipts: [], mailbox: cursor })
  }
  const newsOf = (document: {
    body: string
    contentType: string
    unintelligible?: string
    receipts: readonly News['receipts'][number][]
  }): News => ({
    agency,
    message: {
      kind: 'document',
      contentType: document.contentType,
      body: document.body,
      ...(document.unintelligible === undefined ? {} : { error: document.unintelligible }),
    },
    receipts: document.receipts,
  })

  const wake = () => {
    if (stopped) return
    reading ??= read()
      .catch((error: unknown) => workshop.log.error({ err: error, agency }, 'mailbox could not be read'))
      .finally(() => {
        reading = undefined
      })
  }
  const timer = setInterval(wake, lookMs)
  wake()
  return {
    wake,
    async stop() {
      stopped = true
      clearInterval(timer)
      await reading
    },
  }
}
