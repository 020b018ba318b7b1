/** What a mock does 模拟机构行为: takes golden cases once, tells what it has, and is understood. */
import { aboutCode } from './decode-rules.ts'
import {
  atTheMock,
  before,
  emptyOffice,
  firstWordMs,
  instantOf,
  laterReceipts,
  longestMs,
  noMock,
  receiptsIn,
  said,
  submit,
} from './filing.ts'
import { inWords, pointerTo, procedureOf, type Rule } from './subject.ts'

/** The mock takes every golden document: its answer brings a receipt, and neither it nor anything said later is a refusal. */
export const mockAcceptsEveryGolden: Rule = (subject) =>
  atTheMock(subject, async (office, golden) => {
    const answered = await submit(subject, office, golden)
    const receipts = subject.adapter.decode(answered)
    const { last } = office
    office.advanceTo(instantOf(golden) + longestMs)
    const all = [...receipts, ...(await laterReceipts(subject, office))]
    return [
      ...inWords(...(receipts.length > 0 ? [] : [`answered ${answered.status} without a receipt`])),
      ...all
        .filter(({ status }) => status === 'refused' || status === undefined)
        .map((one) => aboutCode(said(one), answered.body, one)),
    ].map((one) => ({ ...one, ...(last === undefined ? {} : { exchange: last }) }))
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
    const all = await laterReceipts(subject, office)
    const later = all.filter(({ references }) => {
      const isOurs = references.some(({ value }) => known.has(value))
      if (isOurs) for (const { value } of references) known.add(value)
      return isOurs
    })
    const strangers = all.length - later.length
    const expected = before(subject, golden).length + golden.builtOn.length > 0 ? strangers : 0
    return inWords(
      ...[...ours, ...later]
        .filter(({ status }) => status !== undefined && !procedure.statuses.includes(status))
        .map((one) => `a status it does not claim: ${said(one)}`),
      ...(strangers === expected ? [] : [`${strangers} documents under names nobody knows`]),
      ...(later.length > 0 || procedure.replies === 'inline' ? [] : ['no word after the first answer']),
    )
  })

/** A second identical submission gets the first one's answer and has no second effect. */
export const mockTakesItOnce: Rule = (subject) =>
  atTheMock(subject, async (office, golden) => {
    const first = await submit(subject, office, golden)
    office.advanceTo(instantOf(golden) + longestMs)
    const [effects, documents] = [office.effects.length, office.documents.length]
    const second = await submit(subject, office, golden)
    office.advanceTo(instantOf(golden) + 2 * longestMs)
    return inWords(
      ...(effects > 0 ? [] : ['has no effect at all']),
      ...(second.body === first.body && second.status === first.status
        ? []
        : [`answered otherwise the second time: ${second.status} ${second.body}`]),
      ...(office.effects.length === effects && office.documents.length === documents ? [] : ['had a second effect']),
    )
  })

/** Asked by our own reference the mock tells what it has; of what never came it knows nothing. */
export const mockAnswersInquiries: Rule = (subject) =>
  atTheMock(subject, async (office, golden) => {
    const inquiry = procedureOf(subject, golden).encodeInquiry(golden.submission)
    const unknown = subject.adapter.decode(await office.ask(inquiry))
    await submit(subject, office, golden)
    office.advanceTo(instantOf(golden) + firstWordMs)
    const known = subject.adapter.decode(await office.ask(inquiry))
    return inWords(
      ...unknown.map((one) => `told of what never came: ${said(one)}`),
      ...(known.length > 0 ? [] : ['told nothing of what it has']),
      ...known.filter(({ status }) => status === 'refused' || status === undefined).map(said),
    )
  })

/**
 * An answer that was lost is made good by asking: whatever the agency says later bears a name that we know without it, our
 * own or one the inquiry taught.
 */
export const lostAnswerIsMadeGood: Rule = (subject) =>
  atTheMock(subject, async (office, golden) => {
    const { reference, messageId } = golden.submission
    const earlier = office.documents.length
    const lost = receiptsIn(subject, await submit(subject, office, golden))
    office.advanceTo(instantOf(golden) + firstWordMs)
    const told = subject.adapter.decode(await office.ask(procedureOf(subject, golden).encodeInquiry(golden.submission)))
    office.advanceTo(instantOf(golden) + longestMs)
    const later = await laterReceipts(subject, office)
    const ours = (values: ReadonlySet<string>) => {
      const known = new Set(values)
      return later.filter(({ references }) => {
        const isOurs = references.some(({ value }) => known.has(value))
        if (isOurs) for (const { value } of references) known.add(value)
        return isOurs
      }).length
    }
    const names = (receipts: typeof lost) => receipts.flatMap(({ references }) => references.map(({ value }) => value))
    const [with_, without] = [
      ours(new Set([reference, messageId, ...names(lost)])),
      ours(new Set([reference, messageId, ...names(told)])),
    ]
    return inWords(
      ...(without >= with_
        ? []
        : [`${with_ - without} of ${later.length - earlier} documents are about a name only the lost answer told`]),
    )
  })

/** What changes or takes back a filing that never came is turned away. */
export const changeOfNothingIsRefused: Rule = (subject) =>
  atTheMock(
    subject,
    async (office, golden) => {
      const answered = receiptsIn(subject, await submit(subject, office, golden))
      const { last } = office
      office.advanceTo(instantOf(golden) + longestMs)
      const all = [...answered, ...(await laterReceipts(subject, office))]
      return inWords(
        ...(all.some(({ status }) => status === 'refused') ? [] : ['is not refused']),
        ...all.filter(({ status }) => status === 'approved' || status === 'closed').map(said),
      ).map((one) => ({ ...one, ...(last === undefined ? {} : { exchange: last }) }))
    },
    subject.cases.filter(({ submission }) => submission.change !== undefined),
    emptyOffice,
  )

/** The table of outcomes names procedures the gateway has, in both languages, each magic value once. */
export const outcomesNameProcedures: Rule = (subject) => {
  const { mock } = subject
  if (mock === undefined) return noMock(subject)
  const keys = mock.outcomes.map(({ procedure, magic }) => `${procedure} ${magic}`)
  return [
    ...mock.outcomes.flatMap(({ magic, procedure }, at) =>
      subject.adapter.procedures[procedure] === undefined
        ? [{ what: `${magic} is about ${procedure}`, pointer: pointerTo('outcomes', at, 'procedure') }]
        : [],
    ),
    ...(new Set(keys).size === keys.length ? [] : [{ what: 'a magic value stands twice', pointer: '/outcomes' }]),
    ...((mock.replies === 'polled') === (subject.adapter.mailbox !== undefined)
      ? []
      : [{ what: `its documents are ${mock.replies}`, pointer: '/replies' }]),
  ]
}
