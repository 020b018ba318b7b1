import { nonsense } from '../../mocks/simulator/faults.ts'
import type { Receipt, Reference } from '../../schemas/receipt.ts'
import { type DeskOffice, openDeskOffice } from '../support/desk.ts'
import type { GoldenCase } from '../support/goldens.ts'
import { garbageTaken } from './decode-rules.ts'
import { procedureOf, type Rule, type Subject } from './subject.ts'

/** Longest any agency takes over an ordinary filing, simulated. */
const longestMs = 60 * 86_400_000
/** By then every agency has something to tell of a filing: Singapore says nothing before its format check, five seconds on. */
const firstWordMs = 60_000

const noMock = (subject: Subject) => [`there is no mock ${subject.agency}`]
const instantOf = ({ submission }: GoldenCase) => Date.parse(submission.instant)

/**
 * Filings with the same agency that must come before: of the same declaration, with the particulars of a golden case of that
 * procedure that suits it. (A ship's declaration quotes the approval of its cargo.)
 */
function before(subject: Subject, golden: GoldenCase): GoldenCase[] {
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
export async function officeFor(
  subject: Subject,
  mock: NonNullable<Subject['mock']>,
  golden: GoldenCase,
): Promise<{ office: DeskOffice; golden: GoldenCase }> {
  const first = [...builtOn(subject, golden), ...before(subject, golden)]
  const office = openDeskOffice(mock, Math.min(instantOf(golden), ...first.map(instantOf)))
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
  return { office, golden: withNumbers(subject, golden, learned) }
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

/** Does something with each golden case at a fresh office of the mock. */
async function atTheMock(
  subject: Subject,
  find: (office: DeskOffice, golden: GoldenCase) => Promise<string[]>,
): Promise<string[]> {
  const { mock } = subject
  if (mock === undefined) return noMock(subject)
  const found: string[] = []
  for (const written of subject.cases) {
    try {
      const { office, golden } = await officeFor(subject, mock, written)
      const said = await find(office, golden)
      found.push(...said.map((what) => `${written.name}: ${what}`))
    } catch (error) {
      found.push(`${written.name}: ${(error as Error).name}: ${(error as Error).message}`)
    }
  }
  return found
}

const submit = (subject: Subject, office: DeskOffice, golden: GoldenCase) =>
  office.ask(procedureOf(subject, golden).encode(golden.submission))

const said = ({ status, code, text, details }: Receipt) => `${status} ${code} ${text} ${JSON.stringify(details ?? {})}`

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

/** The mock takes every golden document: its answer brings a receipt, and neither it nor anything said later is a refusal. */
export const mockAcceptsEveryGolden: Rule = (subject) =>
  atTheMock(subject, async (office, golden) => {
    const answered = await submit(subject, office, golden)
    const receipts = subject.adapter.decode(answered)
    office.advanceTo(instantOf(golden) + longestMs)
    const all = [...receipts, ...(await laterReceipts(subject, office))]
    return [
      ...(receipts.length > 0 ? [] : [`answered ${answered.status} without a receipt`]),
      ...all.filter(({ status }) => status === 'refused' || status === undefined).map(said),
    ]
  })

/** Whatever the mock says of a filing can be traced to it, and moves it only to statuses its procedure claims. */
export const mockIsUnderstood: Rule = (subject) =>
  atTheMock(subject, async (office, golden) => {
    const { reference, messageId } = golden.submission
    const procedure = procedureOf(subject, golden)
    const ours = subject.adapter.decode(await submit(subject, office, golden))
    office.advanceTo(instantOf(golden) + longestMs)
    const known = new Set([
      reference,
      messageId,
      ...ours.flatMap(({ references }) => references.map(({ value }) => value)),
    ])
    const later = (await laterReceipts(subject, office)).filter(({ references }) => {
      const isOurs = references.some(({ value }) => known.has(value))
      if (isOurs) for (const { value } of references) known.add(value)
      return isOurs
    })
    const strangers = (await laterReceipts(subject, office)).length - later.length
    const expected = before(subject, golden).length + golden.builtOn.length > 0 ? strangers : 0
    return [
      ...[...ours, ...later]
        .filter(({ status }) => status !== undefined && !procedure.statuses.includes(status))
        .map((one) => `a status it does not claim: ${said(one)}`),
      ...(strangers === expected ? [] : [`${strangers} documents under names nobody knows`]),
      ...(later.length > 0 || procedure.replies === 'inline' ? [] : ['no word after the first answer']),
    ]
  })

/** A second identical submission gets the first one's answer and has no second effect. */
export const mockTakesItOnce: Rule = (subject) =>
  atTheMock(subject, async (office, golden) => {
    const first = await submit(subject, office, golden)
    office.advanceTo(instantOf(golden) + longestMs)
    const [effects, documents] = [office.effects.length, office.documents.length]
    const second = await submit(subject, office, golden)
    office.advanceTo(instantOf(golden) + 2 * longestMs)
    return [
      ...(effects > 0 ? [] : ['has no effect at all']),
      ...(second.body === first.body && second.status === first.status
        ? []
        : [`answered otherwise the second time: ${second.status} ${second.body}`]),
      ...(office.effects.length === effects && office.documents.length === documents ? [] : ['had a second effect']),
    ]
  })

/** Asked by our own reference the mock tells what it has; of what never came it knows nothing. */
export const mockAnswersInquiries: Rule = (subject) =>
  atTheMock(subject, async (office, golden) => {
    const inquiry = procedureOf(subject, golden).encodeInquiry(golden.submission)
    const unknown = subject.adapter.decode(await office.ask(inquiry))
    await submit(subject, office, golden)
    office.advanceTo(instantOf(golden) + firstWordMs)
    const known = subject.adapter.decode(await office.ask(inquiry))
    return [
      ...unknown.map((one) => `told of what never came: ${said(one)}`),
      ...(known.length > 0 ? [] : ['told nothing of what it has']),
      ...known.filter(({ status }) => status === 'refused' || status === undefined).map(said),
    ]
  })

/** A page of the mailbox: garbage is unintelligible, nonsense in one document harms no other, and its cursor goes on from there. */
export const mailboxIsRobust: Rule = (subject) =>
  atTheMock(subject, async (office, golden) => {
    const { mailbox } = subject.adapter
    if (mailbox === undefined) return []
    await submit(subject, office, golden)
    office.slip(nonsense)
    office.advanceTo(instantOf(golden) + longestMs)
    const answered = await office.ask(mailbox.encode('0'))
    const { documents, cursor } = mailbox.decode(answered, '0')
    const bad = documents.filter(({ unintelligible }) => unintelligible !== undefined)
    const next = mailbox.decode(await office.ask(mailbox.encode(cursor)), cursor)
    return [
      ...(bad.length === 1 && documents.length === office.documents.length
        ? []
        : [
            `${bad.length} documents unintelligible where one is, ${documents.length} of ${office.documents.length} read`,
          ]),
      ...(bad.every(({ receipts }) => receipts.length === 0) ? [] : ['nonsense has receipts']),
      ...(next.documents.length === 0 && next.cursor === cursor ? [] : ['the cursor does not go on from there']),
      ...garbageTaken(answered.body, (reply) => mailbox.decode(reply, '0')),
    ]
  })

/** The table of outcomes names procedures the gateway has, in both languages, each magic value once. */
export const outcomesNameProcedures: Rule = (subject) => {
  const { mock } = subject
  if (mock === undefined) return noMock(subject)
  const keys = mock.outcomes.map(({ procedure, magic }) => `${procedure} ${magic}`)
  return [
    ...mock.outcomes
      .filter(({ procedure }) => subject.adapter.procedures[procedure] === undefined)
      .map(({ magic, procedure }) => `${magic} is about ${procedure}`),
    ...(new Set(keys).size === keys.length ? [] : ['a magic value stands twice']),
    ...((mock.replies === 'polled') === (subject.adapter.mailbox !== undefined)
      ? []
      : [`its documents are ${mock.replies}`]),
  ]
}
