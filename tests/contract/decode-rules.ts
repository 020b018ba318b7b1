import type { Reply } from '../../adapters/adapter.ts'
import { type Receipt, receipt as receiptSchema } from '../../schemas/receipt.ts'
import { type GoldenReply } from '../support/goldens.ts'
import { frozen, type Rule, type Subject, textsIn } from './subject.ts'

const replyOf = ({ contentType, body }: GoldenReply): Reply => frozen({ status: 200, contentType, body })

/** The receipts in a golden reply; none when it cannot be read, which other rules report. */
function receiptsOf({ adapter }: Subject, reply: GoldenReply): Receipt[] {
  try {
    return adapter.decode(replyOf(reply))
  } catch {
    return []
  }
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
    return [
      ...statuses.filter((status) => !shown.has(status)).map((status) => `${id}: no golden reply brings ${status}`),
      ...[...shown.union(brought)]
        .filter((status) => !statuses.some((claimed) => claimed === status))
        .map((status) => `${id}: a golden reply brings ${status}, which it does not claim`),
      ...(replies.some(({ brings }) => brings === 'unrecognised')
        ? []
        : [`${id}: no golden reply with an unknown code`]),
    ]
  })

/** A golden reply brings what its name says, its receipts are receipts, and reading it twice gives the same. */
export const repliesBringWhatTheySay: Rule = (subject) =>
  subject.replies.flatMap((reply) => {
    const found: string[] = []
    let receipts: Receipt[] = []
    try {
      receipts = subject.adapter.decode(replyOf(reply))
      if (JSON.stringify(subject.adapter.decode(replyOf(reply))) !== JSON.stringify(receipts))
        found.push('reads differently the second time')
    } catch (error) {
      found.push(`${(error as Error).name}: ${(error as Error).message}`)
    }
    if (receipts.length === 0 && found.length === 0) found.push('holds no receipt')
    for (const one of receipts) {
      const read = receiptSchema.safeParse(one)
      if (!read.success)
        found.push(`a receipt is none: ${read.error.issues[0]?.path.join('/')} ${read.error.issues[0]?.message}`)
      if (one.code === '') found.push("the agency's own code is lost")
    }
    if (receipts.length > 0 && !receipts.some((one) => brings(one, reply.brings)))
      found.push(`brings ${receipts.map(broughtBy).join(', ')}`)
    return found.map((what) => `${reply.name}: ${what}`)
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
  const unlinked = subject.replies.flatMap((reply) => {
    const cases = subject.cases.filter(({ procedure }) => (reply.procedure ?? procedure) === procedure)
    const known = knownNames(subject, cases, repliesOfSame(subject, reply))
    return receiptsOf(subject, reply)
      .filter(({ references }) => !references.some(({ value }) => known.has(value)))
      .map(
        ({ references }) =>
          `${reply.name}: nobody knows ${references.map(({ scheme, value }) => `${scheme} ${value}`).join(', ') || 'it without a name'}`,
      )
  })
  const schemes = new Set(
    subject.replies.flatMap((reply) =>
      receiptsOf(subject, reply).flatMap(({ references }) => references.map(({ scheme }) => scheme)),
    ),
  )
  const unnamed = [...schemes].filter(
    (scheme) => !['filing', 'message'].includes(scheme) && subject.adapter.references[scheme] === undefined,
  )
  return [...unlinked, ...unnamed.map((scheme) => `the references do not name ${scheme}`)]
}

const repliesOfSame = ({ replies }: Subject, { procedure }: GoldenReply) =>
  replies.filter((other) => other.procedure === procedure)

/** Names that the submissions carry, and then whatever replies teach that are found by one of them. */
function knownNames(subject: Subject, cases: Subject['cases'], replies: readonly GoldenReply[]): Set<string> {
  const known = new Set(
    cases.flatMap(({ submission, bytes }) => [
      submission.reference,
      submission.messageId,
      ...(bytes === '' ? [] : textsIn(bytes)),
    ]),
  )
  const receipts = replies.flatMap((reply) => receiptsOf(subject, reply))
  for (let before = -1; before !== known.size; ) {
    before = known.size
    for (const { references } of receipts)
      if (references.some(({ value }) => known.has(value))) for (const { value } of references) known.add(value)
  }
  return known
}

/** Bytes that are nobody's document, or only part of one. */
export function garbageFrom(document: string): { what: string; status: number; body: string }[] {
  const bytes = document.trim()
  const cut = (share: number) => bytes.slice(0, Math.floor(bytes.length * share))
  return [
    { what: 'nothing', status: 200, body: '' },
    { what: 'blanks', status: 200, body: ' \n' },
    {
      what: 'a 502 page',
      status: 502,
      body: '<html><head><title>502</title></head><body><h1>502 Bad Gateway</h1></body></html>',
    },
    {
      what: 'a 502 page with a 200',
      status: 200,
      body: '<!DOCTYPE html>\n<html><body>502 Bad Gateway<br></body></html>',
    },
    { what: 'plain text', status: 200, body: 'Bad Gateway' },
    {
      what: 'another root',
      status: 200,
      body: '<?xml version="1.0" encoding="utf-8"?>\n<Nonsense><Status>OK</Status></Nonsense>',
    },
    { what: 'another object', status: 200, body: '{"nonsense":true}' },
    { what: 'a JSON array', status: 200, body: '[]' },
    { what: 'a JSON null', status: 200, body: 'null' },
    { what: 'a DOCTYPE', status: 200, body: withDoctype(bytes) },
    ...[0.1, 0.5, 0.9].map((share) => ({ what: `the first ${share * 100} %`, status: 200, body: cut(share) })),
    { what: 'all but the last byte', status: 200, body: bytes.slice(0, -1) },
  ]
}

const withDoctype = (bytes: string) => {
  const declared = /^<\?xml.*?\?>\s*/s.exec(bytes)?.[0] ?? ''
  return `${declared}<!DOCTYPE x [<!ENTITY a "b">]>\n${bytes.slice(declared.length)}`
}

/** What must throw and does not, or throws something that is no word of the contract. */
export const garbageTaken = (document: string, read: (reply: Reply) => unknown): string[] =>
  garbageFrom(document).flatMap(({ what, status, body }) => {
    try {
      read({ status, contentType: 'application/octet-stream', body })
      return [`${what} is understood`]
    } catch (error) {
      return (error as Error).name === 'Unintelligible'
        ? []
        : [`${what}: ${(error as Error).name}: ${(error as Error).message}`]
    }
  })

/** Garbage is Unintelligible, whatever HTTP status it comes with: it never becomes a receipt. */
export const garbageIsUnintelligible: Rule = (subject) =>
  subject.replies.flatMap((reply) =>
    garbageTaken(reply.body, subject.adapter.decode).map((found) => `${reply.name}: ${found}`),
  )
