import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { agencies } from '../../mocks/registry.ts'

const main = new URL('../../mocks/main.ts', import.meta.url).pathname
const children: ChildProcess[] = []
const folder = mkdtempSync(join(tmpdir(), 'simulator-'))

afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { ...env, SIMULATOR_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  expect(line).toMatch(/^simulator ready http:\/\/127\.0\.0\.1:\d+$/)
  return { child, url: line.replace('simulator ready ', '') }
}

test('the process says when it is ready, remembers after kill -9, and ends by itself on SIGTERM', async () => {
  const first = await start({ SIMULATOR_DATA: folder, SIMULATOR_CLOCK: 'frozen' })
  const ms = 7 * 86_400_000
  const moved = await fetch(`${first.url}/control/clock/advance`, { method: 'POST', body: JSON.stringify({ ms }) })
  const { now } = (await moved.json()) as { now: string }
  first.child.kill('SIGKILL')
  await once(first.child, 'exit')

  const second = await start({ SIMULATOR_DATA: folder, SIMULATOR_CLOCK: 'frozen' })
  const health = await fetch(`${second.url}/control/health`)
  expect(await health.json()).toMatchObject({ agencies: agencies.map(({ id }) => id), clock: { now, mode: 'frozen' } })
  second.child.kill('SIGTERM')
  expect(await once(second.child, 'exit')).toEqual([0, null])
})

test('a setting that makes no sense ends the process with its name', async () => {
  for (const [name, value] of Object.entries({
    SIMULATOR_CLOCK: 'sideways',
    SIMULATOR_SPEED: '0',
    CALLBACK_URL: 'here',
  })) {
    const child = spawn(process.execPath, [main], { env: { [name]: value }, stdio: ['ignore', 'pipe', 'pipe'] })
    children.push(child)
    const errors: string[] = []
    child.stderr.on('data', (text: Buffer) => errors.push(text.toString()))
    const [code] = (await once(child, 'close')) as [number]
    expect(code).not.toBe(0)
    expect(errors.join('')).toContain(`${name}: `)
  }
})

/** A simulator whose errors are kept, and what comes over a connection to it until that ends. */
async function startTalking() {
  const child = spawn(process.execPath, [main], { env: { SIMULATOR_PORT: '0' }, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  const errors: string[] = []
  child.stderr.on('data', (text: Buffer) => errors.push(text.toString()))
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const url = line.replace('simulator ready ', '')
  const talk = () => connect(Number(new URL(url).port), '127.0.0.1')
  const health = async () =>
    (await (await fetch(`${url}/control/health`)).json()) as { inFlight: { exchanges: number } }
  const end = async () => {
    child.kill('SIGTERM')
    await once(child, 'exit')
    return errors.join('')
  }
  return { talk, health, end }
}

const post = (body: string, length = body.length) =>
  `POST /customs/declarations HTTP/1.1\r\nhost: simulator\r\nconnection: close\r\ncontent-length: ${length}\r\n\r\n${body}`

test('a customer who hangs up in the middle of a request is no defect, and nothing is printed', async () => {
  const { talk, health, end } = await startTalking()
  const socket = talk()
  socket.write(post('<half', 1_000))
  await expect.poll(async () => (await health()).inFlight.exchanges).toBe(1)
  socket.destroy()
  await expect.poll(async () => (await health()).inFlight.exchanges).toBe(0)
  expect(await health()).toMatchObject({ defects: 0 })
  expect(await end()).toBe('')
})

test('an answer cut in the middle is half of what was announced and not a byte more, and nothing is printed', async () => {
  const { talk, end } = await startTalking()
  const socket = talk()
  let got = ''
  socket.on('data', (bytes: Buffer) => (got += bytes.toString('latin1')))
  socket.on('error', () => undefined)
  socket.write(post('<a>EV1-C.TRUNCATED</a>'))
  await once(socket, 'close')
  const [head = '', body = ''] = got.split('\r\n\r\n')
  const announced = Number(/content-length: (\d+)/i.exec(head)?.[1])
  expect(announced).toBeGreaterThan(10)
  expect(body.length).toBe(Math.floor(announced / 2))
  expect(await end()).toBe('')
})
