import type { Facts, View } from '../checks.ts'
import { contact, headGroup } from '../formats.ts'
import { type Element, type Fault, type Found, group, matches, may, must, oneOf, upTo } from '../shape.ts'
import { type ProcedurePath, procedures } from './index.ts'

/** What an application to change something is about 变更. */
export interface Changing {
  readonly kind: 'amendment' | 'cancellation'
  readonly path: ProcedurePath
  readonly ourReference: string
  readonly number: string
}

export interface ExaminedChange {
  readonly faults: readonly Fault[]
  /** Absent when it cannot be read what is to be changed. */
  readonly changing?: Changing
  /** What a replacement says. */
  readonly facts?: Facts
}

export const changeRoot = 'ChangeApplication'
/** Where errors of an application are found. */
export const locations = {
  changed: `/${changeRoot}/Changed/OurReference`,
  reason: `/${changeRoot}/Reason`,
} as const

const paths = Object.keys(procedures) as ProcedurePath[]

const application = {
  Head: headGroup,
  Function: must(oneOf('5', '1')),
  Changed: group({
    Procedure: must(oneOf(...paths)),
    OurReference: must(matches(/^[A-Z0-9]{1,20}$/)),
    Number: may(upTo(20)),
  }),
  Reason: must(upTo(512)),
  Contact: group(contact, { optional: true }),
}

/** The document as it is to be: examined apart, by its own rules. */
const document: Element<Found | undefined> = {
  read([first, ...others], location, faults) {
    if (first === undefined || others.length > 0) faults.push({ code: 'MA-001', location })
    return first
  },
}

/** Reads an application, and what it puts in the place of another document. */
export function examineChange(content: Found, view: View): ExaminedChange {
  const parts = typeof content === 'object' ? content : {}
  const wanted = group(application).read([content], `/${changeRoot}`, [])
  const path = paths.find((one) => one === wanted.Changed.Procedure)
  const examiner = path === undefined ? undefined : procedures[path].examiner
  const replaces = wanted.Function === '5' && examiner !== undefined
  const faults: Fault[] = []
  group({ ...application, ...(replaces ? { [examiner.root]: document } : {}) }).read(
    [content],
    `/${changeRoot}`,
    faults,
  )
  if (path === undefined || wanted.Function === '') return { faults }
  const changing: Changing = {
    kind: wanted.Function === '5' ? 'amendment' : 'cancellation',
    path,
    ourReference: wanted.Changed.OurReference,
    number: wanted.Changed.Number,
  }
  const replacement = replaces ? [parts[examiner.root]].flat()[0] : undefined
  if (!replaces || typeof replacement !== 'object') return { faults, changing }
  // It stands there without a head: that of the application is its head.
  const { Head = {} } = parts
  const examined = examiner.examine({ Head, ...(replacement as { readonly [name: string]: Found }) }, view)
  const below = examined.faults.map(({ code, location }) => ({ code, location: `/${changeRoot}${location}` }))
  return { faults: [...faults, ...below], changing, facts: examined.facts }
}
