/** What comes in 回执报文: golden replies, and the names that lead from one to the next. */
import type { Reply } from '../../adapters/adapter.ts'
import { type Receipt, receipt as receiptSchema } from '../../schemas/receipt.ts'
import type { Finding } from '../verdict.ts'
import { placeOf, textsIn } from './document.ts'
import type { GoldenReply } from './goldens.ts'
import { frozen, inWords, type Rule, type Subject, under } from './subject.ts'

export const replyOf = ({ contentType, body }: Pick<GoldenReply, 'contentType' | 'body'>): Reply =>
  frozen({ status: 200, contentType, body })

/** The receipts in a golden reply; none when it cannot be read, which other rules report. */
export function receiptsOf({ adapter }: Subject, reply: GoldenReply): Receipt[] {
  try {
    return adapter.decode(replyOf(reply))
  } catch {
    return []
  }
}

/** A finding about a receipt: where the agency's own code stands in the document, if it stands there alone. */
export function aboutCode(what: string, body: string, { code }: Pick<Receipt, 'code'>): Finding {
  const pointer = code === '' ? undefined : placeOf(body, code)
  return { what, ...(pointer === undefined ? {} : { pointer }) }
}

const repliesFor = ({ replies }: Subject, procedure: string) =>
  replies.filter((reply) => (reply.procedure ?? procedure) === procedure)
const isStatus = (brings: string) => brings !== 'unrecognised' && !brings.startsWith('hold-')

/** A golden reply for exactly the statuses a procedure claims, and one with a code nobody published. */
export const repliesShowTheClaimedStatuses: Rule = (subject) =>
  Object.entries(subject.adapter.procedures).flatMap(([id, { statuses }]) => {
    const replies = repliesFor(subject, id)
    const shown = new Set(replies.map(({ brings }) => brings).filter(isStatus))
    const brought = new Set(
      replies.flatMap((reply) => receiptsOf(subject, reply).flatMap(({ status }) => status ?? [])),
    )
    return inWords(
      ...statuses.filter((status) => !shown.has(status)).map((status) => `${id}: no golden reply brings ${status}`),
      ...[...shown.union(brought)]
        .filter((status) => !statuses.some((claimed) => claimed === status))
        .map((status) => `${id}: a golden reply brings ${status}, which it does not claim`),
      ...(replies.some(({ brings }) => brings === 'unrecognised')
        ? []
        : [`${id}: no golden reply with an unknown code`]),
    )
  })

/** A golden reply brings what its name says, its receipts are receipts, and reading it twice gives the same. */
export const repliesBringWhatTheySay: Rule = (subject) =>
  subject.replies.flatMap((reply) => {
    const found: Finding[] = []
    let receipts: Receipt[] = []
    try {
      receipts = subject.adapter.decode(replyOf(reply))
      if (JSON.stringify(subject.adapter.decode(replyOf(reply))) !== JSON.stringify(receipts))
        found.push({ what: 'reads differently the second time' })
    } catch (error) {
      found.push({ what: `${(error as Error).name}: ${(error as Error).message}` })
    }
    if (receipts.length === 0 && found.length === 0) found.push({ what: 'holds no receipt' })
    for (const [at, one] of receipts.entries()) {
      const [wrong] = receiptSchema.safeParse(one).error?.issues ?? []
      if (wrong !== undefined)
        found.push({ what: `a receipt is none: ${wrong.message}`, pointer: `/${[at, ...wrong.path].join('/')}` })
      if (one.code === '') found.push({ what: "the agency's own code is lost", pointer: `/${at}/code` })
    }
    const [first] = receipts
    if (first !== undefined && !receipts.some((one) => brings(one, reply.brings)))
      found.push(aboutCode(`brings ${receipts.map(broughtBy).join(', ')}`, reply.body, first))
    return under(reply.name, found)
  })

function brings({ status, sets }: Receipt, named: string): boolean {
  if (named === 'unrecognised') return status === undefined && (sets ?? []).length === 0
  return named.startsWith('hold-') ? (sets ?? []).some((hold) => `hold-${hold}` === named) : status === named
}

const broughtBy = ({ status, sets = [] }: Receipt) =>
  [status ?? 'unrecognised', ...sets.map((hold) => `hold-${hold}`)].join('+')

/**
 * The chain of names never breaks: a reply carries a name that stands in the document it answers, or one that such a reply
 * taught. So a first answer under our number leads to the window's number, and that to the entry number.
 */
export const referenceChainIsUnbroken: Rule = (subject) => {
  const known = new Map<string | undefined, Set<string>>()
  const unlinked = subject.replies.flatMap((reply) => {
    const names = known.get(reply.procedure) ?? knownNames(subject, reply.procedure)
    known.set(reply.procedure, names)
    return receiptsOf(subject, reply)
      .filter(({ references }) => !references.some(({ value }) => names.has(value)))
      .map(({ references }) => {
        const [first] = references
        const named = references.map(({ scheme, value }) => `${scheme} ${value}`).join(', ') || 'it without a name'
        return aboutCode(`${reply.name}: nobody knows ${named}`, reply.body, { code: first?.value ?? '' })
      })
  })
  const schemes = new Set(
    subject.replies.flatMap((reply) =>
      receiptsOf(subject, reply).flatMap(({ references }) => references.map(({ scheme }) => scheme)),
    ),
  )
  const unnamed = [...schemes].filter(
    (scheme) => !['filing', 'message'].includes(scheme) && subject.adapter.references[scheme] === undefined,
  )
  return [
    ...unlinked,
    ...unnamed.map((scheme) => ({ what: `the references do not name ${scheme}`, pointer: '/references' })),
  ]
}

/** Names that the submissions of a procedure carry, and then whatever replies teach that are found by one of them. */
function knownNames(subject: Subject, procedure: string | undefined): Set<string> {
  const cases = subject.cases.filter((one) => (procedure ?? one.procedure) === one.procedure)
  const known = new Set(
    cases.flatMap(({ submission, bytes }) => [
      submission.reference,
      submission.messageId,
      ...(bytes === '' ? [] : textsIn(bytes)),
    ]),
  )
  const receipts = subject.replies
    .filter((other) => other.procedure === procedure)
    .flatMap((reply) => receiptsOf(subject, reply))
  for (let before = -1; before !== known.size; ) {
    before = known.size
    for (const { references } of receipts)
      if (references.some(({ value }) => known.has(value))) for (const { value } of references) known.add(value)
  }
  return known
}
