import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type Adapter, type Procedure, Unintelligible } from '../../adapters/adapter.ts'
import { type RuleId, rules } from '../../conformance/adapter/index.ts'
import type { Subject } from '../../conformance/adapter/subject.ts'
import type { Agency } from '../../mocks/agency.ts'
import type { FilingStatus } from '../../schemas/status.ts'
import { soundToy, toyCase, toyReply } from './toy.ts'

const adapterWith =
  (change: (adapter: Adapter) => Partial<Adapter>) =>
  (toy: Subject): Subject => {
    const adapter = { ...toy.adapter, ...change(toy.adapter) }
    return { ...toy, adapter, registry: { ...toy.registry, toy: adapter } }
  }
const berthOf = ({ procedures }: Adapter): Procedure => {
  const { berth } = procedures
  if (berth === undefined) throw new Error('The toy has no berth')
  return berth
}
const berthWith = (change: (berth: Procedure) => Partial<Procedure>) =>
  adapterWith((adapter) => ({
    procedures: { ...adapter.procedures, berth: { ...berthOf(adapter), ...change(berthOf(adapter)) } },
  }))

const mockWith =
  (change: (mock: Agency) => Partial<Agency>) =>
  (toy: Subject): Subject => {
    if (toy.mock === undefined) throw new Error('The toy has no mock')
    return { ...toy, mock: { ...toy.mock, ...change(toy.mock) } }
  }
/** The same office, but what it answers (or forgets) is changed. */
const answering = (change: (text: string, method: string) => string) =>
  mockWith((mock) => ({
    open(desk) {
      const office = mock.open(desk)
      const fetch = office.request.bind(office)
      office.request = (async (path: string, init: RequestInit) => {
        const answer = await fetch(path, init)
        return new Response(change(await answer.text(), init.method ?? 'GET'), answer)
      }) as typeof office.request
      return office
    },
  }))
const forgetful = mockWith((mock) => ({
  open(desk) {
    let office = mock.open(desk)
    const front = mock.open(desk)
    front.request = ((path: string, init: RequestInit) => {
      if (init.method === 'POST') office = mock.open(desk)
      return office.request(path, init)
    }) as typeof front.request
    return front
  },
}))
const withoutReply =
  (brings: string) =>
  (toy: Subject): Subject => ({ ...toy, replies: toy.replies.filter((one) => one.brings !== brings) })
const withReply =
  (name: string, document: object) =>
  (toy: Subject): Subject => ({ ...toy, replies: [...toy.replies, toyReply(name, document)] })
const withCases =
  (change: (cases: Subject['cases']) => Subject['cases']) =>
  (toy: Subject): Subject => ({ ...toy, cases: change(toy.cases) })

/** For each promise, adapters and mocks that break it. */
const broken: { readonly [id in RuleId]: { readonly [how: string]: (toy: Subject) => Subject } } = {
  'texts-are-bilingual': {
    'a name in one language': adapterWith(() => ({ name: { en: 'Toy', zh: 'Toy' } })),
    'no reason given': berthWith(() => ({ applies: () => ({ files: true, because: { en: '', zh: '' } }) })),
    'an issue in one language': berthWith(() => ({
      missing: () => [
        { pointer: '/particulars/toy/berth', code: 'missing', agency: 'toy', detail: 'Missing', detailZh: 'Missing' },
      ],
    })),
  },
  'statuses-are-known': {
    'a status of its own': berthWith(() => ({ statuses: ['refused', 'docked' as FilingStatus] })),
    'a status that is ours to give': berthWith(() => ({ statuses: ['queued', 'refused'] })),
    'never a refusal': berthWith(() => ({ statuses: ['closed'] })),
  },
  'conditions-can-be-met': {
    'another agency that is none': berthWith(() => ({
      after: [{ agency: 'tug', procedure: 'tow', status: 'closed' }],
    })),
    'a status never reached': berthWith(() => ({
      after: [{ agency: 'crane', procedure: 'berth', status: 'approved' }],
    })),
    'it waits for itself': berthWith(() => ({ after: [{ agency: 'toy', procedure: 'berth', status: 'closed' }] })),
  },
  'changes-name-what-they-change': {
    'what is not there': berthWith(() => ({ amends: ['tow'] })),
    itself: berthWith(() => ({ cancels: ['berth'] })),
    'both ways at once': berthWith(() => ({ amends: [], cancels: [] })),
    'on request as well': berthWith(() => ({ amends: ['tow'], onRequest: 'only' })),
  },
  'particulars-have-a-schema': {
    'a type JSON does not have': berthWith(() => ({ particulars: z.strictObject({ since: z.date() }) })),
  },
  'missing-can-be-asked': {
    'it throws without particulars': berthWith(() => ({
      missing: (_, particulars) => ((particulars as { note: string }).note.length > 0 ? [] : []),
    })),
    'it does not say who asks': berthWith(() => ({
      missing: () => [{ pointer: '/x', code: 'missing', detail: 'Missing', detailZh: '缺少' }],
    })),
    'it points nowhere': berthWith(() => ({
      missing: () => [{ pointer: 'note', code: 'missing', agency: 'toy', detail: 'Missing', detailZh: '缺少' }],
    })),
  },
  'cases-for-everything': {
    'one item only': withCases(([one]) => (one === undefined ? [] : [one])),
    'two items only': withCases((cases) => cases.filter(({ name }) => name === 'two-hostile')),
    'no hostile text': withCases(() => [toyCase('one', ['a']), toyCase('two', ['a', 'b'])]),
    'a procedure without a case': adapterWith((adapter) => ({
      procedures: { ...adapter.procedures, tow: berthOf(adapter) },
    })),
  },
  'cases-are-sound': {
    'something is wrong with it': berthWith(() => ({
      check: () => [{ pointer: '/x', code: 'wrong', agency: 'toy', detail: 'Wrong', detailZh: '错误' }],
    })),
    'it does not apply': berthWith(() => ({ applies: () => ({ files: false, because: { en: 'No', zh: '否' } }) })),
    'the schema refuses it': withCases(() => [toyCase('none', [])]),
  },
  'golden-bytes': {
    'one byte differs': withCases((cases) =>
      cases.map((one) => ({ ...one, bytes: one.bytes.replace('cranes', 'crames') })),
    ),
    'nobody has written them': withCases((cases) => cases.map((one) => ({ ...one, file: undefined }))),
    'another content type': berthWith(({ encode }) => ({
      encode: (submission) => ({ ...encode(submission), contentType: 'text/plain' }),
    })),
  },
  'same-bytes-twice': {
    'a counter': berthWith(({ encode }) => {
      let count = 0
      return { encode: (submission) => ({ ...encode(submission), body: String(count++) }) }
    }),
    'a clock': berthWith(({ encode }) => ({
      encode: (submission) => ({ ...encode(submission), body: String(performance.now()) }),
    })),
    'input that is changed': berthWith(({ encode }) => ({
      encode(submission) {
        submission.declaration.goodsShipment.items.sort((a, b) => b.sequence - a.sequence)
        return encode(submission)
      },
    })),
  },
  'hostile-text-survives': {
    'text that is swallowed': berthWith(({ encode }) => ({
      encode: (submission) => ({ ...encode(submission), body: encode(submission).body?.replaceAll('&', '') ?? '' }),
    })),
    'text cut off': berthWith(({ encode }) => ({
      encode: (submission) => ({
        ...encode(submission),
        body: encode(submission).body?.replaceAll('中文', '中') ?? '',
      }),
    })),
    'text that is not escaped': berthWith(() => ({
      encode: ({ declaration }) => ({
        method: 'POST',
        path: '/',
        contentType: 'application/xml',
        body: `<Toy>${declaration.goodsShipment.items[0]?.name}</Toy>`,
      }),
    })),
    'a check that throws': berthWith(() => ({
      check({ goodsShipment }) {
        if (goodsShipment.items[0]?.name.includes('&')) throw new Error('ouch')
        return []
      },
    })),
    'no text at all': berthWith(({ encode }) => ({ encode: (submission) => ({ ...encode(submission), body: '{}' }) })),
  },
  'inquiry-is-stable': {
    'a random number': berthWith(() => {
      let count = 0
      return { encodeInquiry: () => ({ method: 'GET', path: `/toy?nonce=${count++}` }) }
    }),
    'a path that is none': berthWith(() => ({ encodeInquiry: () => ({ method: 'GET', path: 'toy berths' }) })),
    'a GET with a body': berthWith(() => ({ encodeInquiry: () => ({ method: 'GET', path: '/toy', body: 'x' }) })),
  },
  'replies-show-the-statuses': {
    'a claim without proof': withoutReply('closed'),
    'a status nobody claims': berthWith(() => ({ statuses: ['acknowledged', 'refused'] })),
    'no unknown code': withoutReply('unrecognised'),
  },
  'replies-bring-what-they-say': {
    'another status': withReply('maybe.closed', { number: 'T-1', code: 'NO', words: 'no' }),
    'an unknown code that moves': withReply('maybe.unrecognised', { number: 'T-1', code: 'YES', words: 'yes' }),
    'a hold that is not set': withReply('wait.hold-inspection', { number: 'T-1', code: 'HM', words: 'wait' }),
    'an empty code': withReply('maybe.unrecognised', { number: 'T-1', code: '', words: 'hm' }),
    'a receipt that is none': adapterWith(({ decode }) => ({
      decode: (reply) => decode(reply).map((one) => ({ ...one, at: 'yesterday' })),
    })),
    'nothing in it': adapterWith(() => ({ decode: () => [] })),
  },
  'references-are-chained': {
    'a number nobody gave': withReply('late.closed', { number: 'T-2', code: 'YES', words: 'come in' }),
    'a broken first link': withoutReply('acknowledged'),
    'a scheme without a name': adapterWith(() => ({ references: {} })),
  },
  'garbage-is-unintelligible': {
    'a yes to everything': adapterWith(() => ({
      decode: () => [{ references: [{ scheme: 'filing', value: 'x' }], status: 'closed', code: 'YES', text: '' }],
    })),
    'an error of no contract': adapterWith(() => ({
      decode: ({ body }) => {
        JSON.parse(body)
        throw new TypeError('not mine')
      },
    })),
  },
  'mailbox-where-polled': {
    'polled without one': (toy) => {
      const { mailbox: _, ...rest } = toy.adapter
      return { ...toy, adapter: rest }
    },
    'one that nothing needs': adapterWith(({ procedures }) => ({
      procedures: Object.fromEntries(
        Object.entries(procedures).map(([id, one]) => [id, { ...one, replies: 'pushed' as const }]),
      ),
    })),
  },
  'mailbox-from-a-cursor': {
    'always from the start': adapterWith(({ mailbox }) =>
      mailbox === undefined ? {} : { mailbox: { ...mailbox, encode: () => mailbox.encode('0') } },
    ),
  },
  'mailbox-survives-nonsense': {
    'one bad document closes it': adapterWith(({ mailbox }) =>
      mailbox === undefined
        ? {}
        : {
            mailbox: {
              ...mailbox,
              decode(reply, cursor) {
                const read = mailbox.decode(reply, cursor)
                if (read.documents.some(({ unintelligible }) => unintelligible !== undefined))
                  throw new Error('bad document')
                return read
              },
            },
          },
    ),
    'a cursor that stands still': adapterWith(({ mailbox }) =>
      mailbox === undefined
        ? {}
        : { mailbox: { ...mailbox, decode: (reply, cursor) => ({ ...mailbox.decode(reply, cursor), cursor: '0' }) } },
    ),
    'garbage taken for an empty page': adapterWith(({ mailbox }) =>
      mailbox === undefined
        ? {}
        : {
            mailbox: {
              ...mailbox,
              decode(reply, cursor) {
                try {
                  return mailbox.decode(reply, cursor)
                } catch {
                  return { documents: [], cursor }
                }
              },
            },
          },
    ),
  },
  'mock-accepts-goldens': {
    'no mock': (toy) => ({ ...toy, mock: undefined }),
    'it refuses at once': answering((text) => text.replace('GOT', 'NO')),
    'it refuses later': answering((text) => text.replace('YES', 'NO')),
    'it does not know the path': mockWith((mock) => ({
      open: (desk) => new Hono().route('/elsewhere', mock.open(desk)),
    })),
  },
  'mock-is-understood': {
    'a document under a name nobody knows': answering((text) =>
      text.replace(/T-TOY\d+\\",\\"code\\":\\"YES/, 'T-9\\",\\"code\\":\\"YES'),
    ),
    'a status nobody claims': berthWith(() => ({ statuses: ['acknowledged', 'refused'] })),
    'nothing after the first answer': answering((text) => text.replace(/"letters":\[.+\]/, '"letters":[]')),
  },
  'mock-takes-it-once': {
    'it takes it again': forgetful,
  },
  'mock-answers-inquiries': {
    'it knows nothing': answering((text, method) => (method === 'GET' ? '{"unknown":"x"}\n' : text)),
    'it knows everything': answering((text) =>
      text.replace(/\{"unknown".*\}/, '{"number":"T-1","code":"YES","words":""}'),
    ),
  },
  'change-of-nothing-is-refused': {
    'it is granted': answering((text) => text.replace('"NO"', '"YES"')),
    'nobody says anything': answering(() => '{"unknown":"x"}\n'),
  },
  'next-attempt-is-another-message': {
    'only the reference goes out': berthWith(({ encode }) => ({
      encode: (submission) => encode({ ...submission, messageId: '1' }),
    })),
  },
  'reading-has-no-memory': {
    'it remembers what came before': adapterWith(({ decode }) => {
      const seen: string[] = []
      return {
        decode: (reply) =>
          decode(reply).map((one) => {
            seen.push(one.code)
            return { ...one, text: seen.at(-2) ?? '' }
          }),
      }
    }),
    'it knows what it has read': adapterWith(({ decode }) => {
      const seen = new Set<string>()
      return { decode: (reply) => (seen.has(reply.body) ? [] : (seen.add(reply.body), decode(reply))) }
    }),
  },
  'receipts-can-be-ordered': {
    'a hold at no time': adapterWith(({ decode }) => ({
      decode: (reply) => decode(reply).map((one) => ({ ...one, sets: ['inspection' as const] })),
    })),
    'a time that is none': adapterWith(({ decode }) => ({
      decode: (reply) => decode(reply).map((one) => ({ ...one, at: 'yesterday' })),
    })),
    'no code': adapterWith(({ decode }) => ({ decode: (reply) => decode(reply).map((one) => ({ ...one, code: '' })) })),
    'over in two ways at once': adapterWith(({ decode }) => ({
      decode: (reply) =>
        decode(reply).flatMap((one) => [
          { ...one, status: 'refused' as const },
          { ...one, status: 'withdrawn' as const },
        ]),
    })),
    'the second time it says more': adapterWith(({ decode }) => {
      let count = 0
      return { decode: (reply) => decode(reply).map((one) => ({ ...one, text: String(count++) })) }
    }),
  },
  'lost-answer-is-made-good': {
    'only the answer tells the number': answering((text, method) =>
      method === 'GET' ? text.replace(/^\{"number":"[^"]*"/, '{"number":"T-0"') : text,
    ),
  },
  'cut-reply-says-no-more': {
    'it reads as far as it gets': adapterWith(() => ({
      decode({ body }) {
        const code = /"code":"(\w+)/.exec(body)?.[1]
        if (code === undefined) throw new Unintelligible('no code')
        return [{ references: [{ scheme: 'toy-number', value: 'T-1' }], code, text: body.slice(-1) }]
      },
    })),
    'an error of no contract': adapterWith(({ decode }) => ({
      decode(reply) {
        JSON.parse(reply.body)
        return decode(reply)
      },
    })),
  },
  'unknown-code-moves-nothing': {
    'whatever is not no is yes': adapterWith(({ decode }) => ({
      decode: (reply) => decode(reply).map((one) => ({ ...one, status: one.status ?? 'closed' })),
    })),
    'noughts before it are dropped': adapterWith(({ decode }) => ({
      decode: (reply) => decode({ ...reply, body: reply.body.replace('"code":"0', '"code":"') }),
    })),
  },
  'mock-refuses-garbage': {
    'a yes to everything': answering((text) =>
      text.replace(/\{"unknown":"message"\}/, '{"number":"T-1","code":"GOT","words":""}'),
    ),
    'a silent 200': answering((text) => text.replace(/\{"unknown":"message"\}\n/, '')),
    'a defect of its own': mockWith((mock) => ({
      open(desk) {
        const office = mock.open(desk)
        const fetch = office.request.bind(office)
        office.request = (async (path: string, init: RequestInit) => {
          const answer = await fetch(path, init)
          return answer.status === 400 ? new Response('ouch', { status: 500 }) : answer
        }) as typeof office.request
        return office
      },
    })),
    'an effect all the same': mockWith((mock) => ({
      open(desk) {
        return new Hono()
          .use(async (_, next) => {
            desk.effect('x', 'something')
            await next()
          })
          .route('/', mock.open(desk))
      },
    })),
  },
  'outcomes-name-procedures': {
    'a procedure nobody has': mockWith(() => ({
      outcomes: [{ magic: 'NO', procedure: 'tow', does: { en: 'no', zh: '不' } }],
    })),
    'a magic value twice': mockWith(({ outcomes }) => ({ outcomes: [...outcomes, ...outcomes] })),
    'it pushes where we poll': mockWith(() => ({ replies: 'pushed' })),
  },
}

test.each(Object.entries(rules))('the sound toy keeps: %s', async (_, { rule }) => {
  expect(await rule(soundToy())).toEqual([])
})

describe.each(Object.entries(broken))('broken: %s', (id, ways) => {
  test.each(Object.entries(ways))('%s', async (_, breaking) => {
    expect(await rules[id as RuleId].rule(breaking(soundToy()))).not.toEqual([])
  })
})
