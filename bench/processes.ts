import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A server in a process of its own. */
export interface Server {
  readonly url: string
  readonly pid: number
  /** Most memory it ever had at once, in MiB (VmHWM); undefined where the system does not tell. */
  peakMiB(): number | undefined
  /** Processor time it has used so far, in milliseconds; undefined where the system does not tell. */
  cpuMs(): number | undefined
  stop(): Promise<void>
}

const readyMs = 30_000
const stopMs = 10_000
const running = new Set<ChildProcess>()

/**
 * Starts a script of this repository and waits for the line in which it names its address (`"url":"…"`), or says it is ready.
 * @param script relative to the repository
 */
export function startServer(script: string, args: readonly string[], env: Record<string, string>): Promise<Server> {
  const path = fileURLToPath(new URL(`../${script}`, import.meta.url))
  const child = spawn(process.execPath, [...flagsFor(script), path, ...args], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      running.delete(child)
      resolve()
    }),
  )
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${script} was not ready in ${readyMs} ms: ${said}`)), readyMs)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}: ${said}`)))
    const needs = args.length === 0 ? ['"url"'] : args.map((role) => `${role} ready`)
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      const text = chunk.toString()
      // After it is ready only trouble is shown: whatever the measured server logs as a warning or worse.
      if (said === ready) {
        if (/"level":[456]0/.test(text)) process.stderr.write(text)
        return
      }
      said += text
      if (!needs.every((need) => said.includes(need))) return
      clearTimeout(late)
      const url = /"url":"([^"]+)"/.exec(said)?.[1] ?? ''
      said = ready
      const pid = child.pid ?? 0
      resolve({ url, pid, peakMiB: () => peakMiB(pid), cpuMs: () => cpuMs(pid), stop: () => stop(child, ended) })
    })
  })
}
const ready = 'ready'

const commands: { readonly [script: string]: string } = {
  'src/main.ts': 'gateway',
  'bench/servers/simulator.ts': 'simulator',
}

/** Flags of Node that the command of a role sets (`npm run gateway`), so that what is measured is what runs; and those of `BENCH_NODE_FLAGS`, such as `--cpu-prof`. */
function flagsFor(script: string): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    scripts: Record<string, string>
  }
  const command = commands[script]
  const own = command === undefined ? undefined : /^node (.*?)\S+\.ts/.exec(scripts[command] ?? '')?.[1]
  return [...(own ?? '').split(' '), ...(process.env['BENCH_NODE_FLAGS'] ?? '').split(' ')].filter(
    (flag) => flag !== '',
  )
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), stopMs)
  await ended
  clearTimeout(late)
}

/** Ends every server that still runs: for the end of a run, however it came. */
export async function stopAll(): Promise<void> {
  await Promise.all(
    [...running].map((child) => stop(child, new Promise((resolve) => child.once('exit', () => resolve())))),
  )
}

function peakMiB(pid: number): number | undefined {
  try {
    const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? undefined : Number(kib) / 1_024
  } catch {
    return undefined
  }
}

function cpuMs(pid: number): number | undefined {
  try {
    // Of each thread, the first number is its time on a processor in nanoseconds; `stat` would only tell hundredths of a second.
    const threads = readdirSync(`/proc/${pid}/task`)
    const ns = threads.map((id) => Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]))
    return ns.reduce((sum, one) => sum + one, 0) / 1e6
  } catch {
    return undefined
  }
}
