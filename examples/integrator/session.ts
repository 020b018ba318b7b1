/** A session over HTTP: agencies of one's own on a simulator that others use as well, whatever language one's software is written in. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { certificateOf, type State, startAt, statusesOf } from './certificate.ts'

const { SIMULATOR_URL = 'http://127.0.0.1:8090' } = process.env

/** A request to the simulator; of our session, once there is one. */
async function ask<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const answer = await fetch(`${SIMULATOR_URL}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

// Where the agencies of our session push what they have to say: our own server.
const pushed: string[] = []
const inbox = createServer((request, response) => {
  let body = ''
  request.on('data', (part: Buffer) => {
    body += part.toString()
  })
  request.on('end', () => {
    pushed.push((JSON.parse(body) as { status: string }).status)
    response.writeHead(202).end()
  })
}).listen(0, '127.0.0.1')
await once(inbox, 'listening')
const callbackUrl = `http://127.0.0.1:${(inbox.address() as AddressInfo).port}`

// The same seed, start and calls give the same bytes on any day, whoever else is there.
const session = await ask<{ id: string }>('POST', '/control/sessions', {
  seed: 'example',
  startAt,
  mode: 'frozen',
  callbackUrl,
})
const ours = { 'x-sim-session': session.id }
console.log(`Session ${session.id}`)

const receipt = await ask<State['receipt']>(
  'POST',
  '/tax/payment-certificates',
  certificateOf('YC1', 'BEEF-1', '800620261000000451'),
  ours,
)
console.log(`  handed in: ${receipt.code} ${receipt.slbh}`)
// What happens may be chosen by a header too, where one's own numbers are not to carry it.
await ask('POST', '/tax/payment-certificates', certificateOf('YC2', 'BEEF-2', '800620261000000452'), {
  ...ours,
  'x-sim-scenario': 'RETAINED',
})

const moved = await ask<{ now: string }>('POST', '/control/clock/advance', { by: 'P2D' }, ours)
console.log(`  two days later it is ${moved.now}`)
for (const reference of ['YC1', 'YC2']) {
  const state = await ask<State>('GET', `/tax/payment-certificates/${reference}`, undefined, ours)
  console.log(`  ${reference}: ${statusesOf(state).join(', ')}`)
}

console.log(`  pushed to us: ${pushed.join(', ')}`)

const { total } = await ask<{ total: number }>(
  'GET',
  '/control/journal/counts?agency=tax&kind=exchange&direction=in',
  undefined,
  ours,
)
console.log(`  by its journal the office was asked ${total} times`)
await ask('DELETE', `/control/sessions/${session.id}`)
inbox.close()
