/** Bytes that are no document 垃圾数据: refused clearly, quickly and without effect; and doors that are none. */
import { Unintelligible, type WireMessage } from '../../adapters/adapter.ts'
import { type Answer, found } from '../http.ts'
import { limits } from '../limits.ts'
import type { Finding } from '../verdict.ts'
import { each, firstWordMs, moves, said } from './life.ts'
import { openPlace, type Place, type Sent } from './place.ts'
import { readable } from './refusing.ts'
import { inquire } from './repeating.ts'
import {
  type AgencyCase,
  type AgencyScenario,
  type AgencySubject,
  instantOf,
  oneOfEach,
  procedureOf,
} from './subject.ts'

interface Garbage {
  readonly what: string
  readonly body: string | Uint8Array
  readonly contentType?: string
}

const page = '<!DOCTYPE html>\n<html><head><title>502</title></head><body><h1>502 Bad Gateway</h1><br></body></html>'
const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** What is no document of an agency that takes this one. */
export function garbageFor({ contentType = '', body = '' }: WireMessage): Garbage[] {
  const isXml = /xml/.test(contentType)
  const document = body.trim()
  return [
    { what: 'nothing', body: '' },
    { what: 'blanks', body: ' \n' },
    { what: 'a web page', body: page },
    { what: 'plain text', body: 'Bad Gateway' },
    { what: 'JSON null', body: 'null' },
    { what: 'a JSON text', body: '"declaration"' },
    { what: 'the first half', body: document.slice(0, Math.floor(document.length / 2)) },
    { what: 'all but the last byte', body: document.slice(0, -1) },
    { what: 'the document and a NUL', body: `${document}\u0000` },
    { what: 'bytes that are not UTF-8', body: withBadBytes(document) },
    { what: 'a field of more than 1 MiB', body: withHugeField(document) },
    { what: 'a document of another kind, and said to be', body: '%PDF-1.7\n%âãÏÓ\n', contentType: 'application/pdf' },
    ...(isXml ? notXml(document) : notJson()),
  ]
}

const notXml = (document: string): Garbage[] => {
  const rest = document.replace(/^<\?xml.*?\?>\s*/s, '')
  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('')
  return [
    { what: 'JSON', body: '{"declaration":{"id":"1"}}', contentType: 'application/json' },
    { what: 'another root', body: `${prolog}<Nonsense><Status>OK</Status></Nonsense>` },
    { what: 'a DOCTYPE', body: `${prolog}<!DOCTYPE x [<!ENTITY a "b">]>\n${rest}` },
    {
      what: 'a DOCTYPE that reads a file',
      body: `${prolog}<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n${rest}`,
    },
    {
      what: 'a billion laughs',
      body: `${prolog}<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]>\n${rest.replace(/>[^<>\s][^<>]*</, '>&l9;<')}`,
    },
    { what: 'elements without end', body: '<a>'.repeat(limits.hostileDepth) },
  ]
}

const notJson = (): Garbage[] => [
  { what: 'XML', body: `${prolog}<Declaration/>`, contentType: 'application/xml' },
  { what: 'arrays without end', body: '['.repeat(limits.hostileDepth) },
  { what: 'objects without end', body: '{"a":'.repeat(limits.hostileDepth) },
]

/** Two bytes no UTF-8 text has, in the middle of a person's words: where only who decodes strictly minds them. */
function withBadBytes(document: string): Uint8Array {
  const words = /\p{Script=Han}{2}/u.exec(document) ?? /[a-z]{3}/i.exec(document)
  const at = (words?.index ?? 0) + 1
  return Buffer.concat([Buffer.from(document.slice(0, at)), Buffer.from([0xff, 0xfe]), Buffer.from(document.slice(at))])
}

function withHugeField(document: string): string {
  const filler = 'x'.repeat(limits.oversizeBytes)
  const text = /(?<=[^?]>)[^<>\s][^<>]*(?=<\/)|(?<=:\s*")[^"\\]+(?=")/.exec(document)
  if (text === null) return filler
  return `${document.slice(0, text.index)}${filler}${document.slice(text.index + text[0].length)}`
}

const garbageIsRefused: AgencyScenario = {
  id: 'garbage-is-refused',
  group: 'forbidden',
  title: {
    en: 'Bytes that are no document get a clear refusal: never a yes, never a failure of the endpoint, and no effect',
    zh: '非报文数据得到明确拒绝：绝不受理、不致故障、不产生效果',
  },
  judge: (subject) =>
    each(oneOfEachDoor(subject), async (written) => {
      const place = await openPlace(subject, instantOf(written))
      try {
        const golden = place.named(written)
        const message = procedureOf(subject, golden).encode(golden.submission)
        const findings: Finding[] = []
        for (const { what, ...garbage } of garbageFor(message)) {
          const answer = await place.ask({ ...message, ...garbage })
          findings.push(...refusalIn(subject, answer).map((one) => ({ ...one, what: `${what}: ${one.what}` })))
        }
        return [...findings, ...(await effectsOf(subject, place, golden))]
      } finally {
        await place.close()
      }
    }),
}

/** What is wrong with the answer to garbage. */
function refusalIn(subject: AgencySubject, answer: Answer): Finding[] {
  const { status, exchange, tookMs, body } = answer
  if (status >= 500) return [found(`the endpoint fails over it: ${status}`, exchange, '/response/status')]
  if (tookMs > subject.promptMs) return [found(`took ${Math.round(tookMs)} ms`, exchange)]
  if (status >= 400) return body.trim() === '' ? [found('refused without a word', exchange, '/response/body')] : []
  if (status >= 300) return [found(`answered ${status}`, exchange, '/response/status')]
  try {
    const receipts = subject.adapter.decode(answer)
    const isRefused = receipts.length > 0 && receipts.every((one) => one.status === 'refused')
    return isRefused
      ? []
      : [found(`says ${status}: ${receipts.map(said).join('; ') || 'nothing'}`, exchange, '/response/body')]
  } catch (error) {
    if (!(error instanceof Unintelligible)) throw error
    return [found(`says ${status} without a refusal that can be read`, exchange, '/response/status')]
  }
}

/** Something came of what was no document. */
async function effectsOf(subject: AgencySubject, place: Place, golden: AgencyCase): Promise<Finding[]> {
  await place.pass(firstWordMs)
  const [asked, letters] = [await inquire(subject, place, golden), await place.letters()]
  return [
    ...readable(subject, asked)
      .filter(moves)
      .map((one) => found(`an inquiry now tells: ${said(one)}`, asked.exchange)),
    ...letters.map(({ exchange }) => found('a document was sent because of it', exchange)),
  ]
}

/** One case for each path documents are handed in at. */
function oneOfEachDoor(subject: AgencySubject): readonly AgencyCase[] {
  const doors = new Map<string, AgencyCase>()
  for (const one of oneOfEach(subject)) {
    const { path } = procedureOf(subject, one).encode(one.submission)
    if (!doors.has(path)) doors.set(path, one)
  }
  return [...doors.values()]
}

const unknownDoorsAreClosed: AgencyScenario = {
  id: 'unknown-doors-are-closed',
  group: 'forbidden',
  title: {
    en: 'A path or a method it does not have is 404, 405 or 501, never a silent 200',
    zh: '不存在的路径或方法返回 404、405 或 501，绝不静默返回 200',
  },
  judge: (subject) =>
    each(oneOfEachDoor(subject), async (written) => {
      const place = await openPlace(subject, instantOf(written))
      try {
        const golden = place.named(written)
        const message = procedureOf(subject, golden).encode(golden.submission)
        const wrong: readonly Sent[] = [
          { method: 'GET', path: '/no-such-door' },
          { ...message, path: '/no-such-door' },
          { ...message, path: `${message.path}/../no-such-door` },
          { method: 'DELETE', path: message.path },
          { ...message, method: 'PUT' },
          { ...message, method: 'PATCH' },
        ]
        const answers = await Promise.all(wrong.map((one) => place.ask(one)))
        return [
          ...answers
            .filter(({ status }) => ![404, 405, 501].includes(status))
            .map(({ status, exchange }) =>
              found(
                `${exchange.request.method} ${exchange.request.url} is answered ${status}`,
                exchange,
                '/response/status',
              ),
            ),
          ...(await effectsOf(subject, place, golden)),
        ]
      } finally {
        await place.close()
      }
    }),
}

export const garbage: readonly AgencyScenario[] = [garbageIsRefused, unknownDoorsAreClosed]
