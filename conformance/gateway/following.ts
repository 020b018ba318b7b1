/** Following declarations 跟踪: lists page by page, the life of filings, every byte of it, and events as they happen. */
import { createParser } from 'eventsource-parser'
import { type FilingStatus, rankOf, statuses } from '../../schemas/status.ts'
import { type Answer, found } from '../http.ts'
import { limits } from '../limits.ts'
import type { Finding } from '../verdict.ts'
import { declarations, fieldsOf, type GatewayScenario, type GatewaySubject, listIn } from './subject.ts'

interface Listed {
  readonly ids: readonly string[]
  readonly findings: readonly Finding[]
}

/** Reads a list to its end by its cursors, or until enough was seen. */
async function readList(
  subject: GatewaySubject,
  path: string,
  enough: (ids: readonly string[]) => boolean = () => false,
): Promise<Listed> {
  const ids: string[] = []
  const findings: Finding[] = []
  const limit = limits.pageAsked
  for (let after: string | undefined, pages = 0; pages < limits.pages; pages++) {
    const cursor: string = after === undefined ? '' : `&after=${encodeURIComponent(after)}`
    const answer: Answer = await subject.call('GET', `${path}?limit=${limit}${cursor}`)
    const fields = fieldsOf(answer)
    const page = listIn(fields, 'data').map(({ id }) => String(id))
    ids.push(...page)
    const { hasMore, nextCursor } = fields
    if (answer.status !== 200 || page.length > limit)
      return {
        ids,
        findings: [...findings, found(`a page of ${limit} is ${answer.status} with ${page.length}`, answer.exchange)],
      }
    const link = answer.headers.get('link') ?? ''
    if ((hasMore === true) !== /rel="?next"?/.test(link))
      findings.push(
        found(`hasMore is ${String(hasMore)}, Link ${link || 'absent'}`, answer.exchange, '/response/headers/link'),
      )
    if (hasMore !== true || enough(ids)) return { ids, findings }
    if (typeof nextCursor !== 'string' || nextCursor === after)
      return {
        ids,
        findings: [...findings, found('there is more, and no cursor to it', answer.exchange, '/nextCursor')],
      }
    after = nextCursor
  }
  return { ids, findings: [...findings, { what: `the list has no end after ${limits.pages} pages` }] }
}

const listsSkipAndRepeatNothing: GatewayScenario = {
  id: 'lists-skip-and-repeat-nothing',
  group: 'sequence',
  title: {
    en: 'Read page by page a list holds everything once',
    zh: '逐页读取的列表不遗漏、不重复',
  },
  async judge(subject) {
    const made = await Promise.all(Array.from({ length: limits.pageAsked * 2 + 1 }, () => subject.handIn()))
    const refused = made.find(({ status }) => status !== 202)
    if (refused !== undefined) return [found('the sample is not accepted', refused.exchange, '/response/status')]
    const ids = made.map((answer) => String(fieldsOf(answer)['id']))
    const listed = await readList(subject, declarations, (seen) => ids.every((id) => seen.includes(id)))
    const repeated = listed.ids.find((id, at) => listed.ids.indexOf(id) !== at)
    return [
      ...listed.findings,
      ...ids.filter((id) => !listed.ids.includes(id)).map((id) => ({ what: `${id} is in no page`, pointer: '/data' })),
      ...(repeated === undefined ? [] : [{ what: `${repeated} is listed twice`, pointer: '/data' }]),
    ]
  },
}

interface Stood {
  readonly filing: string
  readonly attempt: number
  readonly status: string
}

/** Where the filings of a declaration stand. */
const standingOf = (answer: Answer): Stood[] =>
  listIn(fieldsOf(answer), 'filings').map(({ id, attempt, status }) => ({
    filing: String(id),
    attempt: Number(attempt),
    status: String(status),
  }))

/**
 * Follows a declaration until nothing has moved for a while, or the time is up; every state it was seen in. However little time
 * there is, it is waited for the first filing to be sent.
 */
async function follow(subject: GatewaySubject, id: string): Promise<Stood[][]> {
  const states: Stood[][] = []
  const began = performance.now()
  for (let since = began; ; ) {
    const seen = standingOf(await subject.call('GET', `${declarations}/${id}`))
    const now = performance.now()
    if (JSON.stringify(seen) !== JSON.stringify(states.at(-1))) {
      states.push(seen)
      since = now
    }
    const isOver = seen.every(({ status }) => isAtLeast(status, 'approved') || isKeptBack(status))
    if (now - since > (isOver ? limits.settledMs : limits.stillMs)) return states
    const mostMs = seen.some(({ status }) => isAtLeast(status, 'sent')) ? subject.lifeMs : limits.lifeMs
    if (now - began > mostMs) return states
    await new Promise((resolve) => setTimeout(resolve, limits.followMs))
  }
}

const isAtLeast = (status: string, least: FilingStatus): boolean => isKnown(status) && rankOf(status) >= rankOf(least)
/** Not to be sent before something else happens. */
const isKeptBack = (status: string): boolean => isKnown(status) && rankOf(status) === 0
const isKnown = (status: string): status is keyof typeof statuses => Object.hasOwn(statuses, status)

const lives = new WeakMap<GatewaySubject, Promise<{ id: string; states: Stood[][] }>>()

/** One declaration followed from its acceptance on; the same for every scenario that asks. */
function lifeOf(subject: GatewaySubject): Promise<{ id: string; states: Stood[][] }> {
  const life =
    lives.get(subject) ?? subject.declaration().then(async (id) => ({ id, states: await follow(subject, id) }))
  lives.set(subject, life)
  return life
}

const statusesOnlyMoveForward: GatewayScenario = {
  id: 'statuses-only-move-forward',
  group: 'sequence',
  title: {
    en: 'Within one attempt a filing only moves to a higher rank, as it is seen and as its events tell it',
    zh: '同一次申报内状态只进不退，查询所见与事件所述一致',
  },
  async judge(subject) {
    const { id, states } = await lifeOf(subject)
    const listed = await subject.call('GET', `${declarations}/${id}/events?limit=200`)
    const told = listIn(fieldsOf(listed), 'data').flatMap(({ type, subject: filing, data }) => {
      if (type !== 'yuchuang.filing.status' || typeof filing !== 'string') return []
      const { attempt, status } = data as { attempt?: unknown; status?: unknown }
      return [{ filing, attempt: Number(attempt), status: String(status) }]
    })
    const last = states.at(-1) ?? []
    return [
      ...(last.some(({ status }) => isAtLeast(status, 'sent'))
        ? []
        : [found('no filing was ever sent', listed.exchange)]),
      ...backwards(states.flat()).map((what) => found(`seen ${what}`, undefined, '/filings')),
      ...backwards(told).map((what) => found(`told ${what}`, listed.exchange, '/data')),
    ]
  },
}

/** Steps back in rank, or to a status that is none. */
function backwards(seen: readonly Stood[]): string[] {
  const reached = new Map<string, string>()
  return seen.flatMap(({ filing, attempt, status }) => {
    const key = `${filing}, attempt ${attempt}`
    const before = reached.get(key)
    reached.set(key, status)
    if (!isKnown(status)) return [`${key}: ${status}, which is no status`]
    return before !== undefined && isKnown(before) && rankOf(status) < rankOf(before)
      ? [`${key}: ${status} after ${before}`]
      : []
  })
}

const everyByteIsKept: GatewayScenario = {
  id: 'every-byte-is-kept',
  group: 'sequence',
  title: {
    en: 'What went to an agency and what came back is kept in order, with its bytes, and stays',
    zh: '与机构往来的每份报文按序留存原文，且不再改变',
  },
  async judge(subject) {
    const { id, states } = await lifeOf(subject)
    const path = `${declarations}/${id}/messages?limit=200`
    const [first, second] = [await subject.call('GET', path), await subject.call('GET', path)]
    const messages = listIn(fieldsOf(first), 'data')
    const again = listIn(fieldsOf(second), 'data')
    const numbers = messages.map((message) => Number(message['id']))
    const out = new Set(messages.filter(({ direction }) => direction === 'out').map(({ filingId }) => filingId))
    const gone = (states.at(-1) ?? []).filter(({ status }) => isAtLeast(status, 'sent'))
    return [
      ...gone
        .filter(({ filing }) => !out.has(filing))
        .map(({ filing, status }) => found(`${filing} is ${status}, and nothing was sent`, first.exchange, '/data')),
      ...(numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0))
        ? []
        : [found('they are out of order', first.exchange, '/data')]),
      ...messages.flatMap((message, at) =>
        message['body'] === undefined &&
        message['withheld'] === undefined &&
        message['error'] === undefined &&
        message['direction'] === 'out'
          ? [found('what was sent has no bytes', first.exchange, `/data/${at}/body`)]
          : [],
      ),
      ...(JSON.stringify(again.slice(0, messages.length)) === JSON.stringify(messages)
        ? []
        : [found('what was kept has changed', second.exchange, '/data')]),
    ]
  },
}

const streamsResume: GatewayScenario = {
  id: 'streams-resume',
  group: 'disorder',
  title: {
    en: 'An event stream that broke off goes on after Last-Event-ID: nothing twice, nothing left out',
    zh: '事件流中断后按 Last-Event-ID 续传：不重复、不遗漏',
  },
  async judge(subject) {
    const { id } = await lifeOf(subject)
    const path = `${declarations}/${id}/events`
    const { ids: listed, findings } = await readList(subject, path)
    const whole = await readStream(subject, path, undefined, listed.length)
    const half = Math.floor(whole.length / 2)
    const rest = await readStream(subject, path, whole[half - 1]?.id, listed.length - half)
    const names = whole.map(({ name }) => name)
    return [
      ...findings,
      ...(listed.length > 1 ? [] : [{ what: 'a declaration has no events to speak of', pointer: '/data' }]),
      ...(names.join() === listed.join()
        ? []
        : [{ what: `the stream tells ${names.join(' ')}, the list ${listed.join(' ')}` }]),
      ...(rest.map(({ name }) => name).join() === names.slice(half).join()
        ? []
        : [
            {
              what: `resumed after ${whole[half - 1]?.id} it tells ${rest.map(({ name }) => name).join(' ') || 'nothing'}`,
            },
          ]),
    ]
  },
}

/** The first events of a stream, each with the id it is resumed by and the name the event itself has. */
async function readStream(subject: GatewaySubject, path: string, last: string | undefined, count: number) {
  const events: { id: string; name: string }[] = []
  if (count <= 0) return events
  const hangUp = new AbortController()
  const url = `${subject.options.url.replace(/\/+$/, '')}${path}`
  const headers = {
    authorization: `Bearer ${subject.options.apiKey}`,
    accept: 'text/event-stream',
    ...(last === undefined ? {} : { 'last-event-id': last }),
  }
  const timer = setTimeout(() => hangUp.abort(), limits.streamMs)
  const parser = createParser({
    onEvent: ({ id = '', data }) => {
      const { id: name } = JSON.parse(data) as { id?: unknown }
      events.push({ id, name: String(name) })
    },
  })
  try {
    const { body } = await subject.fetch(new Request(url, { headers, signal: hangUp.signal }))
    for await (const text of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      parser.feed(text)
      if (events.length >= count) break
    }
  } catch (error) {
    if (!hangUp.signal.aborted) throw error
  } finally {
    clearTimeout(timer)
    hangUp.abort()
  }
  return events
}

export const following: readonly GatewayScenario[] = [
  listsSkipAndRepeatNothing,
  statusesOnlyMoveForward,
  everyByteIsKept,
  streamsResume,
]
