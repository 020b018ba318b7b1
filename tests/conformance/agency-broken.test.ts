import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { GoldenCase } from '../../conformance/adapter/goldens.ts'
import { type AgencyOptions, agencyScenarios } from '../../conformance/agency/index.ts'
import type { Agency, Outgoing } from '../../mocks/agency.ts'
import type { SimulatorOptions } from '../../mocks/server.ts'
import type { Send } from '../../mocks/simulator/push.ts'
import { broken, judged, openEndpoints, registered } from './agency-endpoints.ts'

const { simulate, onAPort, optionsFor } = await openEndpoints()

/** Two cases of one procedure, one that changes the first, and a few documents that must be refused: enough to see what is broken. */
function few({ cases, refused, adapter, ...rest }: AgencyOptions): AgencyOptions {
  const golden = cases as readonly GoldenCase[]
  const plain = golden.filter(({ builtOn, submission }) => builtOn.length === 0 && submission.attempt === 1)
  const [first] = plain
  const second = plain.find((one) => one !== first && one.procedure === first?.procedure)
  const change = golden.find(({ builtOn }) => builtOn.length === 1 && builtOn[0] === first?.name)
  return {
    ...rest,
    adapter,
    cases: [first, second, change].filter((one) => one !== undefined),
    refused: refused.filter((_, at) => at % 20 === 0 || at === refused.length - 1),
  }
}

/** An agency whose every exchange goes through something. */
const through = (
  agency: Agency,
  pass: (request: Request, office: Hono, fresh: () => Hono) => Promise<Response>,
): Agency => ({
  ...agency,
  open(desk) {
    const office = agency.open(desk)
    const app = new Hono()
    app.all('*', (c) => pass(c.req.raw, office, () => agency.open(desk)))
    return app
  },
})

/** Takes what it was sent before for something new. */
function forgetful(): Agency {
  const seen = new Set<string>()
  return through(registered('border'), async (request, office, fresh) => {
    const body = request.method === 'POST' ? await request.clone().text() : ''
    const key = `${request.headers.get('x-sim-session')} ${body}`
    const isRepeat = body !== '' && seen.has(key)
    seen.add(key)
    return (isRepeat ? fresh() : office).fetch(request)
  })
}

const endpoints: readonly [what: string, agency: Agency, fails: readonly string[], options?: Partial<AgencyOptions>][] =
  [
    ['forgets what it was sent before', forgetful(), ['repeat-has-one-effect', 'twins-have-one-effect']],
    [
      'says 200 to garbage',
      through(registered('border'), async (request, office) => {
        const answer = await office.fetch(request)
        return [400, 413, 415].includes(answer.status) ? new Response('OK') : answer
      }),
      ['garbage-is-refused', 'refused-documents-are-refused'],
    ],
    [
      'has something at every door',
      through(registered('customs'), async (request, office) => {
        const answer = await office.fetch(request)
        return answer.status === 404 && request.url.includes('no-such') ? new Response('welcome') : answer
      }),
      ['unknown-doors-are-closed'],
    ],
    [
      'has a mailbox whose cursor stands still',
      through(registered('customs'), async (request, office) => {
        const answer = await office.fetch(request)
        const after = new URL(request.url).searchParams.get('after')
        if (after === null) return answer
        return new Response((await answer.text()).replace(/ next="\d+"/, ` next="${after}"`), answer)
      }),
      ['mailbox-goes-on-from-its-cursor'],
    ],
    [
      'has a mailbox that can be read three times',
      (() => {
        const reads = new Map<string, number>()
        return through(registered('customs'), async (request, office) => {
          const { pathname, search } = new URL(request.url)
          const answer = await office.fetch(request)
          if (pathname !== '/mailbox' || !(await answer.clone().text()).includes('<File')) return answer
          const key = `${request.headers.get('x-sim-session')} ${search}`
          reads.set(key, (reads.get(key) ?? 0) + 1)
          const isGone = (reads.get(key) ?? 0) > 3
          return isGone ? office.fetch(new Request(new URL('/mailbox?after=999999', request.url), request)) : answer
        })
      })(),
      ['mailbox-is-kept'],
    ],
    [
      'does not know what it was sent',
      through(registered('border'), async (request, office) =>
        request.method === 'GET'
          ? office.fetch(new Request(request.url.replace(/[^/]*$/, 'UNKNOWN'), request))
          : office.fetch(request),
      ),
      ['inquiry-knows-what-came'],
    ],
    [
      'takes a second document under one name',
      through(registered('border'), async (request, office, fresh) => {
        const answer = await office.fetch(request.clone())
        return answer.status === 409 ? fresh().fetch(request) : answer
      }),
      ['name-is-used-once'],
    ],
    [
      'signs with another secret',
      registered('border'),
      ['pushes-are-signed'],
      { secret: 'whsec_bm90IG9mIHRoaXMgYWdlbmN5' },
    ],
  ]
describe('an endpoint that', () => {
  test.concurrent.each(endpoints)(
    '%s fails there and nowhere else',
    async (_, agency, fails, options = {}) => {
      const simulator = simulate([agency])
      const found = broken(await judged({ ...few(optionsFor(agency.id, simulator)), ...options }))
      expect([Object.keys(found).sort(), found]).toEqual([[...fails].sort(), found])
    },
    120_000,
  )
})

/** An agency whose every document goes through something on its way out. */
const sending = (agency: Agency, change: (document: Outgoing) => Outgoing | undefined): Agency => ({
  ...agency,
  open: (desk) =>
    agency.open({
      ...desk,
      send(reference, document) {
        const changed = change(document)
        if (changed !== undefined) desk.send(reference, changed)
      },
    }),
})
const rewriting = (agency: Agency, from: RegExp, to: string): Agency =>
  sending(agency, (document) => ({ ...document, body: document.body.replace(from, to) }))
const onItsWay = (push: Send): Partial<SimulatorOptions> => ({ fetch: push })
/** Hands a push to the receiver the kit has opened; gives what that answers. */
const handOver: Send = (url, { method, headers, body }) => fetch(url, { method, headers, body })

const border = registered('border')
const customs = registered('customs')
const single: readonly [scenario: string, how: string, agency: Agency, simulator?: Partial<SimulatorOptions>][] = [
  ['documents-are-understood', 'a document nobody can read', rewriting(customs, /<CHANNEL>P<\/CHANNEL>/, '<CHANNEL>P')],
  [
    'statuses-move-forward',
    'a document that says it was closed years before it was released',
    rewriting(customs, /<NOTICE_DATE>[^<]*(?=<\/NOTICE_DATE>\s*<CHANNEL>R)/, '<NOTICE_DATE>2020-01-01T00:00:00'),
  ],
  [
    'names-are-chained',
    'documents under a number nobody was told',
    rewriting(customs, /<CUS_CIQ_NO>[^<]*/, '<CUS_CIQ_NO>E20990000000000001'),
  ],
  ['goldens-are-accepted', 'silence after the first answer', sending(border, () => undefined)],
  [
    'filings-stay-apart',
    'one number for two filings',
    through(customs, async (request, office) => {
      const answer = await office.fetch(request)
      return new Response((await answer.text()).replaceAll(/[EI]20\d{15}/g, 'E20260000000000001'), answer)
    }),
  ],
  [
    'changes-need-what-they-change',
    'no word on a change of nothing',
    sending(border, (document) => (document.body.includes('NOT_GRANTED') ? undefined : document)),
  ],
  [
    'mailbox-minds-its-cursor',
    'a failure over a cursor',
    through(customs, async (request, office) =>
      /after=\D/.test(request.url) ? new Response('', { status: 500 }) : office.fetch(request),
    ),
  ],
  [
    'pushes-come-again-until-taken',
    'a push that is sent once, come what may',
    border,
    onItsWay(async (url, request) => {
      await handOver(url, request)
      return { status: 204 }
    }),
  ],
  [
    'refused-pushes-stop',
    'a push that is repeated after a refusal',
    border,
    onItsWay(async (url, request) => {
      const { status } = await handOver(url, request)
      return { status: status === 400 ? 503 : status }
    }),
  ],
  [
    'pushes-are-signed',
    'a push that comes twice',
    border,
    onItsWay(async (url, request) => {
      await handOver(url, request)
      return handOver(url, request)
    }),
  ],
]
describe('what else a scenario finds', () => {
  test.concurrent.each(single)(
    '%s: %s',
    async (scenario, _, agency, options = {}) => {
      const subject = { ...few(optionsFor(agency.id, simulate([agency], options))), patienceMs: 1_500 }
      const all = await judged(subject, [scenario])
      expect(Object.keys(broken(all))).toEqual([scenario])
    },
    60_000,
  )

  test('answers-come-in-time: answers that take longer than they may', async () => {
    const options = { ...few(optionsFor('fx', simulate([registered('fx')]))), promptMs: 0 }
    const found = broken(await judged(options, ['answers-come-in-time']))
    expect(found['answers-come-in-time']).toHaveLength(3)
  })

  test('hang-up-leaves-one-effect: a second effect of what was sent again', async () => {
    const origin = await onAPort(simulate([forgetful()]))
    const { fetch: _, ...options } = few(optionsFor('border', simulate([])))
    const all = await judged({ ...options, url: `${origin}/border`, controlUrl: `${origin}/control` }, [
      'hang-up-leaves-one-effect',
    ])
    expect(Object.keys(broken(all))).toEqual(['hang-up-leaves-one-effect'])
  })
})

test('every scenario is failed by some endpoint', () => {
  const failed = new Set([
    ...endpoints.flatMap(([, , fails]) => fails),
    ...single.map(([scenario]) => scenario),
    'answers-come-in-time',
    'hang-up-leaves-one-effect',
  ])
  expect(agencyScenarios.filter(({ id }) => !failed.has(id))).toEqual([])
})
