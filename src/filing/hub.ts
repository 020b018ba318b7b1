import type { Database } from '../db/database.ts'

/** Tells who waits for a declaration that something happened to it, in whatever process it happened. */
export interface Hub {
  /** Calls `onChange` whenever the declaration may have changed; returns how to stop. */
  watch(declarationId: string, onChange: () => void): () => void
  /** How many are watching. */
  watching(): number
}

export async function createHub(database: Database): Promise<Hub> {
  const watchers = new Map<string, Set<() => void>>()
  let count = 0
  await database.listen('yuchuang_events', (payload) => {
    // Empty after a reconnect: anything may have been missed.
    const ids = payload === '' ? [...watchers.keys()] : payload.split(',')
    for (const id of ids) for (const tell of watchers.get(id) ?? []) tell()
  })
  return {
    watch(declarationId, onChange) {
      const set = watchers.get(declarationId) ?? new Set()
      watchers.set(declarationId, set)
      set.add(onChange)
      count++
      return () => {
        if (!set.delete(onChange)) return
        count--
        if (set.size === 0 && watchers.get(declarationId) === set) watchers.delete(declarationId)
      }
    },
    watching: () => count,
  }
}
