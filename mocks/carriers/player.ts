/** Plays journeys 动态播放: posts what carriers would tell over HTTP, each event when the simulated clock comes to it. */
import type { Clock } from '../simulator/clock.ts'
import type { Journal } from '../simulator/journal.ts'
import { limits } from '../simulator/limits.ts'
import type { Send } from '../simulator/push.ts'
import { pause, type Timers } from '../simulator/timers.ts'
import type { Corridor } from './corridors.ts'
import { type Journey, tellingsOf } from './script.ts'

/** What became of a journey so far. */
export interface Played {
  readonly corridor: string
  readonly equipment: string
  readonly events: number
  readonly firstAt: string
  readonly lastAt: string
  taken: number
  refused: number
  /** Nobody took them, however often they were sent. */
  lost: number
}

export interface Player {
  /** @param keyOf the key of whoever tells something */
  play(corridor: Corridor, journey: Journey, keyOf: (publisher: string) => string): Played
  played(): readonly Played[]
  /** Events that are being sent. */
  waiting(): number
  settled(): Promise<void>
  stop(): void
}

const tries = 5
const journeysShown = 100

export function createPlayer(options: {
  readonly clock: Clock
  readonly journal: Journal
  readonly timers: Timers
  readonly gatewayUrl: string
  readonly send: Send
}): Player {
  const { clock, journal, timers, gatewayUrl, send } = options
  const played: Played[] = []
  const stopping = new AbortController()
  let line: Promise<void> = Promise.resolve()
  let waiting = 0

  /** One try. A status of 207 with everything kept or known is taken; undefined: nobody answered. */
  const post = async (body: string, key: string): Promise<number | undefined> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(limits.pushTimeoutMs)])
    try {
      return (await send(`${gatewayUrl}/v1/movements`, { method: 'POST', headers, body, signal })).status
    } catch {
      return undefined
    }
  }
  const deliver = async (event: object, key: string, journey: Journey, record: Played): Promise<void> => {
    const body = JSON.stringify(event)
    for (let count = 1; !stopping.signal.aborted; count++) {
      const status = await post(body, key)
      const about = { agency: 'carriers', references: [journey.equipment], method: 'POST', path: '/v1/movements', body }
      journal.note({
        kind: 'exchange',
        direction: 'out',
        ...about,
        ...(status === undefined ? { error: 'no answer' } : { status }),
      })
      const again = status === undefined || status >= 500 || status === 429
      if (status !== undefined && status < 300) record.taken += 1
      else if (!again) record.refused += 1
      else if (count < tries) {
        await pause(timers, limits.pushRetryFirstMs * 2 ** count, [stopping.signal])
        continue
      } else record.lost += 1
      return
    }
  }
  return {
    play(corridor, journey, keyOf) {
      const tellings = tellingsOf(corridor, journey)
      const iso = (at: number | undefined) => new Date(at ?? journey.startAt).toISOString()
      const record: Played = {
        corridor: corridor.id,
        equipment: journey.equipment,
        events: tellings.length,
        firstAt: iso(tellings[0]?.at),
        lastAt: iso(tellings.at(-1)?.at),
        taken: 0,
        refused: 0,
        lost: 0,
      }
      for (const { by, at, event } of tellings)
        clock.after(at - clock.now(), 'carriers', () => {
          waiting += 1
          // One after the other: what comes in disorder does so because it was asked for.
          line = line.then(async () => {
            await deliver(event, keyOf(by), journey, record)
            waiting -= 1
            clock.look()
          })
        })
      played.push(record)
      if (played.length > journeysShown) played.shift()
      return record
    },
    played: () => played,
    waiting: () => waiting,
    async settled() {
      for (let last; last !== line; ) {
        last = line
        await line
      }
    },
    stop: () => stopping.abort(),
  }
}
