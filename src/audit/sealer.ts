import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'
import { closeDay, nextUnsealed, sealing } from '../db/seals.ts'
import { limits } from '../limits.ts'
import { beginning } from './hash.ts'
import { growTree } from './merkle.ts'
import { leafOf, type Signer, sealHash } from './seal.ts'

/**
 * Seals every day that ended long enough ago and has events, the oldest first; days that were missed too.
 * @returns the days it sealed; those another worker seals are its own
 */
export async function sealDays(database: Database, signer: Signer | undefined, now: Date): Promise<string[]> {
  const sealed: string[] = []
  for (;;) {
    const day = await nextUnsealed(database, new Date(now.getTime() - limits.sealGraceMs))
    if (day === undefined || !(await closeDay(database, day, now))) return sealed
    if (!(await sealDay(database, day, signer, now))) return sealed
    sealed.push(day)
  }
}

/** Seals one closed day: once over its heads to grow the tree, once more to keep each one's way to the root. */
function sealDay(database: Database, day: string, signer: Signer | undefined, now: Date): Promise<boolean> {
  return sealing(database, day, async ({ previous = beginning, heads, keepProofs, keepSeal }) => {
    const growing = growTree()
    for await (const page of heads())
      for (const { declarationId, hash } of page) growing.add(leafOf(declarationId, hash))
    const tree = growing.finish()
    let position = 0
    for await (const page of heads())
      await keepProofs(
        page.map(({ declarationId, hash }) => {
          const path = tree.pathOf(position).map((sibling) => sibling.toString('base64url'))
          return { declarationId, position: position++, head: hash, path: path.join(' ') }
        }),
      )
    const seal = { day, count: tree.count, root: tree.root.toString('base64url'), previous, at: now.toISOString() }
    const hash = sealHash(seal)
    await keepSeal({ ...seal, hash, signature: signer?.sign(hash) ?? null, key: signer?.key ?? null })
  })
}

export interface Sealer {
  /** Waits for the day it is at. */
  stop(): Promise<void>
}

/** Looks now and then whether a day is to be sealed; of several workers one does it. */
export function startSealer(
  database: Database,
  signer: Signer | undefined,
  log: Logger,
  now: () => number = Date.now,
): Sealer {
  let working: Promise<void> | undefined
  const work = () => {
    working ??= sealDays(database, signer, new Date(now()))
      .then((days) => {
        if (days.length > 0) log.info({ days }, 'days sealed')
      })
      .catch((error: unknown) => log.error({ err: error }, 'a day could not be sealed'))
      .finally(() => {
        working = undefined
      })
  }
  const timer = setInterval(work, limits.sealEveryMs)
  work()
  return {
    async stop() {
      clearInterval(timer)
      await working
    },
  }
}
