import * as z from 'zod'
import { type Adapter, type Procedure, type Submission, Unintelligible } from '../../adapters/adapter.ts'
import { issue } from '../../schemas/issue.ts'
import type { FilingStatus } from '../../schemas/status.ts'
import { type Transport, Unreachable } from '../../src/transport/transport.ts'
import { openWorld, type World } from './world.ts'

/** What an invented office said to a message. */
const said = z.strictObject({
  ours: z.string(),
  number: z.string(),
  status: z.string(),
  words: z.string(),
  at: z.string(),
})
type Said = z.infer<typeof said>

/** What went to an invented office. */
export interface Heard {
  readonly agency: string
  readonly procedure: string
  readonly reference: string
  readonly document: { readonly [key: string]: unknown }
}

const statuses = ['acknowledged', 'in-review', 'approved', 'closed', 'refused', 'withdrawn'] as const

/** An agency invented for tests of the core: it looks at the remarks of a declaration (east) or at its goods (west), answers in JSON, pushes too. */
const office = (agency: string, looksAt: (submission: Submission) => unknown): Adapter => {
  const base = (id: string): Procedure => ({
    name: { en: `${agency} ${id}`, zh: `${agency}事项` },
    replies: 'inline',
    statuses: [...statuses],
    particulars: z.strictObject({ reasonCode: z.string().optional(), amount: z.int().optional() }),
    applies: () => ({ files: true, because: { en: 'Always', zh: '均须办理' } }),
    missing: () => [],
    check: () => [],
    encode: (submission) => ({
      method: 'POST',
      path: `/${id}`,
      contentType: 'application/json',
      body: JSON.stringify({
        procedure: id,
        reference: submission.reference,
        sees: looksAt(submission),
        ...(submission.change === undefined
          ? {}
          : {
              changes: submission.change.reference,
              was: looksAt({ ...submission, ...submission.change.before }),
              names: submission.change.references,
              reason: submission.change.reason,
            }),
        ...(submission.others === undefined
          ? {}
          : { others: submission.others.map(({ declaration }) => declaration.functionalReferenceId) }),
        particulars: submission.particulars ?? null,
      }),
    }),
    encodeInquiry: ({ reference }) => ({ method: 'GET', path: `/ask/${reference}` }),
  })
  return {
    name: { en: agency, zh: `${agency}办` },
    references: { [`${agency}-number`]: { en: 'Number', zh: '编号' } },
    procedures: {
      file: {
        ...base('file'),
        releases: true,
        deadlines: ({ receipts, status }) =>
          receipts.flatMap(({ at, code }) =>
            at === undefined || code !== 'approved' || status === 'closed'
              ? []
              : [
                  {
                    id: 'fetch',
                    dueAt: later(at, 14),
                    remindAt: later(at, 11),
                    what: { en: 'Fetch it', zh: '请领取' },
                  },
                ],
          ),
      },
      amendment: {
        ...base('amendment'),
        amends: ['file'],
        check: (_, __, about) =>
          about?.change?.after?.declaration.remarks === 'never'
            ? [issue('/remarks', 'not-amendable', { en: 'Not this', zh: '不可修改' }, agency)]
            : [],
      },
      cancellation: {
        ...base('cancellation'),
        cancels: ['file'],
        missing: (_, particulars) =>
          (particulars as { reasonCode?: string } | undefined)?.reasonCode === undefined
            ? [
                issue(
                  `/particulars/${agency}/cancellation/reasonCode`,
                  'missing',
                  { en: 'Why?', zh: '请填写原因' },
                  agency,
                ),
              ]
            : [],
      },
      extra: {
        ...base('extra'),
        onRequest: 'only',
        several: true,
        after: [{ agency, procedure: 'file', status: 'approved' }],
      },
      once: { ...base('once'), applies: () => ({ files: false, because: { en: 'Never', zh: '不适用' } }) },
    },
    decode({ body }) {
      if (body === '{}') return []
      const read = said.safeParse(parse(body))
      if (!read.success) throw new Unintelligible('not ours')
      const { ours, number, status, words, at } = read.data
      return [
        {
          references: [
            { scheme: 'filing', value: ours },
            { scheme: `${agency}-number`, value: number },
          ],
          code: status,
          text: words,
          at,
          ...((statuses as readonly string[]).includes(status) ? { status: status as FilingStatus } : {}),
        },
      ]
    },
  }
}

const later = (at: string, days: number) => new Date(Date.parse(at) + days * 86_400_000).toISOString()

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** The two offices: `east` reads remarks, `west` the names of goods. */
export const offices = {
  east: office('east', ({ declaration }) => declaration.remarks ?? ''),
  west: office('west', ({ declaration }) => declaration.goodsShipment.items.map(({ name }) => name)),
}

export interface Offices extends World {
  /** Everything the offices heard, oldest first; inquiries apart. */
  readonly heard: Heard[]
  /** What an office answers to a procedure: a status, or `away`. To be set by a test. */
  readonly desk: { answers(agency: string, procedure: string): string }
  /** An office says something later of its own accord. */
  tell(agency: string, ours: string, status: string, words?: string): Promise<void>
}

/** A gateway that files with two invented offices, which answer as a test tells them to. */
export async function openOffices(): Promise<Offices> {
  const heard: Heard[] = []
  let numbers = 0
  let clock = Date.parse('2026-11-21T02:00:00Z')
  const say = (agency: string, ours: string, status: string, words = `${agency} says ${status}`): Said => {
    // Times of an office always go on, as its clock does.
    clock += 1_000
    return { ours, number: `${agency}-${++numbers}`, status, words, at: new Date(clock).toISOString() }
  }
  const desk: Offices['desk'] = { answers: () => 'approved' }
  const transport: Transport = {
    async call(agency, { method, path, body }) {
      if (method === 'GET') return { status: 200, contentType: 'application/json', body: '{}' }
      const document = JSON.parse(body ?? '{}') as Heard['document']
      const [procedure, reference] = [path.slice(1), String(document['reference'])]
      const status = desk.answers(agency, procedure)
      if (status === 'away') throw new Unreachable('away', 'no')
      heard.push({ agency, procedure, reference, document })
      return { status: 200, contentType: 'application/json', body: JSON.stringify(say(agency, reference, status)) }
    },
    close: async () => undefined,
  }
  const opened = await openWorld({ adapters: offices, transport: () => transport })
  return {
    ...opened,
    heard,
    desk,
    async tell(agency: string, ours: string, status: string, words?: string) {
      const answer = await opened.push(agency, {
        body: JSON.stringify(say(agency, ours, status, words)),
        contentType: 'application/json',
      })
      if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`)
    },
  }
}
