/**
 * The post between agencies and their customer 收发室: a document that is sent goes through the faults its reference asks
 * for, gets its number, and lies in the agency's mailbox or goes to the pusher.
 */
import type { Agency, Outgoing, Posted } from '../agency.ts'
import type { Clock } from './clock.ts'
import { type FaultBook, faultsIn, leavingFor } from './faults.ts'
import type { Journal } from './journal.ts'
import type { Pusher } from './push.ts'

export interface PostOptions {
  /** Part of each message's id, so that two memories never use the same. */
  readonly run: string
  readonly clock: Clock
  readonly faults: FaultBook
  readonly journal: Journal
  readonly pusher: Pusher
}

export interface Post {
  send(agency: Agency, reference: string, document: Outgoing): void
  /** A page of the mailbox, and whether it holds anything nobody had fetched before. */
  look(agency: string, after: number, limit: number): { documents: readonly Posted[]; fresh: boolean }
  /** How many documents lie in mailboxes and were never fetched. */
  unfetched(): number
}

interface Letter {
  readonly agency: Agency
  readonly reference: string
  readonly document: Outgoing
}

interface Mailbox {
  readonly documents: Posted[]
  /** The highest sequence number anybody was given. */
  fetched: number
}

export function createPost({ run, clock, faults, journal, pusher }: PostOptions): Post {
  const numbers = new Map<string, number>()
  const mailboxes = new Map<string, Mailbox>()
  const awaitingPartner = new Map<string, () => void>()

  function mailboxOf(agency: string): Mailbox {
    const mailbox = mailboxes.get(agency) ?? { documents: [], fetched: 0 }
    mailboxes.set(agency, mailbox)
    return mailbox
  }

  function leave({ agency, reference, document }: Letter): void {
    const number = (numbers.get(agency.id) ?? 0) + 1
    numbers.set(agency.id, number)
    const id = `msg_${run}_${agency.id}_${number}`
    const { name, contentType, body } = document
    journal.note({ kind: 'document', agency: agency.id, references: [reference], id, name, contentType, body })
    if (agency.replies === 'pushed') {
      pusher.add({ id, agency: agency.id, reference, document })
      return
    }
    const { documents } = mailboxOf(agency.id)
    documents.push({ ...document, sequence: documents.length + 1 })
    clock.look()
  }

  /** The first of two waits; the second goes, and then the first. */
  function swap({ key, waitMs }: { key: string; waitMs: number }, go: () => void): void {
    const first = awaitingPartner.get(key)
    if (first !== undefined) {
      awaitingPartner.delete(key)
      go()
      first()
      return
    }
    awaitingPartner.set(key, go)
    clock.after(waitMs, 'post', () => {
      if (awaitingPartner.get(key) !== go) return
      awaitingPartner.delete(key)
      go()
    })
  }

  return {
    send(agency, reference, document) {
      const how = faults.onDocument(agency, reference)
      for (const fault of faultsIn(how))
        journal.note({ kind: 'fault', agency: agency.id, references: [reference], fault, what: document.name })
      const leaving = leavingFor(agency, document, how)
      const leaveAll = () => {
        const until = faults.heldUntil(agency, reference)
        if (until !== undefined) return clock.after(until - clock.now(), 'post', leaveAll)
        for (const one of leaving) leave({ agency, reference, document: one })
      }
      const { late, disorder } = how
      const go = late === undefined ? leaveAll : () => clock.after(late.byS * 1_000, 'post', leaveAll)
      if (disorder === undefined) go()
      else swap(disorder, go)
    },
    look(agency, after, limit) {
      const mailbox = mailboxOf(agency)
      const from = Math.max(0, after)
      const documents = mailbox.documents.slice(from, from + Math.max(0, limit))
      const last = documents.at(-1)?.sequence ?? 0
      const fresh = last > mailbox.fetched
      if (fresh) mailbox.fetched = last
      return { documents, fresh }
    },
    unfetched: () => mailboxes.values().reduce((sum, { documents, fetched }) => sum + documents.length - fetched, 0),
  }
}
