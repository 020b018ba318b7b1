import type { Content, Fee } from '../../../schemas/fees/entries.ts'

/** A stretch of days 有效期间, both ends included; open where there is no end. */
export interface Stretch {
  readonly from: string
  readonly to: string | undefined
}

const dayMs = 86_400_000
const shifted = (day: string, by: number) => new Date(Date.parse(day) + by * dayMs).toISOString().slice(0, 10)
export const dayBefore = (day: string): string => shifted(day, -1)
export const dayAfter = (day: string): string => shifted(day, 1)
export const addDays = shifted

/** The days something holds; undefined where it ends before it begins. */
export const stretchOf = ({ validFrom, validTo }: { validFrom: string; validTo?: string | undefined }) =>
  stretch(validFrom, validTo)

const stretch = (from: string, to: string | undefined): Stretch | undefined =>
  to !== undefined && to < from ? undefined : { from, to }

/** The days both hold. */
export function bothOf(a: Stretch | undefined, b: Stretch | undefined): Stretch | undefined {
  if (a === undefined || b === undefined) return undefined
  const to = a.to === undefined || (b.to !== undefined && b.to < a.to) ? b.to : a.to
  return stretch(a.from > b.from ? a.from : b.from, to)
}

/** The days from which an edition holds on. */
export const since = (day: string): Stretch => ({ from: day, to: undefined })

/** The days a fee may be charged by an edition that holds from a day on; undefined where it is over by then. */
export const chargedIn = (fee: Fee, day: string): Stretch | undefined => bothOf(stretchOf(fee), since(day))

/** The days a document is in force 有效: until it ends or is taken back. */
export const inForce = (basis: Content<'basis'>): Stretch | undefined =>
  bothOf(
    stretchOf(basis),
    basis.withdrawn === undefined ? since('0000-01-01') : { from: '0000-01-01', to: dayBefore(basis.withdrawn.on) },
  )
