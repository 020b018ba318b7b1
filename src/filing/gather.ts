import { limits } from '../limits.ts'

/** Puts what is to be kept into groups, each kept whole. */
export interface Gatherer<T> {
  /** Resolves when it is kept. */
  keep(one: T): Promise<void>
  /** One that was awaited will not come. */
  look(): void
}

/**
 * Groups of acceptances, one statement each: a statement costs PostgreSQL more than another row in it. A group goes when it is full, when
 * nothing else is on its way to it, or when its first has waited long enough. One that fails is kept one by one, so that only what is
 * really wrong fails.
 * @param keepGroup keeps all of a group or nothing
 * @param awaited how many are on their way that do not wait here yet
 */
export function gatherAcceptances<T>(
  keepGroup: (group: readonly T[]) => Promise<void>,
  awaited: () => number,
): Gatherer<T> {
  let waiting: { readonly one: T; resolve(): void; reject(error: unknown): void }[] = []
  let inFlight = 0
  let isDue = false
  let due: NodeJS.Timeout | undefined

  const send = async () => {
    const group = waiting.slice(0, limits.acceptBatch)
    waiting = waiting.slice(limits.acceptBatch)
    inFlight++
    try {
      await keepGroup(group.map(({ one }) => one))
      for (const { resolve } of group) resolve()
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error)
      else for (const { one, resolve, reject } of group) await keepGroup([one]).then(resolve, reject)
    }
    inFlight--
    look()
  }
  const look = () => {
    while (waiting.length > 0 && inFlight < limits.acceptBatchesInFlight) {
      if (!isDue && waiting.length < limits.acceptBatch && awaited() > 0) break
      clearTimeout(due)
      due = undefined
      isDue = false
      void send()
    }
    if (waiting.length > 0)
      due ??= setTimeout(() => {
        isDue = true
        look()
      }, limits.acceptGatherMs)
  }
  return {
    look,
    keep: (one) =>
      new Promise((resolve, reject) => {
        waiting.push({ one, resolve, reject })
        look()
      }),
  }
}
