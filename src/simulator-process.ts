import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface SimulatorProcess {
  readonly url: string
  stop(): Promise<void>
}

/** How long it may take to say it is ready. */
const readyMs = 30_000

/** As `npm run simulator` starts it: what is young is collected early, and the heap grows slowly. */
const flags = ['--max-semi-space-size=2', '--heap-growing-percent=30'] as const

/** Starts the simulator as a process of its own: nothing of it is ever called here, only spoken to over HTTP. */
export function startSimulator(options: {
  readonly folder: string
  readonly callbackUrl: string
}): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, [...flags, fileURLToPath(new URL('../mocks/main.ts', import.meta.url))], {
    env: { SIMULATOR_PORT: '0', SIMULATOR_DATA: options.folder, CALLBACK_URL: options.callbackUrl, ...process.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The simulator was not ready in ${readyMs} ms`)), readyMs)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The simulator ended with ${code}`)))
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const url = /simulator ready (\S+)/.exec(said)?.[1]
      if (url === undefined) return
      clearTimeout(late)
      child.stdout.removeAllListeners('data').resume()
      resolve({
        url,
        async stop() {
          child.kill('SIGTERM')
          await ended
        },
      })
    })
  })
}
