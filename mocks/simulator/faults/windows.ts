/** When agencies are under maintenance 停机维护时段: all of one, or towards one reference. Simulated epoch milliseconds. */
import { limits } from '../limits.ts'
import { createCounts } from './counts.ts'
import type { OrderOf } from './order.ts'

export interface Window {
  readonly from: number
  readonly until: number
}

/** The window an order asks for that comes at `now`. */
export function windowOf({ from, until, forS }: OrderOf<'MAINTENANCE'>, now: number): Window {
  const begins = from === undefined ? now : Date.parse(from)
  const lasts = forS === undefined ? limits.maintenanceSimulatedMs : forS * 1_000
  return { from: begins, until: until === undefined ? begins + lasts : Date.parse(until) }
}

/** Windows that references ask for: each begins when an exchange first names the reference. */
export function createReferenceWindows() {
  const began = createCounts()
  return {
    /** Begins the window of a reference, unless it has had it. */
    begin(agency: string, reference: string, now: number): void {
      const key = `${agency}|${reference}`
      if (began.get(key) === undefined) began.set(key, now)
    },
    /** When the window of a reference is over; undefined where none is open. */
    until(agency: string, reference: string, now: number): number | undefined {
      const from = began.get(`${agency}|${reference}`)
      const until = from === undefined ? 0 : from + limits.maintenanceSimulatedMs
      return until > now ? until : undefined
    },
  }
}
