import { type NoteAnswer, noteAnswer } from '../../schemas/cooperation.ts'
import { endNote, leaseNotes, type NoteLease, postponeNote } from '../db/cooperation.ts'
import { transaction } from '../db/database.ts'
import { backoffMs } from '../filing/exchange.ts'
import type { Workshop } from '../filing/workshop.ts'
import { limits } from '../limits.ts'
import { Unreachable } from '../transport/transport.ts'
import { follows } from './answers.ts'
import { envelopeOf } from './envelope.ts'

/** The post between agencies 协同通道: takes notes to them, and keeps what they answer. */
export interface CooperationPost {
  /** There may be work: look at once. */
  wake(): void
  /** Takes no new work, and waits for what is under way. */
  stop(): Promise<void>
}

/** Starts it. Any number of workers may share one database: a note is leased, and an agency gets one at a time. */
export async function startCooperation(workshop: Workshop): Promise<CooperationPost> {
  const { database, adapters, log } = workshop
  const agencies = Object.keys(adapters)
  const underWay = new Set<Promise<void>>()
  let looking: Promise<void> | undefined
  let again = false
  let stopped = false

  const look = async () => {
    do {
      again = false
      if (stopped) return
      for (const lease of await leaseNotes(database, agencies, limits.leaseMs)) {
        const work = tell(workshop, lease)
          .catch((error: unknown) =>
            log.error({ err: error, note: lease.number }, 'a note to an agency failed; its lease runs out'),
          )
          .finally(() => {
            underWay.delete(work)
            wake()
          })
        underWay.add(work)
      }
    } while (again)
  }
  const wake = () => {
    if (stopped) return
    again = true
    looking ??= look()
      .catch((error: unknown) => log.error({ err: error }, 'notes to agencies could not be looked for'))
      .finally(() => {
        looking = undefined
        // Woken after the last look: look again now, not at the next poll.
        if (again) wake()
      })
  }
  await database.listen('yuchuang_cooperation', wake)
  const poll = setInterval(wake, limits.lanePollMs)
  wake()
  return {
    wake,
    async stop() {
      stopped = true
      clearInterval(poll)
      await looking
      await Promise.allSettled(underWay)
    },
  }
}

/** How an agency took a note. */
type Told =
  | { readonly verdict: 'told'; readonly body: string; readonly answer: NoteAnswer }
  | { readonly verdict: 'refused'; readonly body: string; readonly error: string }
  /** `itself`: the agency answered, and fails at this note. */
  | { readonly verdict: 'later'; readonly error: string; readonly itself: boolean; readonly retryAfterMs?: number }

async function tell(workshop: Workshop, lease: NoteLease): Promise<void> {
  const { database, adapters } = workshop
  const told = await call(workshop, lease)
  if (told.verdict === 'later' && !(told.itself && lease.tries >= limits.cooperationTries)) {
    const pause = Math.max(
      told.retryAfterMs ?? 0,
      Math.min(backoffMs(lease.tries, workshop.random), limits.cooperationPauseMostMs),
    )
    return postponeNote(database, lease, new Date(workshop.now() + pause), told.error)
  }
  const now = new Date(workshop.now())
  const state = told.verdict === 'later' ? 'set-aside' : told.verdict
  const kept = told.verdict === 'told' ? { answer: told.body } : { error: told.error }
  if (state !== 'told') workshop.log.warn({ note: lease.number, agency: lease.agency, ...kept }, `a note was ${state}`)
  await transaction(database.pool, async (client) => {
    if (!(await endNote(client, lease, state, kept, now))) return
    await follows[lease.kind]?.({ client, adapters, now }, lease, told.verdict === 'told' ? told.answer : undefined)
  })
}

async function call({ database, transport }: Workshop, lease: NoteLease): Promise<Told> {
  try {
    const wire = await envelopeOf(database.pool, lease)
    const { status, body, retryAfterMs } = await transport.call(lease.agency, wire, {
      messageId: `${lease.kind}/${lease.id}`,
    })
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
    if (status >= 200 && status < 300) {
      const answer = answerIn(body)
      if (answer === undefined) return { verdict: 'later', error: 'Unintelligible answer', itself: true }
      return { verdict: 'told', body: body.slice(0, limits.cooperationAnswer), answer }
    }
    const error = `HTTP ${status}`
    if (status >= 400 && status < 500 && status !== 408 && status !== 429)
      return { verdict: 'refused', body: body.slice(0, limits.cooperationAnswer), error }
    return { verdict: 'later', error, itself: status === 500, ...wait }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
    return { verdict: 'later', error: error.message, itself: false }
  }
}

function answerIn(body: string): NoteAnswer | undefined {
  try {
    const read = noteAnswer.safeParse(JSON.parse(body))
    return read.success ? read.data : undefined
  } catch {
    // Not JSON at all.
    return undefined
  }
}
