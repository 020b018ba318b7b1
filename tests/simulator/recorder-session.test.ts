import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stage } from './support.ts'

let folder: string
let server: Server
let asked: number

/** A real endpoint: it counts what it is asked, and says the key it was asked with. */
beforeEach(async () => {
  asked = 0
  folder = mkdtempSync(join(tmpdir(), 'recorder-'))
  server = createServer((request, response) => {
    asked += 1
    response.setHeader('content-type', 'application/json')
    response.end(`{"number": ${asked}.0, "key": "${request.headers.authorization}", "\${now}": "报关"}`)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

const secret = 'Bearer the-key-of-the-customer'
const target = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

async function recorded() {
  const life = stage({ folder })
  expect((await life.control('POST', '/recordings', { agency: 'harbour', target: target() })).status).toBe(201)
  const ask = async (path: string) =>
    (await life.simulator.app.request(`/harbour${path}`, { headers: { authorization: secret } })).text()
  return { ...life, ask }
}

test('a real endpoint is recorded in an agency’s place; a session that loads its scripts gets the same answers without it', async () => {
  const first = await recorded()
  const answers = [await first.ask('/status?n=1'), await first.ask('/status?n=1'), await first.ask('/other')]
  expect(answers[0]).toBe(`{"number": 1.0, "key": "${secret}", "\${now}": "报关"}`)
  expect(asked).toBe(3)
  await first.control('POST', '/recordings/harbour/stop')
  const { data } = (await (await first.control('GET', '/recordings/harbour/scripts')).json()) as { data: object[] }
  const second = stage()
  for (const script of data) expect((await second.control('POST', '/scripts', script)).status).toBe(201)
  const again = async (path: string) => (await second.simulator.app.request(`/harbour${path}`)).text()
  const replayed = [await again('/status?n=1'), await again('/status?n=1'), await again('/other')]
  expect(replayed).toEqual(answers.map((answer) => answer.replace(secret, '***')))
  expect(asked).toBe(3)
  expect((await second.simulator.app.request('/harbour/never')).status).toBe(404)
})

test('neither the journal nor the folder of a session holds what was masked in its recording', async () => {
  const { ask, simulator } = await recorded()
  expect(await ask('/status')).toContain(secret)
  const { data } = simulator.journal.find()
  expect(data).toMatchObject([
    { kind: 'exchange', path: '/status', status: 200, answer: expect.stringContaining('***') },
  ])
  expect(JSON.stringify(data)).not.toContain('the-key-of-the-customer')
  const ledger = readFileSync(join(folder, 'simulator.jsonl'), 'utf8')
  expect(ledger).toContain('/status')
  const clear = ledger.replaceAll(/"base64":"([^"]*)"/g, (_, bytes: string) => Buffer.from(bytes, 'base64').toString())
  expect(clear).not.toContain('the-key-of-the-customer')
})

test('a simulator that comes back does not ask the endpoint again, and knows what it had said', async () => {
  const first = await recorded()
  await first.ask('/status')
  const second = stage({ folder })
  await second.simulator.ready
  expect(asked).toBe(1)
  expect(second.simulator.journal.find().data).toEqual(first.simulator.journal.find().data)
  expect(await (await second.control('GET', '/health')).json()).toMatchObject({ defects: 0 })
})

test('after a recording was stopped the agency itself is asked', async () => {
  const { submit, control } = await recorded()
  await control('POST', '/recordings/harbour/stop')
  expect(await (await submit('EV1')).json()).toMatchObject({ reference: 'EV1' })
  expect(asked).toBe(0)
})

test('an order of a recording with mistakes is refused with all of them', async () => {
  const { control } = stage()
  const order = { agency: 'harbour', target: 'http://user:word@a.test', mask: { fields: ['<x>'] } }
  const refused = await control('POST', '/recordings', order)
  expect([refused.status, await refused.json()]).toMatchObject([
    400,
    { errors: [{ pointer: '/target' }, { pointer: '/mask/fields/0' }] },
  ])
  expect((await control('POST', '/recordings', { agency: 'nowhere', target: 'http://a.test' })).status).toBe(404)
  expect((await control('GET', '/recordings/harbour')).status).toBe(404)
})

test('a recorded request that is turned away leaves no secret in the journal either', async () => {
  const life = stage()
  await life.control('POST', '/recordings', { agency: 'harbour', target: target(), mask: { fields: ['pin'] } })
  const answer = await life.simulator.app.request('/harbour/submit', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sim-scenario': 'NOBODY' },
    body: '{"reference":"EV1","pin":"the-pin-of-the-customer"}',
  })
  expect(answer.status).toBe(400)
  const [entry] = life.simulator.journal.find({ kind: 'unmatched' }).data
  expect(entry).toMatchObject({ body: expect.stringContaining('EV1') })
  expect(JSON.stringify(entry)).not.toContain('the-pin-of-the-customer')
})
