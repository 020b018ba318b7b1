/** Answers that are none 禁止的应答: garbage, half a document, a code nobody published. None of them is ever a yes. */
import type { Reply } from '../../adapters/adapter.ts'
import type { Receipt } from '../../schemas/receipt.ts'
import { type FilingStatus, isRefusal } from '../../schemas/status.ts'
import type { Finding } from '../verdict.ts'
import { replyOf } from './decode-rules.ts'
import { placeOf, placesIn, textsIn } from './document.ts'
import { atTheMock, instantOf, laterReceipts, longestMs, receiptsIn, said } from './filing.ts'
import type { GoldenReply } from './goldens.ts'
import { inWords, procedureOf, type Rule, type Subject, under } from './subject.ts'

/** Between two cuts of a document, in characters. */
const cutEvery = 10
/** A code no agency has, and readings of a number that is text: a known code with a nought before it or decimals after. */
const neverPublished = [() => 'ZX9Q', (code: string) => `0${code}`, (code: string) => `${code}.0`]

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
    { what: 'a plain yes', status: 200, body: 'OK' },
    {
      what: 'another root',
      status: 200,
      body: '<?xml version="1.0" encoding="utf-8"?>\n<Nonsense><Status>OK</Status></Nonsense>',
    },
    { what: 'another object', status: 200, body: '{"nonsense":true}' },
    { what: 'a JSON array', status: 200, body: '[]' },
    { what: 'a JSON null', status: 200, body: 'null' },
    { what: 'a JSON true', status: 200, body: 'true' },
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
      return isUnintelligible(error) ? [] : [`${what}: ${(error as Error).name}: ${(error as Error).message}`]
    }
  })

/** By its name: an adapter of another package brings a class of its own. */
const isUnintelligible = (error: unknown): boolean => (error as Error).name === 'Unintelligible'

/** Garbage is Unintelligible, whatever HTTP status it comes with: it never becomes a receipt. */
export const garbageIsUnintelligible: Rule = (subject) =>
  subject.replies.flatMap((reply) => under(reply.name, inWords(...garbageTaken(reply.body, subject.adapter.decode))))

/**
 * Half a document says nothing the whole does not: it is unintelligible, or a part of what stands there. Of replies that are
 * built alike the first is cut, every tenth character.
 */
export const cutReplySaysNoMore: Rule = (subject) => {
  const different = Map.groupBy(subject.replies, ({ body }) => placesIn(body).join('\n'))
  return [...different.values()].flatMap(([reply]) => (reply === undefined ? [] : cutsSayingMore(subject, reply)))
}

function cutsSayingMore(subject: Subject, reply: GoldenReply): Finding[] {
  const whole = new Set(receiptsOrError(subject, reply, reply.body).receipts.map((one) => JSON.stringify(one)))
  const found: Finding[] = []
  for (let length = cutEvery; length < reply.body.trimEnd().length; length += cutEvery) {
    const { receipts, error } = receiptsOrError(subject, reply, reply.body.slice(0, length))
    found.push(
      ...inWords(
        ...(error === undefined ? [] : [`its first ${length} characters: ${error}`]),
        ...receipts
          .filter((one) => !whole.has(JSON.stringify(one)))
          .map((one) => `its first ${length} characters say ${said(one)}`),
      ),
    )
  }
  return under(reply.name, found)
}

/** A code the agency never published moves nothing, and a code that looks like a number is text: `07` is not `7`. */
export const unknownCodeMovesNothing: Rule = (subject) =>
  subject.replies.flatMap((reply) => {
    const codes = new Set(
      receiptsOrError(subject, reply, reply.body)
        .receipts.filter(movesForward)
        .map(({ code }) => code),
    )
    const found = [...codes].flatMap((code) =>
      neverPublished.flatMap((unknown) => movedBy(subject, reply, code, unknown(code))),
    )
    return under(reply.name, found)
  })

/** Statuses that nothing but an explicit yes may bring. */
const movesForward = ({ status }: Receipt): boolean => status !== undefined && isForward(status)
const isForward = (status: FilingStatus): boolean => !isRefusal(status) && status !== 'reversed'

/** What a reply brings in which one code is another everywhere. Nothing, where the code does not stand in it alone. */
function movedBy(subject: Subject, reply: GoldenReply, code: string, unknown: string): Finding[] {
  const pointer = placeOf(reply.body, code)
  if (code === '' || pointer === undefined) return []
  const body = reply.body.replaceAll(`>${code}<`, `>${unknown}<`).replaceAll(`"${code}"`, `"${unknown}"`)
  if (body === reply.body || textsIn(body).includes(code)) return []
  return receiptsOrError(subject, reply, body)
    .receipts.filter((one) => movesForward(one) && (one.code === unknown || one.code === code))
    .map(({ status }) => ({ what: `takes ${unknown}, which nobody published, for ${status}`, pointer }))
}

function receiptsOrError({ adapter }: Subject, { contentType }: GoldenReply, body: string) {
  try {
    return { receipts: adapter.decode(replyOf({ contentType, body })), error: undefined }
  } catch (error) {
    const known = isUnintelligible(error) ? undefined : `${(error as Error).name}: ${(error as Error).message}`
    return { receipts: [], error: known }
  }
}

/** An agency turns garbage away clearly: no defect of its own, no yes, no effect, whatever the document pretends to be. */
export const mockRefusesGarbage: Rule = (subject) => {
  const first = [...Map.groupBy(subject.cases, ({ procedure }) => procedure).values()].flatMap((all) => all.slice(0, 1))
  return atTheMock(
    subject,
    async (office, golden) => {
      const { body = '', ...message } = procedureOf(subject, golden).encode(golden.submission)
      const effects = office.effects.length
      const found: Finding[] = []
      for (const { what, body: garbage } of garbageFrom(body)) {
        const answered = await office.ask({ ...message, body: garbage })
        const taken = receiptsIn(subject, answered).filter(movesForward)
        const { last } = office
        const wrong = [
          ...(answered.status < 500 ? [] : [`${what} is answered ${answered.status}`]),
          ...(answered.body === '' ? [`${what} is answered with nothing`] : []),
          ...taken.map((one) => `${what} is taken: ${said(one)}`),
          ...(office.effects.length === effects ? [] : [`${what} has an effect`]),
        ]
        found.push(...wrong.map((one) => ({ what: one, ...(last === undefined ? {} : { exchange: last }) })))
        if (wrong.length > 0) break
      }
      office.advanceTo(instantOf(golden) + longestMs)
      const { reference, messageId } = golden.submission
      const later = (await laterReceipts(subject, office)).filter(
        (one) => movesForward(one) && one.references.some(({ value }) => value === reference || value === messageId),
      )
      return [...found, ...inWords(...later.map((one) => `says of garbage, later: ${said(one)}`))]
    },
    first,
  )
}
