import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

// Nobody outlives whoever started it 看护: a process that computes without end cannot be asked to stop.
const warden = new URL('../../src/conformance-runs/warden.ts', import.meta.url).href
const endless = [`--import=${warden}`, '-e', 'console.log(process.pid); for (;;);']
const inAnHour = () => String(Date.now() + 3_600_000)

test('a process that computes without end is ended when its time is over', async () => {
  const child = spawn(process.execPath, endless, { env: { CONFORMANCE_UNTIL: String(Date.now()) } })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
})

test('and when whoever started it is gone', async () => {
  const source = `
    const { spawn } = require('node:child_process')
    const child = spawn(process.execPath, ${JSON.stringify(endless)}, { stdio: ['ignore', 'inherit', 'inherit'], env: { CONFORMANCE_UNTIL: '${inAnHour()}' } })
    child.unref()
    setInterval(() => undefined, 1_000)`
  const parent = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const pid = Number(line.toString())
  expect(process.kill(pid, 0)).toBe(true)
  parent.kill('SIGKILL')
  // The endless one holds the other end of this pipe until it is gone.
  await once(parent.stdout, 'end')
  expect(parent.signalCode).toBe('SIGKILL')
})
