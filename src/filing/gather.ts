import { limits } from '../limits.ts'

/** Puts what is to be kept into groups, each kept whole. */
export interface Gatherer<T> {
  /** Resolves when it is kept. */
  keep(one: T): Promise<void>
  /** What was awaited may have changed. */
  look(): void
}

interface Waiting<T> {
  readonly one: T
  resolve(): void
  reject(error: unknown): void
}

/** Whether the database says no to what it was given: data exceptions and violated constraints (SQLSTATE classes 22 and 23). */
const isOfContents = (error: unknown): boolean => /^2[23]/.test(String((error as { code?: unknown }).code))

/**
 * Groups of acceptances, one statement each: a statement costs PostgreSQL more than another row in it. A group goes when it is full, when
 * nothing else is on its way to it, or when its first has waited long enough. One that the database refuses for what is in it is halved
 * until only what is really wrong fails; one that fails for another reason is tried once more, and then fails as a whole.
 * @param keepGroup keeps all of a group or nothing
 * @param awaited how many are on their way that do not wait here yet
 */
export function gatherAcceptances<T>(
  keepGroup: (group: readonly T[]) => Promise<void>,
  awaited: () => number,
): Gatherer<T> {
  let waiting: Waiting<T>[] = []
  let inFlight = 0
  let isDue = false
  let due: NodeJS.Timeout | undefined

  const keepAll = async (group: readonly Waiting<T>[], isFirst = true): Promise<void> => {
    try {
      await keepGroup(group.map(({ one }) => one))
      for (const { resolve } of group) resolve()
    } catch (error) {
      if (group.length > 1 && isOfContents(error)) {
        const half = Math.floor(group.length / 2)
        await keepAll(group.slice(0, half))
        await keepAll(group.slice(half))
      } else if (group.length > 1 && isFirst) await keepAll(group, false)
      else for (const { reject } of group) reject(error)
    }
  }
  const send = async () => {
    const group = waiting.slice(0, limits.acceptBatch)
    waiting = waiting.slice(limits.acceptBatch)
    inFlight++
    await keepAll(group)
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
