/** Why a document is turned away: our code and where, as an XPath from the root. */
export interface Fault<Code extends string = string> {
  readonly code: Code
  readonly location: string
}

/** What the parser gives for one element: text, or children and attributes by name. */
export type Found = string | { readonly [name: string]: Found | readonly Found[] }

/** One element of a document: how it is read, what is a fault. Reading never stops: a blank stands for what is missing or wrong. */
export interface Element<T> {
  read(found: readonly Found[], location: string, faults: Fault[]): T
}
type Shape = { readonly [name: string]: Element<unknown> }
type Content<S extends Shape> = { readonly [K in keyof S]: S[K] extends Element<infer T> ? T : never }

export type Format = (value: string) => boolean
export const matches =
  (pattern: RegExp): Format =>
  (value) =>
    pattern.test(value)
export const upTo =
  (length: number): Format =>
  (value) =>
    value.length <= length
export const oneOf =
  (...values: readonly string[]): Format =>
  (value) =>
    values.includes(value)
export const number = (digits: number): Format => matches(new RegExp(`^\\d{1,${digits}}$`))

/** Malformed and missing values that have codes of their own. */
export interface Codes {
  readonly missing?: string
  readonly wrong?: string
}

/** What an office that has its own two codes (a wrong structure, a wrong format) reads with. */
export function shapes({ structure, format }: { readonly structure: string; readonly format: string }) {
  /** A text that must stand there. Read as '' when it does not, or not in its format. */
  const must = (fits: Format, codes: Codes = {}): Element<string> => leaf(fits, codes, true)
  /** A text that may be left out. Read as '' then. */
  const may = (fits: Format, codes: Codes = {}): Element<string> => leaf(fits, codes, false)

  const leaf = (fits: Format, codes: Codes, required: boolean): Element<string> => ({
    read(found, location, faults) {
      const [first, ...others] = found
      if (others.length > 0 || typeof first === 'object') {
        faults.push({ code: structure, location })
        return ''
      }
      const value = first?.trim() ?? ''
      if (value === '') {
        if (required) faults.push({ code: codes.missing ?? structure, location })
        return ''
      }
      if (fits(value)) return value
      faults.push({ code: codes.wrong ?? format, location })
      return ''
    },
  })

  /** Children in their order; one that is not in the shape, or not in its place, is a fault. */
  function group<S extends Shape>(shape: S, codes: Codes & { readonly optional?: boolean } = {}): Element<Content<S>> {
    const names = Object.keys(shape)
    return {
      read(found, location, faults) {
        const [first, ...others] = found
        const children = typeof first === 'object' ? first : {}
        const text = typeof first === 'string' && first.trim() !== ''
        if (others.length > 0 || text) faults.push({ code: structure, location })
        const absent = first === undefined || Object.keys(children).length === 0
        if (absent && !codes.optional && !text) faults.push({ code: codes.missing ?? structure, location })
        faults.push(
          ...misplaced(Object.keys(children), names).map((name) => ({
            code: structure,
            location: `${location}/${name}`,
          })),
        )
        // Of a group that is not there at all, one fault is enough.
        const inner = absent ? [] : faults
        const content = names.map((name) => [
          name,
          shape[name]?.read(list(children[name]), `${location}/${name}`, inner),
        ])
        return Object.fromEntries(content) as Content<S>
      },
    }
  }

  /** An element that repeats; its place in the list, from 1, is part of the location. */
  const many = <T>(item: Element<T>, least: number, most: number): Element<readonly T[]> => ({
    read(found, location, faults) {
      if (found.length < least || found.length > most) faults.push({ code: structure, location })
      return found.slice(0, most).map((one, at) => item.read([one], `${location}[${at + 1}]`, faults))
    },
  })

  return { must, may, group, many }
}

const list = (value: Found | readonly Found[] | undefined): readonly Found[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Found]

/** Names not in the shape, and elements that stand before one they should follow; attributes have no order. */
function misplaced(found: readonly string[], due: readonly string[]): string[] {
  const elements = found.filter((name) => due.includes(name) && !name.startsWith('@'))
  const early = elements.filter((name, at) =>
    elements.slice(at + 1).some((later) => due.indexOf(later) < due.indexOf(name)),
  )
  return [...found.filter((name) => !due.includes(name)), ...early]
}
