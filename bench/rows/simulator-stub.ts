import type { Generator } from '../generator.ts'
import { median } from '../measure.ts'
import { type Server, startServer } from '../processes.ts'
import type { Row } from '../report.ts'
import { startRivals, stub } from '../rivals.ts'

export interface StubOptions {
  readonly rounds: number
  readonly ms: number
  readonly scripts: number
  readonly sessions: number
  /** How many requests new sessions serve in a round. */
  readonly sessionRequests: number
  /** How many requests one simulator serves for its memory to be looked at. */
  readonly requests: number
}

const connections = 8
const [stubAtLeast, flatAtMost] = [3, 1.1]
const agency = 'customs'

/**
 * (l) One script that answers `GET /stub`, beside other mock servers with an equal stub; the same with a thousand scripts loaded; equally
 * many requests from one new session and from a hundred in turn; and the memory of a simulator after very many requests. Sides take
 * turns, round by round.
 */
export async function measureStub(generator: Generator, options: StubOptions): Promise<Row[]> {
  const rivals = await startRivals()
  const [one, many] = await Promise.all([startStub(1), startStub(options.scripts)])
  const job = { connections, ms: options.ms, key: '', status: 200 }
  const at = (url: string, path: string) => () => generator.run({ ...job, url, requests: { get: [path] } })
  const path = `/${agency}${stub.path}`
  const sides = new Map<string, () => Promise<{ perSecond: number; cpuMs?: number }>>([
    ['one', costing(one, at(one.url, path))],
    ['many', costing(many, at(many.url, path))],
    ...rivals.map(({ name, url }) => [name, at(url, stub.path)] as const),
  ])
  const rates = new Map([...sides.keys()].map((side) => [side, [] as number[]]))
  const cpu = new Map([...sides.keys()].map((side) => [side, [] as number[]]))
  for (let round = 0; round <= options.rounds; round++)
    for (const [side, run] of round % 2 === 0 ? sides : [...sides].reverse()) {
      const { perSecond, cpuMs } = await run()
      if (round === 0) continue
      rates.get(side)?.push(perSecond)
      if (cpuMs !== undefined) cpu.get(side)?.push(cpuMs * 1_000)
    }
  for (const rival of rivals) rival.stop()
  const of = (side: string) => rates.get(side) ?? []
  const best = rivals.map(({ name }) => name).toSorted((a, b) => median(of(b)) - median(of(a)))[0] ?? ''
  const others = rivals.map(({ name }) => `${name} ${median(of(name)).toFixed(0)}/s`).join(', ')
  await Promise.all([one.stop(), many.stop()])
  const [ours, theirs] = [of('one'), of(best)]
  const scripts = `processor time of a request with ${options.scripts} scripts loaded, against one`
  return [
    {
      id: 'l stub',
      what: `a plain stub, against the best of ${others}`,
      ours: { value: median(ours), unit: '/s', all: ours },
      theirs: { value: median(theirs), unit: '/s', all: theirs },
      ratio: median(ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN))),
      atLeast: stubAtLeast,
    },
    flat('l scripts', scripts, cpu.get('many') ?? [], cpu.get('one') ?? []),
    await measureSessions(generator, options),
    ...(await measureMemory(generator, options.requests)),
  ]
}

/** Processor time of one of ours for each request, in milliseconds: other work on the machine does not count. */
const costing = (server: Server, run: () => Promise<{ perSecond: number; count: number }>) => async () => {
  const before = server.cpuMs() ?? Number.NaN
  const { perSecond, count } = await run()
  return { perSecond, cpuMs: ((server.cpuMs() ?? Number.NaN) - before) / count }
}

/** What many of something cost beside one, round by round: the machine's pace changes between rounds. */
function flat(id: string, what: string, many: readonly number[], one: readonly number[]): Row {
  return {
    id,
    what,
    ours: { value: median(many), unit: 'µs' },
    theirs: { value: median(one), unit: 'µs' },
    ratio: median(many.map((cost, round) => cost / (one[round] ?? Number.NaN))),
    atMost: flatAtMost,
  }
}

/**
 * Each round begins with new sessions on both sides, and has so many requests that the collector's large rounds come to both alike: the
 * memory for snapshots, which all sessions share, is not used up by them.
 */
async function measureSessions(generator: Generator, { rounds, sessions, sessionRequests }: StubOptions): Promise<Row> {
  const server = await startStub(1)
  const costs = async (many: number) => {
    const ids = await openSessions(server, many)
    const headers = ids.map((id) => ({ 'x-sim-session': id }))
    const requests = { get: [`/${agency}${stub.path}`] }
    const job = {
      url: server.url,
      connections,
      ms: 3e5,
      most: sessionRequests,
      awake: true,
      key: '',
      status: 200,
      requests,
      headers,
    }
    const { cpuMs } = await costing(server, () => generator.run(job))()
    for (const id of ids) await control(server, 'DELETE', `/sessions/${id}`, 204)
    return cpuMs * 1_000
  }
  const [inTurn, one]: [number[], number[]] = [[], []]
  for (let round = 0; round <= 3 * rounds; round++) {
    const turns = round % 2 === 0 ? [sessions, 1] : [1, sessions]
    for (const many of turns) {
      const cost = await costs(many)
      if (round > 0) (many === 1 ? one : inTurn).push(cost)
    }
  }
  await server.stop()
  return flat('l sessions', `processor time of a request, ${sessions} sessions in turn, against one`, inTurn, one)
}

/** A simulator with so many scripts; the last one is the stub, the others look at the same address and at others. */
async function startStub(scripts: number): Promise<Server> {
  const server = await startServer('bench/servers/simulator.ts', [], {})
  for (let number = 1; number < scripts; number++)
    await load(server.url, {
      name: `other ${number}`,
      path: number % 2 === 0 ? stub.path : `${stub.path}-${number}`,
      query: { number: { equals: String(number) } },
    })
  await load(server.url, { name: 'stub', path: stub.path })
  return server
}

async function load(
  url: string,
  { name, path, query = {} }: { name: string; path: string; query?: object },
  headers: Record<string, string> = {},
): Promise<void> {
  const reply = { status: 200, headers: { 'content-type': 'application/json' }, body: stub.body }
  const script = { name, agency, steps: [{ name: 'answer', match: { method: 'GET', path, query }, reply }] }
  await control({ url }, 'POST', '/scripts', 201, script, headers)
}

/** A control call whose answer is read to its end: one left unread would keep its connection, and a server with more of them has more to do. */
async function control(
  { url }: Pick<Server, 'url'>,
  method: string,
  path: string,
  status: number,
  body?: object,
  headers: Record<string, string> = {},
): Promise<void> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const answer = await fetch(`${url}/control${path}`, { method, headers, ...init })
  const text = await answer.text()
  if (answer.status !== status) throw new Error(text)
}

async function openSessions(server: Server, many: number): Promise<string[]> {
  const { url } = server
  const ids = Array.from({ length: many }, (_, at) => `s${at}`)
  for (const id of ids) {
    await control(server, 'POST', '/sessions', 201, { id, seed: id })
    const headers = { 'x-sim-session': id }
    await load(url, { name: 'stub', path: stub.path }, headers)
    // Its first request opens the agency's office: that is what a session costs, not what a request does.
    const first = await fetch(`${url}/${agency}${stub.path}`, { headers })
    if ((await first.text()) !== stub.body) throw new Error(`Session ${id} does not answer with the stub`)
  }
  return ids
}

/** Peak memory after half of the requests and after all of them: what is bounded has come to its bound by then. */
async function measureMemory(generator: Generator, requests: number): Promise<Row[]> {
  const server = await startStub(1)
  const run = (most: number) =>
    generator.run({
      url: server.url,
      connections,
      ms: 3e5,
      most,
      key: '',
      status: 200,
      requests: { get: [`/${agency}${stub.path}`] },
    })
  await run(requests / 2)
  const early = server.peakMiB()
  await run(requests / 2)
  const late = server.peakMiB()
  await server.stop()
  if (early === undefined || late === undefined) return []
  return [
    {
      id: 'l memory',
      what: `peak memory of the simulator after ${requests} requests, against half of them`,
      ours: { value: late, unit: 'MiB' },
      theirs: { value: early, unit: 'MiB' },
      ratio: late / early,
      atMost: flatAtMost,
    },
  ]
}
