import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, expect } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { type SampleName, sampleDeclaration } from '../../seeds/samples.ts'
import { verifyDatabase } from '../../src/audit/verify-database.ts'
import { makeKey } from '../../src/db/keys.ts'
import { ownDatabase } from './database.ts'
import type { Accepted, Seen } from './seen.ts'
import { broker } from './world.ts'

/** A process of ours, as an operator starts it. */
export interface Running {
  readonly child: ChildProcess
  /** Ends it as a power cut would: no goodbye. */
  kill(): Promise<void>
  /** Asks it to stop, and gives its exit code. */
  stop(): Promise<number | null>
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Hooks do not run when a test file fails before its tests: whatever still runs then ends with us. */
const children = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})

/** Starts a program and waits for the line that says it is ready. */
async function start(program: readonly string[], ready: RegExp, env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.add(child)
  const ended = once(child, 'exit') as Promise<[number | null]>
  void ended.then(() => children.delete(child))
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal)
    return (await ended)[0]
  }
  const lines = createInterface({ input: child.stdout })
  const said: string[] = []
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line)
      if (ready.test(line)) resolve()
    })
    void ended.then(([code]) => reject(new Error(`${program.join(' ')} ended with ${code}: ${said.join('\n')}`)))
  })
  return { child, kill: () => end('SIGKILL').then(() => undefined), stop: () => end('SIGTERM') }
}

/** A port nobody listens on at the moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export interface Site {
  startGateway(): Promise<Running>
  startWorker(): Promise<Running>
  startSimulator(): Promise<Running>
  post(declaration: Declaration, key: string): Promise<{ status: number; replayed: boolean; body: Accepted }>
  read(id: string): Promise<Seen>
  /** A request as the broker. */
  call(method: string, path: string, body?: unknown): Promise<Response>
  /** What an operator asks of the gateway, below `/v1/operations`. */
  operate<T>(method: string, path: string, body?: unknown): Promise<T>
  /** What happened at the agencies because of a declaration. */
  effects(lrn: string): Promise<string[]>
  /** Moves the agencies' clock on. */
  advance(ms: number): Promise<void>
  /** Waits until it is so; fails after a time far above what it takes. */
  until(what: () => Promise<boolean>, withinMs?: number): Promise<void>
}

/**
 * Gateway, worker and simulator as processes of their own on one database, each started and ended as a test wants. The
 * agencies' clock is moved by hand.
 * @param folder where the simulator remembers; without one it forgets
 */
export async function openSite(folder?: string): Promise<Site> {
  const { url, database } = await ownDatabase()
  // Tests start more: those end here too, and before the database is dropped.
  afterAll(async () => {
    const left = [...children].map((child) => once(child, 'exit'))
    for (const child of children) child.kill('SIGKILL')
    await Promise.all(left)
    // Whenever they were ended, everything they kept is vouched for.
    await verifyDatabase(database.pool)
  })
  const [port, simulatorPort] = [await freePort(), await freePort()]
  const gateway = `http://127.0.0.1:${port}`
  const simulator = `http://127.0.0.1:${simulatorPort}`
  const key = await makeKey(database, { name: 'broker', role: 'trader', tenant: broker })
  const operator = await makeKey(database, { name: 'operator', role: 'admin' })
  const env = {
    DATABASE_URL: url,
    PORT: String(port),
    HOST: '127.0.0.1',
    SIMULATOR_URL: simulator,
    LOG_LEVEL: 'info',
    MAILBOX_BUSY_MS: '50',
  }
  const headers = { authorization: `Bearer ${key}` }
  const control = async (path: string, body?: unknown) => {
    const answer = await fetch(
      `${simulator}/control${path}`,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
    )
    return (await answer.json()) as { data: { kind: string; agency: string; what: string }[] }
  }
  return {
    startGateway: () => start(['src/main.ts', 'gateway'], /gateway ready/, env),
    startWorker: () => start(['src/main.ts', 'worker'], /worker ready/, env),
    startSimulator: () =>
      start(['mocks/main.ts'], /simulator ready/, {
        SIMULATOR_PORT: String(simulatorPort),
        SIMULATOR_CLOCK: 'frozen',
        CALLBACK_URL: gateway,
        ...(folder === undefined ? {} : { SIMULATOR_DATA: folder }),
      }),
    async post(declaration, idempotencyKey) {
      const answer = await fetch(`${gateway}/v1/declarations`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify(declaration),
      })
      return {
        status: answer.status,
        replayed: answer.headers.has('idempotent-replayed'),
        body: (await answer.json()) as Accepted,
      }
    },
    async operate<T>(method: string, path: string, body?: unknown) {
      const answer = await fetch(`${gateway}/v1/operations${path}`, {
        method,
        headers: { authorization: `Bearer ${operator}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return (await answer.json()) as T
    },
    call: (method, path, body) =>
      fetch(`${gateway}${path}`, {
        method,
        headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': `${method} ${path}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    read: async (id) => (await (await fetch(`${gateway}/v1/declarations/${id}`, { headers })).json()) as Seen,
    async effects(lrn) {
      const { data } = await control(`/journal?kind=effect&limit=1000&reference=${encodeURIComponent(lrn)}`)
      return data.map(({ agency, what }) => `${agency}: ${what}`)
    },
    advance: async (ms) => void (await control('/clock/advance', { ms })),
    until: async (what, withinMs = 30_000) => expect.poll(what, { timeout: withinMs, interval: 50 }).toBe(true),
  }
}

let run = 0
/** A sample of today, under a number of its own. */
export function ofToday(name: SampleName, magic = ''): Declaration {
  run += 1
  return sampleDeclaration(name, { lrn: `P${run}${magic}`, on: new Date(), run })
}
