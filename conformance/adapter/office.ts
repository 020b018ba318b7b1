/** An office of a mock agency, asked directly 直连办公室: no port, no simulator, and time that only moves when told. */
import { type Agency, type Desk, magicOf, type Outgoing, type Posted } from '../../mocks/agency.ts'
import { draw } from '../../mocks/simulator/desk.ts'
import { shown } from '../exchange.ts'
import type { Exchange } from '../verdict.ts'

/** What an agency answered over HTTP. */
export interface Answered {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** An office of a mock agency at a desk whose clock only moves when told, as the simulator would mount it. */
export interface DeskOffice {
  ask(message: { method: string; path: string; contentType?: string; body?: string }): Promise<Answered>
  /** Moves the clock on, doing everything due on the way. */
  advanceTo(instantMs: number): void
  /** Puts a document among those the agency sent: nonsense, as a fault would. */
  slip(document: Outgoing): void
  /** Every document the agency sent of its own accord, oldest first. */
  readonly documents: readonly Posted[]
  /** What the agency's world now has; a duplicate must not add to it. */
  readonly effects: readonly string[]
  /** What was asked of it last, with its answer. */
  readonly last: Exchange | undefined
}

export function openDeskOffice(agency: Agency, startMs: number): DeskOffice {
  let now = startMs
  let asked = 0
  const due: { at: number; order: number; act: () => void }[] = []
  const documents: Posted[] = []
  const effects: string[] = []
  let last: Exchange | undefined
  const desk: Desk = {
    now: () => now,
    began: now,
    after: (delayMs, act) => void due.push({ at: now + delayMs, order: asked++, act }),
    draw: (key) => draw('contract', agency.id, key),
    send: (_reference, document) => void documents.push({ ...document, sequence: documents.length + 1 }),
    posted: (after, limit) => documents.filter(({ sequence }) => sequence > after).slice(0, limit),
    asked: (reference) => magicOf(reference, agency.letter),
    effect: (reference, what) => void effects.push(`${reference} ${what}`),
  }
  const app = agency.open(desk)
  return {
    slip: (document) => desk.send('', document),
    documents,
    effects,
    get last() {
      return last
    },
    async ask({ method, path, contentType, body }) {
      const headers: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType }
      const response = await app.request(path, { method, headers, ...(body === undefined ? {} : { body }) })
      const answered = await response.text()
      const request = { method, url: path, headers, ...(body === undefined ? {} : { body }) }
      last = shown({
        request,
        response: { status: response.status, headers: Object.fromEntries(response.headers), body: answered },
      })
      return { status: response.status, contentType: response.headers.get('content-type') ?? '', body: answered }
    },
    advanceTo(instantMs) {
      for (;;) {
        const [next] = due.sort((a, b) => a.at - b.at || a.order - b.order)
        if (next === undefined || next.at > instantMs) break
        due.shift()
        now = next.at
        next.act()
      }
      now = Math.max(now, instantMs)
    },
  }
}
