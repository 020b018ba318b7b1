import { randomInt } from 'node:crypto'
import { type SampleName, sampleDeclaration, samples } from '../seeds/samples.ts'
import type { Database } from './db/database.ts'
import { makeKey } from './db/keys.ts'
import { demoTenant } from './demo-keys.ts'
import { inventFirm } from './demonstration-firm.ts'
import { type Acceptor, hashOf } from './filing/accept.ts'
import type { AcceptRequest } from './filing/compose.ts'
import { limits } from './limits.ts'
import { Problem } from './problem.ts'

/** The desk where anybody tries the window 体验: hands in a sample as a firm invented for them. */
export interface Demonstrations {
  readonly samples: { readonly [name: string]: { readonly en: string; readonly zh: string } }
  /** @param firm whose it is, where one was invented for them before */
  begin(sample: string, about: AcceptRequest['about'], firm?: string): Promise<Demonstration>
}
export interface Demonstration {
  readonly declarationId: string
  /** For a firm that was invented just now. */
  readonly access?: { readonly key: string; readonly expiresAt: Date }
}

interface Standing {
  readonly database: Database
  readonly acceptor: Acceptor
  now(): number
  /** What the agencies' clock says: a simulator's may run ahead of ours. */
  agenciesNow(): Promise<Date>
}

const serials = 1_000_000
const isSample = (name: string): name is SampleName => Object.hasOwn(samples, name)

/** Opens the desk. What is handed in there is a declaration like any other, checked and filed as all are. */
export function createDemonstrations({ database, acceptor, now, agenciesNow }: Standing): Demonstrations {
  return {
    samples,
    async begin(sample, about, known) {
      if (!isSample(sample)) throw new Problem('not-found')
      const firm = known ?? inventFirm()
      const on = await agenciesNow()
      const run = randomInt(serials)
      const lrn = `TRY-${on.toISOString().slice(2, 10).replaceAll('-', '')}-${String(run).padStart(6, '0')}`
      const declaration = sampleDeclaration(sample, { lrn, on, today: new Date(now()), run })
      // The samples are the demo broker's; here they are this firm's.
      const bytes = Buffer.from(JSON.stringify(declaration).replaceAll(demoTenant, firm))
      const answer = await acceptor.accept({
        tenant: firm,
        key: lrn,
        bodyHash: hashOf(bytes),
        mediaType: 'application/json',
        bytes,
        about,
      })
      if (answer.declarationId === undefined) throw new Error(`The sample ${sample} was refused: ${answer.body}`)
      if (known !== undefined) return { declarationId: answer.declarationId }
      const expiresAt = new Date(now() + limits.demonstrationKeyMs)
      const key = await makeKey(database, { name: 'demonstration', role: 'trader', tenant: firm, expiresAt })
      return { declarationId: answer.declarationId, access: { key, expiresAt } }
    },
  }
}

/** Asks a simulator what time it is for the agencies. @throws {Problem} unavailable */
export async function clockOf(simulatorUrl: string): Promise<Date> {
  try {
    const response = await fetch(`${simulatorUrl}/control/clock`, {
      signal: AbortSignal.timeout(limits.demonstrationClockMs),
    })
    const { now } = (await response.json()) as { now: string }
    const at = new Date(now)
    if (Number.isNaN(at.getTime())) throw new Error(`No time: ${now}`)
    return at
  } catch (cause) {
    throw new Problem('unavailable', { headers: { 'Retry-After': '5' }, cause })
  }
}
