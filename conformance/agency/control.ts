/** The simulator's control 控制接口, as far as the kit uses it: sessions of its own, and their clocks. */
import { type Answer, ask } from '../http.ts'
import { limits } from '../limits.ts'
import type { AgencySubject } from './subject.ts'

export interface Session {
  readonly id: string
  /** Header that makes a request belong to it. */
  readonly headers: Readonly<Record<string, string>>
  advance(ms: number): Promise<void>
  /** Waits until nothing that was pushed is on its way. */
  delivered(): Promise<void>
  end(): Promise<void>
}

/** A session whose clock stands at an instant. @throws {Error} when control does not give one */
export async function openSession(subject: AgencySubject, atMs: number, box: string): Promise<Session> {
  const { callback } = subject
  const made = await control(subject, 'POST', '/sessions', {}, [201], {
    seed: 'conformance',
    mode: 'frozen',
    startAt: new Date(atMs).toISOString(),
    ...(callback === undefined ? {} : { callbackUrl: `${callback.url}/${box}` }),
  })
  const { id } = JSON.parse(made.body) as { id: string }
  return sessionOf(subject, id, async () => {
    await control(subject, 'DELETE', `/sessions/${id}`, {}, [200, 202, 204])
  })
}

/** A session that was there before, and stays. */
export const existingSession = (subject: AgencySubject, id: string): Session =>
  sessionOf(subject, id, () => Promise.resolve())

function sessionOf(subject: AgencySubject, id: string, end: () => Promise<void>): Session {
  const headers = { 'x-sim-session': id }
  return {
    id,
    headers,
    async advance(ms) {
      await control(subject, 'POST', '/clock/advance', headers, [200], { ms })
    },
    async delivered() {
      for (const until = performance.now() + subject.patienceMs; performance.now() < until; ) {
        const { body } = await control(subject, 'GET', '/health', headers, [200])
        const { inFlight } = JSON.parse(body) as { inFlight: { pushes: number } }
        if (inFlight.pushes === 0) return
        await later(limits.lookMs)
      }
    },
    end,
  }
}

async function control(
  subject: AgencySubject,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  wanted: readonly number[],
  body?: object,
): Promise<Answer> {
  const answer = await ask(subject.fetch, {
    method,
    url: `${(subject.controlUrl ?? '').replace(/\/+$/, '')}${path}`,
    headers: {
      ...headers,
      ...authorization(subject),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!wanted.includes(answer.status))
    throw new Error(`control answered ${method} ${path} with ${answer.status}: ${answer.body.slice(0, 200)}`)
  return answer
}

export const authorization = ({ apiKey }: AgencySubject): Record<string, string> =>
  apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }

export const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
