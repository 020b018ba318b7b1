/** Filing golden cases with a mock 样例报送: what a case builds on first, then the case with the numbers this office really gave. */
import { Unintelligible } from '../../adapters/adapter.ts'
import type { Agency } from '../../mocks/agency.ts'
import type { Receipt, Reference } from '../../schemas/receipt.ts'
import type { Exchange, Finding } from '../verdict.ts'
import type { GoldenCase } from './goldens.ts'
import { type Answered, type DeskOffice, openDeskOffice } from './office.ts'
import { inWords, procedureOf, type Subject, under } from './subject.ts'

/** Longest any agency takes over an ordinary filing, simulated. */
export const longestMs = 60 * 86_400_000
/** By then every agency has something to tell of a filing: the slowest says nothing before its format check, five seconds on. */
export const firstWordMs = 60_000

export const noMock = ({ agency }: Subject): Finding[] => inWords(`there is no mock ${agency}`)
export const instantOf = ({ submission }: GoldenCase): number => Date.parse(submission.instant)

/**
 * Filings with the same agency that must come before: of the same declaration, with the particulars of a golden case of that
 * procedure that suits it. (A ship's declaration quotes the approval of its cargo.)
 */
export function before(subject: Subject, golden: GoldenCase): GoldenCase[] {
  const { declaration, references } = golden.submission
  return (procedureOf(subject, golden).after ?? [])
    .filter(
      ({ agency, procedure }) =>
        agency === subject.agency && subject.adapter.procedures[procedure]?.applies(declaration).files,
    )
    .flatMap((condition) => {
      const suits = ({ procedure, submission: { particulars } }: GoldenCase) => {
        const known = subject.adapter.procedures[procedure]
        return (
          procedure === condition.procedure &&
          known !== undefined &&
          [...known.missing(declaration, particulars), ...known.check(declaration, particulars)].length === 0
        )
      }
      const model = subject.cases.find(suits)
      if (model === undefined) return []
      const first: GoldenCase = { ...model, submission: { ...model.submission, declaration, references } }
      return [...before(subject, first), first]
    })
}

/** The cases a case says it builds on, and those they build on, in the order they are filed. */
export function builtOn(subject: Subject, golden: GoldenCase): GoldenCase[] {
  const named = golden.builtOn.map((name) => {
    const found = subject.cases.find((one) => one.name === name)
    if (found === undefined) throw new Error(`builds on ${name}, which is no case`)
    return found
  })
  return [...new Set(named.flatMap((one) => [...builtOn(subject, one), one]))].sort(
    (a, b) => instantOf(a) - instantOf(b),
  )
}

/** An office that has what a golden case builds on, at the instant of the case; and the case, with the numbers this office gave. */
export async function officeFor(subject: Subject, mock: Agency, golden: GoldenCase): Promise<Opened> {
  const first = [...builtOn(subject, golden), ...before(subject, golden)]
  const office = openDeskOffice(mock, Math.min(instantOf(golden), ...first.map(instantOf)))
  try {
    return { office, golden: withNumbers(subject, golden, await filed(subject, office, golden, first)) }
  } catch (error) {
    throw Object.assign(error as Error, { exchange: office.last })
  }
}

/** Files what a case builds on, up to the instant of the case. The names each of these filings was given, by our reference. */
async function filed(
  subject: Subject,
  office: DeskOffice,
  golden: GoldenCase,
  first: readonly GoldenCase[],
): Promise<Map<string, Reference[]>> {
  const learned = new Map<string, Reference[]>()
  for (const one of first) {
    office.advanceTo(instantOf(one))
    const numbered = withNumbers(subject, one, learned)
    const answered = subject.adapter.decode(await submit(subject, office, numbered))
    learned.set(
      one.submission.reference,
      answered.flatMap(({ references }) => references),
    )
  }
  office.advanceTo(instantOf(golden))
  const later = await laterReceipts(subject, office)
  for (const [reference, names] of learned) learned.set(reference, namesIn(later, reference, names))
  return learned
}

/** Every name that receipts give to one filing, starting from its own reference. */
function namesIn(receipts: readonly Receipt[], reference: string, names: readonly Reference[]): Reference[] {
  const all = [...names]
  for (const { references } of receipts)
    if (references.some(({ value }) => value === reference || all.some((known) => known.value === value)))
      all.push(...references)
  return all
}

/** A case whose references are those that an office really gave, scheme by scheme; what it gave no number for stays. */
function withNumbers(
  subject: Subject,
  golden: GoldenCase,
  learned: ReadonlyMap<string, readonly Reference[]>,
): GoldenCase {
  const { submission } = golden
  const numbered = (written: readonly Reference[], real: readonly Reference[]) =>
    written.map(({ scheme, value }) => ({
      scheme,
      value: real.findLast((one) => one.scheme === scheme)?.value ?? value,
    }))
  const { change } = submission
  const own = submission.references[subject.agency]
  return {
    ...golden,
    submission: {
      ...submission,
      ...(own === undefined
        ? {}
        : { references: { ...submission.references, [subject.agency]: numbered(own, [...learned.values()].flat()) } }),
      ...(change === undefined
        ? {}
        : { change: { ...change, references: numbered(change.references, learned.get(change.reference) ?? []) } }),
    },
  }
}

interface Opened {
  readonly office: DeskOffice
  readonly golden: GoldenCase
}

/** An office that has nothing a golden case builds on. */
export const emptyOffice = (_: Subject, mock: Agency, golden: GoldenCase): Opened => ({
  office: openDeskOffice(mock, instantOf(golden)),
  golden,
})

/** Does something with each golden case at a fresh office of the mock. What was asked last goes with every finding. */
export async function atTheMock(
  subject: Subject,
  find: (office: DeskOffice, golden: GoldenCase) => Promise<Finding[]>,
  cases = subject.cases,
  open: (subject: Subject, mock: Agency, golden: GoldenCase) => Opened | Promise<Opened> = officeFor,
): Promise<Finding[]> {
  const { mock } = subject
  if (mock === undefined) return noMock(subject)
  const found: Finding[] = []
  for (const written of cases) {
    let office: DeskOffice | undefined
    try {
      const opened = await open(subject, mock, written)
      office = opened.office
      found.push(...under(written.name, withExchange(await find(office, opened.golden), office.last)))
    } catch (error) {
      const { name, message, exchange = office?.last } = error as Error & { exchange?: Exchange }
      found.push(...under(written.name, withExchange(inWords(`${name}: ${message}`), exchange)))
    }
  }
  return found
}

const withExchange = (findings: readonly Finding[], exchange: Exchange | undefined): Finding[] =>
  findings.map((one) => (exchange === undefined ? one : { exchange, ...one }))

export const submit = (subject: Subject, office: DeskOffice, golden: GoldenCase): Promise<Answered> =>
  office.ask(procedureOf(subject, golden).encode(golden.submission))

/** A receipt in one line. */
export const said = ({ status, code, text, details }: Receipt): string =>
  `${status} ${code} ${text} ${JSON.stringify(details ?? {})}`

/** Receipts in an answer; none when it is nobody's document. */
export function receiptsIn({ adapter }: Subject, answered: Answered): Receipt[] {
  try {
    return adapter.decode(answered)
  } catch (error) {
    if (error instanceof Unintelligible || (error as Error).name === 'Unintelligible') return []
    throw error
  }
}

/** Receipts of everything the agency sent of its own accord, read the way the core reads them. */
export async function laterReceipts({ adapter }: Subject, office: DeskOffice): Promise<Receipt[]> {
  if (adapter.mailbox === undefined)
    return office.documents.flatMap(({ contentType, body }) => adapter.decode({ status: 200, contentType, body }))
  const page = adapter.mailbox.decode(await office.ask(adapter.mailbox.encode('0')), '0')
  const unread = page.documents.flatMap(({ unintelligible }) => unintelligible ?? [])
  if (unread.length > 0 || page.documents.length !== office.documents.length)
    throw new Error(
      `of ${office.documents.length} documents in the mailbox ${page.documents.length} were read, unintelligible: ${unread.join()}`,
    )
  return page.documents.flatMap(({ receipts }) => receipts)
}
