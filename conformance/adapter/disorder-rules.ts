/** Late, twice, swapped and spoilt 乱序与重复: what a mailbox and its documents must stand, and what reading must not depend on. */
import type { Reply } from '../../adapters/adapter.ts'
import { nonsense } from '../../mocks/simulator/faults.ts'
import type { Receipt } from '../../schemas/receipt.ts'
import { rankOf } from '../../schemas/status.ts'
import type { Finding } from '../verdict.ts'
import { aboutCode, receiptsOf, replyOf } from './decode-rules.ts'
import { atTheMock, instantOf, longestMs, said, submit } from './filing.ts'
import { garbageTaken } from './forbidden-rules.ts'
import type { DeskOffice } from './office.ts'
import { inWords, type Rule, type Subject, under } from './subject.ts'

/** A page of the mailbox: garbage is unintelligible, nonsense in one document harms no other, and its cursor goes on from there. */
export const mailboxIsRobust: Rule = (subject) => {
  const { mailbox } = subject.adapter
  if (mailbox === undefined) return []
  return atTheMock(subject, async (office, golden) => {
    await submit(subject, office, golden)
    office.slip(nonsense)
    office.advanceTo(instantOf(golden) + longestMs)
    const answered = await office.ask(mailbox.encode('0'))
    const { documents, cursor } = mailbox.decode(answered, '0')
    const bad = documents.filter(({ unintelligible }) => unintelligible !== undefined)
    const next = mailbox.decode(await office.ask(mailbox.encode(cursor)), cursor)
    return inWords(
      ...(bad.length === 1 && documents.length === office.documents.length
        ? []
        : [
            `${bad.length} documents unintelligible where one is, ${documents.length} of ${office.documents.length} read`,
          ]),
      ...(bad.every(({ receipts }) => receipts.length === 0) ? [] : ['nonsense has receipts']),
      ...(next.documents.length === 0 && next.cursor === cursor ? [] : ['the cursor does not go on from there']),
      ...garbageTaken(answered.body, (reply) => mailbox.decode(reply, '0')),
    )
  })
}

/** What an adapter reads out of a document depends on that document alone: forwards, backwards and twice it is the same. */
export const readingHasNoMemory: Rule = (subject) => {
  const { replies } = subject
  const once = replies.map((reply) => receiptsOf(subject, reply))
  const backwards = replies.toReversed().map((reply) => receiptsOf(subject, reply))
  const twice = replies.map((reply) => [receiptsOf(subject, reply), receiptsOf(subject, reply)].at(-1))
  return replies.flatMap((reply, at) => {
    const first = JSON.stringify(once[at])
    return [
      ...(JSON.stringify(backwards.at(-1 - at)) === first ? [] : ['reads differently when the others came before it']),
      ...(JSON.stringify(twice[at]) === first ? [] : ['reads differently when it came twice']),
    ].map((what) => ({ what: `${reply.name}: ${what}` }))
  })
}

/**
 * Receipts can be put in the agency's order whatever order they came in: the highest rank is one status, holds are set and
 * lifted at a time that is told, and no receipt lacks the agency's own code.
 */
export const receiptsCanBeOrdered: Rule = async (subject) => [
  ...subject.replies.flatMap((reply) =>
    under(
      reply.name,
      receiptsOf(subject, reply).flatMap((one) => unordered(one).map((what) => aboutCode(what, reply.body, one))),
    ),
  ),
  ...(subject.mock === undefined
    ? []
    : await atTheMock(subject, (office, golden) => foldedAtTheMock(subject, office, golden))),
]

function unordered({ at, code, sets = [], lifts = [] }: Receipt): string[] {
  return [
    ...(code === '' ? ["a receipt without the agency's own code"] : []),
    ...(at !== undefined && Number.isNaN(Date.parse(at)) ? [`a time that is none: ${at}`] : []),
    ...(at === undefined && sets.length + lifts.length > 0 ? ['sets or lifts a hold at no time'] : []),
  ]
}

async function foldedAtTheMock(subject: Subject, ...[office, golden]: Parameters<Parameters<typeof atTheMock>[1]>) {
  const { adapter } = subject
  const { reference, messageId } = golden.submission
  const answer = await submit(subject, office, golden)
  office.advanceTo(instantOf(golden) + longestMs)
  const read = await readersOf(subject, office, answer)
  const forwards = read.flatMap((one) => one())
  const backwards = [...read, ...read].reverse().flatMap((one) => one())
  const ours = new Set([reference, messageId, ...adapter.decode(answer).flatMap(namesOf)])
  for (const one of forwards)
    if (namesOf(one).some((name) => ours.has(name))) for (const name of namesOf(one)) ours.add(name)
  const isOurs = (one: Receipt) => namesOf(one).some((name) => ours.has(name))
  const all = forwards.filter(isOurs)
  const found: Finding[] = []
  const highest = Math.max(...all.map(rank))
  const top = new Set(all.filter((one) => rank(one) === highest).map(({ status }) => status))
  if (top.size > 1) found.push({ what: `ends in ${[...top].join(' and ')} at once` })
  if (setOf(all) !== setOf(backwards.filter(isOurs)))
    found.push({ what: 'says something else when it comes backwards and twice' })
  return [...found, ...all.flatMap((one) => inWords(...unordered(one).map((what) => `${what}: ${said(one)}`)))]
}

/** Reads of everything an agency said: its answer, and each document it pushed, or its mailbox as a whole. */
async function readersOf({ adapter }: Subject, office: DeskOffice, answer: Reply): Promise<(() => Receipt[])[]> {
  const { mailbox } = adapter
  const replies = mailbox === undefined ? office.documents.map(replyOf) : []
  const reads = [answer, ...replies].map((reply) => () => adapter.decode(reply))
  if (mailbox === undefined) return reads
  const page = await office.ask(mailbox.encode('0'))
  return [...reads, () => mailbox.decode(page, '0').documents.flatMap(({ receipts }) => receipts)]
}

const namesOf = ({ references }: Receipt): string[] => references.map(({ value }) => value)
const rank = ({ status }: Receipt): number => (status === undefined ? -1 : rankOf(status))

/** What was said, without how often and in what order. */
const setOf = (receipts: readonly Receipt[]): string =>
  [...new Set(receipts.map((one) => JSON.stringify(one)))].sort().join('\n')
