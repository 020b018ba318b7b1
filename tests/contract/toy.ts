import { Hono } from 'hono'
import * as z from 'zod'
import {
  type Adapter,
  type MailboxDocument,
  type Procedure,
  type Reply,
  type Submission,
  Unintelligible,
} from '../../adapters/adapter.ts'
import type { GoldenCase, GoldenReply } from '../../conformance/adapter/goldens.ts'
import type { Subject } from '../../conformance/adapter/subject.ts'
import type { Agency, Desk, Posted } from '../../mocks/agency.ts'
import { issue } from '../../schemas/issue.ts'
import type { Receipt } from '../../schemas/receipt.ts'
import type { FilingStatus } from '../../schemas/status.ts'
import { sampleDeclaration } from '../../seeds/samples.ts'

/** A small agency that keeps the whole contract: what the suite must find sound, and what each broken one is made from. */
export function soundToy(): Subject {
  return {
    agency: 'toy',
    adapter,
    cases: [...cases],
    replies: [...replies],
    mock,
    registry: { toy: adapter, crane: adapter },
    samples,
  }
}

const statusOf: { readonly [code: string]: FilingStatus } = { GOT: 'acknowledged', YES: 'closed', NO: 'refused' }
const said = z.strictObject({
  number: z.string().min(1),
  ours: z.string().optional(),
  code: z.string(),
  words: z.string(),
})
const page = z.strictObject({
  next: z.string(),
  letters: z.array(z.strictObject({ name: z.string(), body: z.string() })),
})

function read<T>(body: string, shape: z.ZodType<T>): T {
  try {
    return shape.parse(JSON.parse(body))
  } catch (cause) {
    throw new Unintelligible('not ours', { cause })
  }
}

function decode({ body }: Reply): Receipt[] {
  if (/^\{"unknown":"[^"]*"\}\n$/.test(body)) return []
  const { number, ours, code, words } = read(body, said)
  const status = statusOf[code]
  const references = [
    ...(ours === undefined ? [] : [{ scheme: 'filing', value: ours }]),
    { scheme: 'toy-number', value: number },
  ]
  return [{ references, code, text: words, ...(status === undefined ? {} : { status }) }]
}

function letterOf({ name, body }: { name: string; body: string }): MailboxDocument {
  const document = { name, contentType: 'application/json', body }
  try {
    return { ...document, receipts: decode({ status: 200, contentType: 'application/json', body }) }
  } catch (error) {
    return { ...document, receipts: [], unintelligible: (error as Error).message }
  }
}

const berth: Procedure = {
  name: { en: 'Berth', zh: '泊位' },
  replies: 'polled',
  statuses: ['acknowledged', 'closed', 'refused'],
  particulars: z.strictObject({ note: z.string().max(80) }),
  applies: () => ({ files: true, because: { en: 'Every ship needs a berth', zh: '船舶均须靠泊' } }),
  after: [{ agency: 'crane', procedure: 'berth', status: 'closed' }],
  missing: (_, particulars) =>
    particulars === undefined
      ? [issue('/particulars/toy/berth/note', 'missing', { en: 'Say something', zh: '请填写' }, 'toy')]
      : [],
  check: () => [],
  encode: ({ reference, messageId, declaration }) => ({
    method: 'POST',
    path: '/toy/berths',
    contentType: 'application/json',
    body: `${JSON.stringify({ reference, messageId, goods: declaration.goodsShipment.items.map(({ name }) => name) })}\n`,
  }),
  encodeInquiry: ({ reference }) => ({ method: 'GET', path: `/toy/berths/${reference}` }),
}

/** Another berth for a ship that has one. */
const { after: _, ...atOnce } = berth
const move: Procedure = {
  ...atOnce,
  name: { en: 'Move', zh: '移泊' },
  amends: ['berth'],
  encode: (submission) => ({
    ...berth.encode(submission),
    path: '/toy/moves',
    body: `${JSON.stringify({
      reference: submission.reference,
      messageId: submission.messageId,
      berth: submission.change?.reference,
      goods: submission.declaration.goodsShipment.items.map(({ name }) => name),
    })}\n`,
  }),
}

const adapter: Adapter = {
  name: { en: 'Toy', zh: '玩具' },
  procedures: { berth, move },
  references: { 'toy-number': { en: 'Toy number', zh: '玩具编号' } },
  decode,
  mailbox: {
    encode: (cursor) => ({ method: 'GET', path: `/toy/letters?after=${cursor}` }),
    decode({ body }) {
      const { next, letters } = read(body, page)
      return { documents: letters.map(letterOf), cursor: next }
    },
  },
}

const asked = z.looseObject({ reference: z.string(), messageId: z.string(), berth: z.string().optional() })

/** The toy's other side: takes everything once, says yes a minute later, and no at once to moving what has no berth. */
function open(desk: Desk): Hono {
  const answers = new Map<string, string>()
  const app = new Hono()
  app.on('POST', ['/toy/berths', '/toy/moves'], async (c) => {
    const read = asked.safeParse(await c.req.json().catch(() => undefined))
    if (!read.success) return c.body('{"unknown":"message"}\n', 400)
    const { reference, berth: moved } = read.data
    const number = `T-${reference}`
    const known = answers.get(reference)
    if (known !== undefined) return c.body(known)
    const code = moved === undefined || answers.has(moved) ? 'GOT' : 'NO'
    const answer = `${JSON.stringify({ number, ours: reference, code, words: 'got it' })}\n`
    answers.set(reference, answer)
    if (code === 'NO') return c.body(answer)
    desk.effect(reference, 'a berth')
    const body = JSON.stringify({ number, code: 'YES', words: 'come in' })
    desk.after(60_000, () => desk.send(reference, { name: 'yes.json', contentType: 'application/json', body }))
    return c.body(answer)
  })
  app.get('/toy/berths/:reference', (c) =>
    c.body(answers.get(c.req.param('reference')) ?? `${JSON.stringify({ unknown: c.req.param('reference') })}\n`),
  )
  app.get('/toy/letters', (c) => {
    const after = Number(c.req.query('after'))
    const letters = desk.posted(after, 100)
    const next = String(letters.at(-1)?.sequence ?? after)
    return c.json({ next, letters: letters.map(({ name, body }: Posted) => ({ name, body })) })
  })
  return app
}

const mock: Agency = {
  id: 'toy',
  letter: 'Y',
  name: { en: 'Toy', zh: '玩具' },
  replies: 'polled',
  outcomes: [{ magic: 'NO', procedure: 'berth', does: { en: 'refuses', zh: '不予' } }],
  open,
}

const declared = {
  ...sampleDeclaration('ev-batteries', { lrn: 'TOY-1', on: new Date('2026-11-21T00:00:00Z'), run: 1 }),
}
const byTheCrane = { note: 'by the crane' }
const declaration = { ...declared, particulars: { toy: { berth: byTheCrane, move: byTheCrane } } }
const samples = [{ name: 'sample', declaration }]

/** A golden case of the toy with goods of these names. */
export function toyCase(name: string, goods: readonly string[]): GoldenCase {
  const { goodsShipment } = structuredClone(declaration)
  const [first] = goodsShipment.items
  if (first === undefined) throw new Error('The sample has no item')
  const items = goods.map((called, at) => ({ ...first, name: called, sequence: at + 1 }))
  const submission: Submission = {
    declaration: { ...declaration, goodsShipment: { ...goodsShipment, items } },
    particulars: byTheCrane,
    reference: `TOY0${name.length}`,
    messageId: `TOY0${name.length}-1`,
    serial: 1,
    references: {},
    attempt: 1,
    instant: '2026-11-21T00:00:00Z',
  }
  return {
    name,
    procedure: 'berth',
    submission,
    file: 'submit.json',
    bytes: berth.encode(submission).body ?? '',
    builtOn: [],
  }
}

/** The berth of the first case is moved. */
function movedCase(): GoldenCase {
  const [of, moved] = [toyCase('one', ['cranes']), toyCase('moved', ['& < > 中文 🚢'])]
  const { declaration: before, particulars, reference, messageId, serial } = of.submission
  const after = { declaration: moved.submission.declaration, particulars }
  const submission: Submission = {
    ...moved.submission,
    change: {
      reference,
      messageId,
      serial,
      procedure: 'berth',
      status: 'closed',
      reason: 'the tide',
      references: [{ scheme: 'toy-number', value: `T-${reference}` }],
      before: { declaration: before, particulars },
      after,
    },
  }
  return { ...moved, procedure: 'move', submission, bytes: move.encode(submission).body ?? '', builtOn: ['one'] }
}

const cases = [toyCase('one', ['cranes']), toyCase('two-hostile', ['cranes', '& < > 中文 🚢']), movedCase()]

/** A golden reply of the toy: a document, named after what it brings. */
export const toyReply = (name: string, document: object): GoldenReply => ({
  name: `${name}.json`,
  procedure: undefined,
  brings: name.split('.').at(-1) ?? '',
  contentType: 'application/json',
  body: `${JSON.stringify(document)}\n`,
})

const replies = [
  toyReply('got.acknowledged', { number: 'T-1', ours: 'TOY03', code: 'GOT', words: 'got it' }),
  toyReply('yes.closed', { number: 'T-1', code: 'YES', words: 'come in' }),
  toyReply('no.refused', { number: 'T-1', code: 'NO', words: 'no' }),
  toyReply('hm.unrecognised', { number: 'T-1', code: 'HM', words: 'hm' }),
]
