/** What the simulator's tests share: real time that only moves when told to, two small agencies, a customer. */
import { Hono } from 'hono'
import type { Agency } from '../../mocks/agency.ts'
import { createSimulator, type Simulator, type SimulatorOptions } from '../../mocks/server.ts'
import type { PushRequest } from '../../mocks/simulator/push.ts'
import type { Timers } from '../../mocks/simulator/timers.ts'

export const startAt = Date.UTC(2026, 10, 2, 1, 0)

export interface HandTimers extends Timers {
  /** Lets real time pass, doing what falls due, and lets promises settle after each. */
  pass(ms: number): Promise<void>
}

export function handTimers(at = Date.UTC(2026, 10, 21, 8, 0)): HandTimers {
  const due: { at: number; act: () => void }[] = []
  return {
    now: () => at,
    start(delayMs, act) {
      const one = { at: at + delayMs, act }
      due.push(one)
      return () => {
        const index = due.indexOf(one)
        if (index >= 0) due.splice(index, 1)
      }
    },
    async pass(ms) {
      const until = at + ms
      await turn()
      for (;;) {
        const [next] = due.toSorted((a, b) => a.at - b.at)
        if (next === undefined || next.at > until) break
        due.splice(due.indexOf(next), 1)
        at = Math.max(at, next.at)
        next.act()
        await turn()
      }
      at = until
    },
  }
}

/** Lets everything that waits for nothing but its turn go on. */
export async function turn(): Promise<void> {
  for (let turns = 0; turns < 5; turns += 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve)
    })
  }
}

interface Submission {
  readonly reference: string
  /** When each document leaves, in simulated seconds; the documents are named 1, 2, 3 … */
  readonly afterSeconds?: readonly number[]
}

/** An office that knows a reference by its first submission, and answers with documents at the times asked for. */
function office(id: string, letter: string, replies: Agency['replies']): Agency {
  return {
    id,
    letter,
    replies,
    name: { en: id, zh: id },
    outcomes: [{ magic: 'FINE', procedure: 'declare', does: { en: 'all is fine', zh: '正常' } }],
    open(desk) {
      const known = new Map<string, object>()
      const app = new Hono()
      app.post('/submit', async (c) => {
        const { reference, afterSeconds = [] } = await c.req.json<Submission>()
        const before = known.get(reference)
        if (before !== undefined) return c.json({ ...before, duplicate: true })
        const number = Math.floor(desk.draw(reference) * 1e6)
        const answer = { reference, number, at: desk.now() }
        known.set(reference, answer)
        desk.effect(reference, 'declared')
        for (const [index, seconds] of afterSeconds.entries()) {
          desk.after(seconds * 1000, () => {
            const body = JSON.stringify({ reference, name: index + 1, at: desk.now() })
            desk.send(reference, { name: String(index + 1), contentType: 'application/json', body })
          })
        }
        return c.json(answer)
      })
      app.post('/fail-later', (c) => {
        desk.after(1000, () => {
          throw new Error('a mock that is broken')
        })
        return c.text('ok')
      })
      app.get('/known', (c) => c.json([...known.keys()]))
      app.get('/mailbox', (c) => c.json(desk.posted(Number(c.req.query('after') ?? 0), 100)))
      return app
    },
  }
}

export const pushing = office('harbour', 'H', 'pushed')
export const polled = office('island', 'I', 'polled')

export interface Pushed {
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
}

/** A customer's gateway: keeps what it got, and answers as it is told, 202 by default. */
export function customer() {
  const got: Pushed[] = []
  const answers: (number | Error | 'silence')[] = []
  return {
    got,
    /** What the next pushes are answered. */
    answers,
    /** The names of the documents that came, in order. */
    names: () =>
      got.map(({ body }) => (body.startsWith('{') ? String((JSON.parse(body) as { name: number }).name) : 'page')),
    fetch: (url: string, { headers, body }: PushRequest): Promise<{ status: number }> => {
      got.push({ url, headers, body })
      const answer = answers.shift() ?? 202
      if (answer === 'silence') return new Promise(() => undefined)
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ status: answer })
    },
  }
}

export interface Stage {
  readonly simulator: Simulator
  readonly timers: HandTimers
  readonly gateway: ReturnType<typeof customer>
  readonly submit: (reference: string, afterSeconds?: readonly number[], agency?: string) => Promise<Response>
  /** Moves simulated time on and lets the documents arrive. */
  readonly advance: (seconds: number) => Promise<void>
  readonly mailbox: (after?: number) => Promise<{ sequence: number; name: string }[]>
  readonly control: (method: string, path: string, body?: object) => Promise<Response>
}

/** A simulator with both agencies, a frozen clock and time in hand; options change what a test is about. */
export function stage(options: Partial<SimulatorOptions> = {}): Stage {
  const timers = handTimers()
  const gateway = customer()
  const simulator = createSimulator({
    agencies: [pushing, polled],
    callbackUrl: 'http://gateway.test',
    mode: 'frozen',
    startAt,
    timers,
    random: () => 1,
    fetch: gateway.fetch,
    ...options,
  })
  const json = (method: string, body: object) => ({ method, body: JSON.stringify(body) })
  return {
    simulator,
    timers,
    gateway,
    submit: async (reference, afterSeconds = [], agency = 'harbour') =>
      simulator.app.request(`/${agency}/submit`, json('POST', { reference, afterSeconds })),
    async advance(seconds) {
      await simulator.clock.advance(seconds * 1000)
      await simulator.settled()
    },
    async mailbox(after = 0) {
      const answer = await simulator.app.request(`/island/mailbox?after=${after}`)
      return (await answer.json()) as { sequence: number; name: string }[]
    },
    control: async (method, path, body) =>
      simulator.app.request(`/control${path}`, body === undefined ? { method } : json(method, body)),
  }
}
