import { beijing, instantOf } from './formats.ts'
import { apart, declareBeforeHours } from './parameters.ts'
import type { Result } from './recognised.ts'
import type { Element, Fault, Found } from './shape.ts'

/** What a check may look at beside the document. */
export interface View {
  readonly now: number
  /** Cargo approvals in force, by number. */
  readonly approvals: ReadonlyMap<string, Facts>
}

/** What the office keeps of a document to work on it later. */
export interface Facts {
  readonly etd: number
  readonly voyage: string
  readonly place: string
  /** Containers and the UN number in each. */
  readonly contents: readonly { readonly container: string; readonly unNumber: string }[]
  /** Cargo approvals a ship declaration names. */
  readonly approvals: readonly string[]
  /** Ship, or for cargo its voyage: what no change may touch, and where it stands. */
  readonly bound: { readonly to: string; readonly location: string }
  /** When an inland voyage is over, NaN for others. */
  readonly eta: number
  /** Results of other offices it carries. */
  readonly results?: readonly Result[]
}

/** One procedure's document: its form, its rules, what is kept of it. */
export interface Rules<T> {
  readonly root: string
  readonly shape: Element<T>
  readonly check: (document: T, view: View) => Fault[]
  readonly facts: (document: T) => Facts
}

export interface Examined {
  readonly faults: readonly Fault[]
  readonly facts: Facts
}

/** Reads and checks one procedure's documents. */
export interface Examiner {
  readonly root: string
  examine(found: Found, view: View): Examined
}

export const examinerOf = <T>({ root, shape, check, facts }: Rules<T>): Examiner => ({
  root,
  examine(found, view) {
    const faults: Fault[] = []
    const document = shape.read([found], `/${root}`, faults)
    // A check that stumbles over a value already named adds nothing.
    const named = ({ location }: Fault) =>
      faults.some((fault) => fault.location === location || fault.location.startsWith(`${location}/`))
    return { faults: [...faults, ...check(document, view).filter((fault) => !named(fault))], facts: facts(document) }
  },
})

/** A fault where something is wrong, none where it is right. */
export const when = (wrong: boolean, code: string, location: string): Fault[] => (wrong ? [{ code, location }] : [])

/** MA-301: measured by our clock, not by the sender's. */
export const tooLate = (etd: string, now: number, location: string): Fault[] =>
  when(etd !== '' && instantOf(etd) - now < declareBeforeHours.value * 3_600_000, 'MA-301', location)

/** Whether a certificate has run out on the day of departure. */
export const expiredAt = (expiry: string, etd: string): boolean =>
  expiry !== '' && etd !== '' && expiry < beijing(instantOf(etd)).slice(0, 10)

/** The class that rules of segregation and prohibition know: divisions of class 1 count as 1, but 1.4S as nothing. */
export const hazardOf = (declared: string): string =>
  declared === '1.4S' ? '' : declared.startsWith('1.') ? '1' : declared

/** Something dangerous in a place (a container, a bay), with every hazard it has. */
export interface Stowed {
  readonly where: string
  readonly classes: readonly string[]
  readonly location: string
}

/** MA-204: incompatible hazards in one place; named at the later of the two. */
export function conflicts(stowed: readonly Stowed[]): Fault[] {
  return stowed.flatMap((one, at) => {
    const before = stowed.slice(0, at).filter(({ where }) => where === one.where)
    return when(
      before.some((other) => incompatible(one.classes, other.classes)),
      'MA-204',
      one.location,
    )
  })
}

const incompatible = (some: readonly string[], others: readonly string[]): boolean =>
  some.map(hazardOf).some((a) => others.map(hazardOf).some((b) => isApart(a, b) || isApart(b, a)))
const isApart = (a: string, b: string): boolean => apart.pairs[a]?.includes(b) ?? false
