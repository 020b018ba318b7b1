/** The clock all processes of one machine share (CLOCK_MONOTONIC), in milliseconds. */
export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6

/** The value below which a share of the values lies; 0.5 is the median. @throws {Error} of nothing */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const found = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]
  if (found === undefined) throw new Error('A quantile of no values')
  return found
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Starts `work` at a fixed pace, whether or not the one before is done; resolves when all are. */
export async function atPace<T>(count: number, perSecond: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const start = nowMs()
  const under: Promise<T>[] = []
  for (let index = 0; index < count; index++) {
    const due = start + (index * 1_000) / perSecond - nowMs()
    if (due > 0) await wait(due)
    under.push(work(index))
  }
  return Promise.all(under)
}

/** Waits until `done` says so. @throws {Error} when it takes longer than `mostMs` */
export async function until(what: string, mostMs: number, done: () => Promise<boolean>, everyMs = 25): Promise<void> {
  for (const end = nowMs() + mostMs; !(await done()); await wait(everyMs))
    if (nowMs() > end) throw new Error(`${what}: not in ${mostMs} ms`)
}
