import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GatewayOptions, gatewayScenarios, openGatewaySubject } from '../../conformance/gateway/index.ts'
import { judge } from '../../conformance/run.ts'
import type { Judged } from '../../conformance/verdict.ts'
import { smallSample, smallWorld } from '../routes/support.ts'

const world = await smallWorld()
const xml = readFileSync(new URL('../support/samples/export-ev-batteries-dangerous.xml', import.meta.url), 'utf8')

/** The agencies' clock goes on as long as anything is judged. */
const time = { over: false }
let flowing: Promise<void> | undefined
beforeAll(() => {
  flowing = (async () => {
    while (!time.over) {
      await world.simulator.clock.advanceToNext()
      await world.simulator.settled()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })()
})
afterAll(async () => {
  time.over = true
  await flowing
})

type Handle = (request: Request) => Promise<Response>
const answer: Handle = async (request) => world.app.fetch(request)

async function judged(fetch: Handle, options: Partial<GatewayOptions> = {}): Promise<readonly Judged[]> {
  const subject = openGatewaySubject({
    url: 'http://gateway.test',
    apiKey: world.keys.trader,
    otherApiKey: world.keys.stranger,
    sample: () => smallSample(),
    xml,
    fetch,
    ...options,
  })
  return (await judge({ kind: 'gateway', name: 'own', subject, scenarios: gatewayScenarios })).judged
}

/** Each scenario that is not kept, with what was found. */
const broken = (all: readonly Judged[]): Record<string, string[]> =>
  Object.fromEntries(
    all.flatMap((one) =>
      one.verdict === 'not-conformant' ? [[one.id, one.findings.map(({ what }) => what)] as const] : [],
    ),
  )
const notAsked = (all: readonly Judged[]) =>
  all.flatMap(({ id, verdict }) => (verdict === 'not-applicable' ? [id] : []))

test('the gateway conforms in everything', async () => {
  const all = await judged(answer)
  expect(broken(all)).toEqual({})
  expect(notAsked(all)).toEqual([])
  expect(all.length).toBe(gatewayScenarios.length)
}, 120_000)

const headersOf = (response: Response, change: (headers: Headers) => void): Response => {
  const headers = new Headers(response.headers)
  change(headers)
  return new Response(response.status === 304 ? null : response.body, { status: response.status, headers })
}
const pathOf = ({ url }: Request) => new URL(url).pathname

/** What is wrong with a gateway, and which scenarios must say so. */
interface Defect {
  readonly what: string
  readonly fails: readonly string[]
  readonly of: (handle: Handle) => Handle
}

const silentReplays: Defect = {
  what: 'does not say that it replays',
  fails: ['key-replays-the-answer'],
  of: (handle) => async (request) =>
    headersOf(await handle(request), (headers) => headers.delete('idempotent-replayed')),
}
const otherIds: Defect = {
  what: 'answers a repeat with another id',
  fails: ['key-replays-the-answer', 'twins-make-one-declaration'],
  of(handle) {
    let made = 0
    return async (request) => {
      const response = await handle(request)
      if (response.headers.get('idempotent-replayed') === null || response.status !== 202) return response
      return new Response((await response.text()).replace(/"id":"[^"]*"/, `"id":"OTHER${made++}"`), response)
    }
  },
}
const notYours: Defect = {
  what: 'tells another firm that a declaration is not its own',
  fails: ['not-yours-is-not-there'],
  of: (handle) => async (request) => {
    const response = await handle(request)
    const isTheirs = request.headers.get('authorization') === `Bearer ${world.keys.stranger}`
    return isTheirs && response.status === 404
      ? new Response(response.body, { status: 403, headers: response.headers })
      : response
  },
}
const credulous: Defect = {
  what: 'believes whoever pushes a receipt',
  fails: ['callbacks-must-be-signed', 'hostility-is-no-failure'],
  of: (handle) => async (request) =>
    pathOf(request).endsWith('/receipts') ? Response.json({ receipts: 0 }, { status: 202 }) : handle(request),
}
const startingOver: Defect = {
  what: 'starts every stream at the beginning',
  fails: ['streams-resume'],
  of: (handle) => async (request) => {
    request.headers.delete('last-event-id')
    return handle(request)
  },
}
const losingCursors: Defect = {
  what: 'loses the cursors of its lists',
  fails: ['lists-skip-and-repeat-nothing'],
  of: (handle) => async (request) => {
    const url = new URL(request.url)
    const isCursor = /^[0-9A-Z]+$/.test(url.searchParams.get('after') ?? '')
    if (url.pathname !== '/v1/declarations' || !isCursor) return handle(request)
    url.searchParams.delete('after')
    return handle(new Request(url, request))
  },
}
const heedless: Defect = {
  what: 'does not read If-Match',
  fails: ['tags-guard-changes'],
  of: (handle) => async (request) => {
    if (request.method === 'PUT') request.headers.delete('if-match')
    return handle(request)
  },
}
const shallow: Defect = {
  what: 'breaks over deep documents',
  fails: ['hostility-is-no-failure', 'nothing-failed'],
  of: (handle) => async (request) => {
    const isDeep = request.method === 'POST' && (await request.clone().text()).startsWith('[[[[')
    return isDeep ? new Response('Internal Server Error', { status: 500 }) : handle(request)
  },
}

const englishOnly: Defect = {
  what: 'speaks English to everybody',
  fails: ['problems-speak-the-callers-language'],
  of: (handle) => async (request) => {
    request.headers.delete('accept-language')
    return handle(request)
  },
}
const oneIssueAtATime: Defect = {
  what: 'tells one issue at a time',
  fails: ['issues-point-at-the-place'],
  of: (handle) => async (request) => {
    const response = await handle(request)
    if (response.status !== 422) return response
    const document = (await response.json()) as { errors?: unknown[] }
    return new Response(JSON.stringify({ ...document, errors: document.errors?.slice(0, 1) }), response)
  },
}
const uncounted: Defect = {
  what: 'does not tell its limits',
  fails: ['answers-carry-id-and-limits'],
  of: (handle) => async (request) => headersOf(await handle(request), (headers) => headers.delete('ratelimit')),
}
const elsewhere: Defect = {
  what: 'sends whoever handed in elsewhere',
  fails: ['acceptance-tells-where-to-look'],
  of: (handle) => async (request) =>
    headersOf(await handle(request), (headers) => {
      if (headers.has('location')) headers.set('location', '/v1/declarations/elsewhere')
    }),
}
const keysForAnything: Defect = {
  what: 'takes another body under a used key',
  fails: ['key-holds-one-body'],
  of: (handle) => async (request) => {
    const body = request.method === 'POST' ? await request.clone().text() : ''
    const response = await handle(request)
    if (response.status !== 422 || !(await response.clone().text()).includes('idempotency-key-reused')) return response
    const headers = new Headers(request.headers)
    headers.set('idempotency-key', `${headers.get('idempotency-key')}-other`)
    return handle(new Request(request.url, { method: 'POST', headers, body }))
  },
}
const keptTrials: Defect = {
  what: 'keeps what was only tried',
  fails: ['dry-run-keeps-nothing'],
  of(handle) {
    let tried = 0
    return async (request) => {
      if (!request.url.endsWith('?dryRun=true')) return handle(request)
      const body = await request.clone().text()
      const headers = new Headers(request.headers)
      headers.set('idempotency-key', `trial-${tried++}`)
      const response = await handle(request)
      await handle(new Request(new URL('/v1/declarations', request.url), { method: 'POST', headers, body }))
      return response
    }
  },
}
const otherBytes: Defect = {
  what: 'keeps a document otherwise than it came',
  fails: ['both-doors-lead-in'],
  of: (handle) => async (request) => {
    const response = await handle(request)
    return request.url.endsWith('form=raw') ? new Response((await response.text()).trim(), response) : response
  },
}
const goingBack: Defect = {
  what: 'shows every other time where filings stood before',
  fails: ['statuses-only-move-forward'],
  of(handle) {
    let looks = 0
    return async (request) => {
      const response = await handle(request)
      if (request.method !== 'GET' || !/^\/v1\/declarations\/[^/]+$/.test(pathOf(request)) || response.status !== 200)
        return response
      const shown = (await response.json()) as { filings: { status: string }[] }
      if (looks++ % 2 === 0) return new Response(JSON.stringify(shown), response)
      const filings = shown.filings.map((filing) => ({ ...filing, status: 'planned' }))
      return new Response(JSON.stringify({ ...shown, filings }), response)
    }
  },
}
const emptyMessages: Defect = {
  what: 'keeps that something was sent, and not what',
  fails: ['every-byte-is-kept'],
  of: (handle) => async (request) => {
    const response = await handle(request)
    if (!pathOf(request).endsWith('/messages') || response.status !== 200) return response
    const page = (await response.json()) as { data: { direction: string; body?: string }[] }
    const data = page.data.map(({ body, ...message }) =>
      message.direction === 'out' || body === undefined ? message : { ...message, body },
    )
    return new Response(JSON.stringify({ ...page, data }), response)
  },
}
const undescribed: Defect = {
  what: 'writes its events otherwise than it says',
  fails: ['answers-are-as-described'],
  of: (handle) => async (request) => {
    const response = await handle(request)
    const isList = pathOf(request).endsWith('/events') && request.headers.get('accept') !== 'text/event-stream'
    return isList && response.status === 200
      ? new Response((await response.text()).replaceAll('"specversion":"1.0"', '"specversion":1'), response)
      : response
  },
}
const plainText: Defect = {
  what: 'tells in plain text that there is no key',
  fails: ['problems-are-documents'],
  of: (handle) => async (request) => {
    const response = await handle(request)
    return response.status === 401 && !pathOf(request).endsWith('/receipts')
      ? new Response('who are you?', { status: 401, headers: { 'request-id': 'x' } })
      : response
  },
}

/** Together where they do not touch: what one breaks the other does not. */
const gateways: readonly (readonly Defect[])[] = [
  [silentReplays, notYours, startingOver, keptTrials],
  [otherIds, credulous, goingBack, otherBytes],
  [losingCursors, heedless, shallow, emptyMessages, plainText],
  [englishOnly, oneIssueAtATime, uncounted, elsewhere, keysForAnything, undescribed],
]

test('every scenario is failed by some gateway', () => {
  const failed = new Set(gateways.flat().flatMap(({ fails }) => fails))
  expect(gatewayScenarios.filter(({ id }) => !failed.has(id))).toEqual([])
})

test.concurrent.each(gateways.map((defects) => [defects.map(({ what }) => what).join(', '), defects] as const))(
  'a gateway that %s fails there and nowhere else',
  async (_, defects) => {
    const handle = defects.reduce((inner, { of }) => of(inner), answer)
    const found = broken(await judged(handle, { lifeMs: 300 }))
    const fails = new Set(defects.flatMap((defect) => defect.fails))
    expect([Object.keys(found).sort(), found]).toEqual([[...fails].sort(), found])
  },
  120_000,
)
