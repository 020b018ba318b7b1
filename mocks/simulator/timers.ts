/** Real time 真实时间, handed in so that tests need not wait for it. */
export interface Timers {
  /** Epoch milliseconds. */
  now(): number
  /** Does `act` after `delayMs`, unless the function given back is called first. */
  start(delayMs: number, act: () => void): () => void
}

export const realTimers: Timers = {
  now: () => Date.now(),
  start(delayMs, act) {
    const timer = setTimeout(act, delayMs)
    // What keeps the process alive is its listening socket, not a simulated tomorrow.
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** Resolves after `ms`, or earlier when one of the signals is aborted. */
export function pause(timers: Timers, ms: number, signals: readonly AbortSignal[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const cancel = timers.start(ms, resolve)
  for (const signal of signals) {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  }
  return promise.finally(cancel)
}
