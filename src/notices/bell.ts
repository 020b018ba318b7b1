import type { Database } from '../db/database.ts'

/** Tells who waits for a firm's feed that it has moved on, in whatever process that happened. */
export interface Bell {
  /** Calls `onRing` whenever it may have; returns how to stop. @param tenant undefined: anybody's */
  hear(tenant: string | undefined, onRing: () => void): () => void
  /** How many are listening. */
  listening(): number
}

export async function createBell(database: Database): Promise<Bell> {
  const listeners = new Map<symbol, { readonly tenant: string | undefined; readonly onRing: () => void }>()
  await database.listen('yuchuang_notices', (payload) => {
    // Empty after a reconnect, or when too many are meant: it may be anybody's.
    const meant = payload === '' ? undefined : new Set(payload.split(','))
    for (const { tenant, onRing } of listeners.values())
      if (meant === undefined || tenant === undefined || meant.has(tenant)) onRing()
  })
  return {
    hear(tenant, onRing) {
      const key = Symbol()
      listeners.set(key, { tenant, onRing })
      return () => void listeners.delete(key)
    },
    listening: () => listeners.size,
  }
}
