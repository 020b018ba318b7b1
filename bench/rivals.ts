/**
 * Other mock servers with one plain stub, to measure ours beside: Prism, Mockoon and mountebank, each as its manual starts it,
 * with its logs off. They are no dependencies of the project: `bench/rivals` has a lock of its own, installed when first needed.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Rival {
  readonly name: string
  readonly url: string
  stop(): void
}

/** The stub: every server answers `GET /stub` with these bytes. */
export const stub = {
  path: '/stub',
  body: JSON.stringify({ status: 'ACCEPTED', number: 'SIM000000000001', at: '2026-11-02T01:00:00Z' }),
}

const readyMs = 60_000
const folder = fileURLToPath(new URL('rivals', import.meta.url))

export async function startRivals(): Promise<Rival[]> {
  if (!existsSync(join(folder, 'node_modules'))) execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder })
  const files = mkdtempSync(join(tmpdir(), 'rivals-'))
  return [await startPrism(files), await startMockoon(files), await startMountebank(files)]
}

async function startPrism(files: string): Promise<Rival> {
  const port = await freePort()
  const path = join(files, 'openapi.json')
  const content = { 'application/json': { schema: { type: 'object' }, example: JSON.parse(stub.body) as object } }
  const paths = { [stub.path]: { get: { responses: { 200: { description: 'the stub', content } } } } }
  writeFileSync(path, JSON.stringify({ openapi: '3.0.3', info: { title: 'stub', version: '1' }, paths }))
  return start('prism', '@stoplight/prism-cli', ['mock', '-p', String(port), '-v', 'silent', path], port)
}

/** Its environment lies in `rivals/mockoon.json`; only the port is ours to choose. */
async function startMockoon(files: string): Promise<Rival> {
  const port = await freePort()
  const path = join(files, 'mockoon.json')
  const environment = JSON.parse(readFileSync(join(folder, 'mockoon.json'), 'utf8')) as object
  writeFileSync(path, JSON.stringify({ ...environment, port }))
  return start('mockoon', '@mockoon/cli', ['start', '--data', path, '--disable-log-to-file', '--repair'], port)
}

async function startMountebank(files: string): Promise<Rival> {
  const [port, control] = [await freePort(), await freePort()]
  const path = join(files, 'imposters.json')
  const is = { statusCode: 200, headers: { 'content-type': 'application/json' }, body: stub.body }
  const predicates = [{ equals: { method: 'GET', path: stub.path } }]
  writeFileSync(
    path,
    JSON.stringify({ imposters: [{ port, protocol: 'http', stubs: [{ predicates, responses: [{ is }] }] }] }),
  )
  const quiet = ['--nologfile', '--loglevel', 'error', '--localOnly', '--pidfile', join(files, 'mb.pid')]
  return start('mountebank', 'mountebank', ['start', '--port', String(control), '--configfile', path, ...quiet], port)
}

async function start(name: string, from: string, args: readonly string[], port: number): Promise<Rival> {
  const home = join(folder, 'node_modules', from)
  const { bin, version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>
    version: string
  }
  const script = typeof bin === 'string' ? bin : Object.values(bin)[0]
  const child = spawn(process.execPath, [join(home, script ?? ''), ...args], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  const stop = () => void child.kill('SIGKILL')
  process.once('exit', stop)
  for (const end = performance.now() + readyMs; ; ) {
    const answer = await fetch(`${url}${stub.path}`).catch(() => undefined)
    if (answer?.status === 200 && JSON.stringify(await answer.json()) === stub.body)
      return { name: `${name} ${version}`, url, stop }
    if (performance.now() > end || child.exitCode !== null) throw new Error(`${name} did not answer with the stub`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
