import { readFileSync } from 'node:fs'
import { Pool } from 'undici'
import { median, nowMs, quantile } from '../measure.ts'
import { startServer } from '../processes.ts'
import type { Row } from '../report.ts'

export interface CycleOptions {
  readonly rounds: number
  readonly cycles: number
}

const connections = 8
/** Receipts a poll takes: a few more than one declaration has, so that as many polls as declarations fetch them all. */
const pageSize = 8
/** A whole declaration to customs, 102 elements; its reference and message id stand where each cycle puts its own. */
const declaration = readFileSync(
  new URL('../../adapters/customs/golden/export-one-item/submit.xml', import.meta.url),
  'utf8',
)

/**
 * (m) A stateful cycle at customs: a declaration is handed in, checked whole and acknowledged, time goes on, and its receipts are fetched
 * from the mailbox by cursor. Everything over HTTP; each cycle is two requests, and the clock moves once for all that were handed in together.
 */
export async function measureCycle({ rounds, cycles }: CycleOptions): Promise<Row[]> {
  const server = await startServer('bench/servers/simulator.ts', [], {})
  const pool = new Pool(server.url, { connections })
  const rates: number[] = []
  const tookMs: number[] = []
  let [cursor, receipts] = [0, 0]
  for (let round = 0; round <= rounds; round++) {
    const begun = nowMs()
    const references = Array.from({ length: cycles }, (_, at) => `CYC${round}${String(at).padStart(6, '0')}`)
    let next = 0
    await Promise.all(
      Array.from({ length: connections }, async () => {
        for (let at = next++; at < references.length; at = next++) {
          const asked = nowMs()
          await declare(pool, references[at] ?? '')
          if (round > 0) tookMs.push(nowMs() - asked)
        }
      }),
    )
    await ask(pool, 'POST', '/control/clock/advance', JSON.stringify({ by: 'P2D' }))
    for (let polls = 0; polls < cycles; polls++) {
      const page = await poll(pool, cursor)
      cursor = page.cursor
      receipts += page.receipts
    }
    if (round > 0) rates.push(cycles / ((nowMs() - begun) / 1_000))
  }
  await pool.close()
  await server.stop()
  const all = (rounds + 1) * cycles
  if (receipts < 3 * all) throw new Error(`Of ${all} declarations there are ${receipts} receipts`)
  return [
    {
      id: 'm cycle',
      what: `declared, decided and polled at customs, ${cycles} a round, ${Math.round(receipts / all)} receipts each`,
      ours: { value: median(rates), unit: '/s', all: rates },
    },
    {
      id: 'm declare',
      what: `one declaration of ${Math.round(declaration.length / 1_024)} KiB checked and acknowledged, from request to answer, p95`,
      ours: { value: quantile(tookMs, 0.95), unit: 'ms' },
    },
  ]
}

async function declare(pool: Pool, reference: string): Promise<void> {
  const body = declaration
    .replace(/<ClientSeqNo>[^<]*/, `<ClientSeqNo>${reference}`)
    .replace(/<BillNo>[^<]*/, `<BillNo>${reference}`)
  const answer = await ask(pool, 'POST', '/customs/declarations', body, 'application/xml')
  if (!/<ResponseCode>0</.test(answer)) throw new Error(`Not taken: ${answer.slice(0, 500)}`)
}

async function poll(pool: Pool, after: number): Promise<{ cursor: number; receipts: number }> {
  const page = await ask(pool, 'GET', `/customs/mailbox?after=${after}&limit=${pageSize}`)
  const cursor = Number(/<InBox next="(\d+)"/.exec(page)?.[1])
  return { cursor, receipts: cursor - after }
}

async function ask(pool: Pool, method: 'GET' | 'POST', path: string, body?: string, type = 'application/json') {
  const headers = body === undefined ? {} : { 'content-type': type }
  const answer = await pool.request({ method, path, headers, ...(body === undefined ? {} : { body }) })
  const text = await answer.body.text()
  if (answer.statusCode !== 200) throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 500)}`)
  return text
}
