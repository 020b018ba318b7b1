/**
 * Traders' own servers, all in one process: `/quick/…` answers at once, `/slow/…` after a second; one event in five is refused with
 * 500 the first time it comes to a place. `GET /bench/received` gives what each place has said yes to, and how many requests came until
 * every quick place had been tried with every event it is to get.
 */
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { nowMs } from '../measure.ts'

const slowMs = 1_000
/** Notices each quick place is to get, and how many quick places there are. */
const expected = Number(process.env['EXPECTED'])
const secret = Buffer.from(process.env['SECRET'] ?? '', 'base64')

const taken = new Set<string>()
const seen = new Set<string>()
let requests = 0
let firstAt = 0
let quickSeen = 0
/** When every quick place had been tried with everything, and how many requests there had been. */
let all: { atMs: number; requests: number } | undefined

/** Whether chance, the same in every run, has an event refused at a place the first time. */
const isRefused = (key: string) => createHash('sha256').update(key).digest().readUInt32BE() % 5 === 0

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = request.headers
  const body = Buffer.concat(chunks).toString()
  const right = createHmac('sha256', secret)
    .update(`${String(id)}.${String(timestamp)}.${body}`)
    .digest('base64')
  if (signature !== `v1,${right}`) throw new Error(`A notice that is not signed: ${String(id)}`)
  const place = request.url ?? ''
  const key = `${place} ${String(id)}`
  requests++
  firstAt ||= nowMs()
  const isFirst = !seen.has(key)
  seen.add(key)
  if (isFirst && place.startsWith('/quick') && ++quickSeen === expected) all = { atMs: nowMs(), requests }
  if (isFirst && isRefused(key)) {
    response.writeHead(500).end()
    return
  }
  if (place.startsWith('/slow')) await new Promise((resolve) => setTimeout(resolve, slowMs))
  taken.add(key)
  response.writeHead(204).end()
}

const server = createServer((request, response) => {
  if (request.url === '/bench/received') response.end(JSON.stringify({ firstAt, all, requests, taken: [...taken] }))
  else
    receive(request, response).catch((error: Error) => {
      console.error(error.message)
      process.exit(1)
    })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address !== 'string')
    console.log(JSON.stringify({ url: `http://127.0.0.1:${address.port}` }))
})
process.once('SIGTERM', () => process.exit(0))
