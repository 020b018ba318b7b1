import { limits } from '../limits.ts'

/** Numbers by name, of which the oldest are forgotten when there are too many: what is counted may not grow without end. */
export interface Counts {
  /** Counts once more. @returns how often it has now been counted */
  add(name: string): number
  get(name: string): number | undefined
  set(name: string, number: number): void
}

export function createCounts(most: number = limits.countedReferences): Counts {
  const numbers = new Map<string, number>()
  const set = (name: string, number: number) => {
    numbers.set(name, number)
    if (numbers.size > most) for (const oldest of numbers.keys().take(1)) numbers.delete(oldest)
  }
  return {
    add(name) {
      const number = (numbers.get(name) ?? 0) + 1
      set(name, number)
      return number
    },
    get: (name) => numbers.get(name),
    set,
  }
}
