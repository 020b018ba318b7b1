/** What must have been filed before a case can be 前序申报, and the numbers the agency really gave it. */
import type { Receipt, Reference } from '../../schemas/receipt.ts'
import type { Answer } from '../http.ts'
import { openPlace, type Place } from './place.ts'
import { type AgencyCase, type AgencySubject, instantOf, procedureOf } from './subject.ts'

/** A place where everything a case needs has been filed, at the case's instant; and the case, with the numbers given there. */
export interface Prepared {
  readonly place: Place
  readonly golden: AgencyCase
  /** How many filings came before. */
  readonly before: number
}

/** Opens a place for a case and prepares it; the caller closes it. */
export async function prepare(subject: AgencySubject, golden: AgencyCase): Promise<Prepared> {
  const first = [...builtOn(subject, golden), ...before(subject, golden)]
  const start = Math.min(instantOf(golden), ...first.map(instantOf))
  const place = await openPlace(subject, start)
  try {
    const learned = new Map<string, Reference[]>()
    let now = start
    const until = async (instant: number) => {
      if (instant > now) await place.pass(instant - now)
      now = Math.max(now, instant)
    }
    for (const one of first) {
      await until(instantOf(one))
      const numbered = withNumbers(subject, place.named(one), learned)
      const receipts = subject.adapter.decode(await submit(subject, place, numbered))
      learned.set(
        numbered.submission.reference,
        receipts.flatMap(({ references }) => references),
      )
    }
    await until(instantOf(golden))
    if (first.length > 0) {
      const later = (await place.letters()).flatMap(({ receipts }) => receipts)
      for (const [reference, names] of learned) learned.set(reference, namesIn(later, reference, names))
    }
    return { place, golden: withNumbers(subject, place.named(golden), learned), before: first.length }
  } catch (error) {
    await place.close()
    throw error
  }
}

export const submit = (subject: AgencySubject, place: Place, golden: AgencyCase): Promise<Answer> =>
  place.ask(procedureOf(subject, golden).encode(golden.submission))

/** The cases a case says it builds on, and those they build on, in the order they are filed. */
export function builtOn(subject: AgencySubject, golden: AgencyCase): AgencyCase[] {
  const named = golden.builtOn.map((name) => {
    const known = subject.cases.find((one) => one.name === name)
    if (known === undefined) throw new Error(`${golden.name} builds on ${name}, which is no case`)
    return known
  })
  return [...new Set(named.flatMap((one) => [...builtOn(subject, one), one]))].sort(
    (a, b) => instantOf(a) - instantOf(b),
  )
}

/**
 * Filings with the same agency that must come before: of the same declaration, with the particulars of a case of that procedure
 * that suits it. (A ship's declaration quotes the approval of its cargo.)
 */
export function before(subject: AgencySubject, golden: AgencyCase): AgencyCase[] {
  const { declaration, references } = golden.submission
  const { procedures } = subject.adapter
  return (procedureOf(subject, golden).after ?? [])
    .filter(({ agency, procedure }) => agency === subject.agency && procedures[procedure]?.applies(declaration).files)
    .flatMap((condition) => {
      const model = subject.cases.find(({ procedure, submission: { particulars } }) => {
        const known = procedures[procedure]
        return (
          procedure === condition.procedure &&
          known !== undefined &&
          [...known.missing(declaration, particulars), ...known.check(declaration, particulars)].length === 0
        )
      })
      if (model === undefined) return []
      const first: AgencyCase = { ...model, submission: { ...model.submission, declaration, references } }
      return [...before(subject, first), first]
    })
}

/** Every name that receipts give to one filing, starting from its own. */
function namesIn(receipts: readonly Receipt[], reference: string, names: readonly Reference[]): Reference[] {
  const all = [...names]
  for (const { references } of receipts)
    if (references.some(({ value }) => value === reference || all.some((known) => known.value === value)))
      all.push(...references)
  return all
}

/** A case whose references are those the agency really gave, scheme by scheme; what it gave no number for stays. */
function withNumbers(
  { agency }: AgencySubject,
  golden: AgencyCase,
  learned: ReadonlyMap<string, readonly Reference[]>,
): AgencyCase {
  const { submission } = golden
  const numbered = (written: readonly Reference[], real: readonly Reference[]) =>
    written.map(({ scheme, value }) => ({
      scheme,
      value: real.findLast((one) => one.scheme === scheme)?.value ?? value,
    }))
  const { change } = submission
  const own = submission.references[agency]
  const all = [...learned.values()].flat()
  return {
    ...golden,
    submission: {
      ...submission,
      ...(own === undefined ? {} : { references: { ...submission.references, [agency]: numbered(own, all) } }),
      ...(change === undefined
        ? {}
        : { change: { ...change, references: numbered(change.references, learned.get(change.reference) ?? []) } }),
    },
  }
}

/** Cases that need nothing to have come before them. */
export const plainCases = (subject: AgencySubject): readonly AgencyCase[] =>
  subject.cases.filter(
    (one) => one.builtOn.length === 0 && one.submission.attempt === 1 && before(subject, one).length === 0,
  )

/** One of them. @throws {Error} when there is none */
export function plainCase(subject: AgencySubject): AgencyCase {
  const [plain] = plainCases(subject)
  if (plain === undefined) throw new Error(`${subject.agency}: no case stands alone`)
  return plain
}
