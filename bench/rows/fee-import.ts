import { parse } from 'csv-parse/sync'
import { transaction } from '../../src/db/database.ts'
import { makeDraft } from '../../src/db/drafts.ts'
import { newId } from '../../src/db/ids.ts'
import { makeKey } from '../../src/db/keys.ts'
import { writeXlsx } from '../../src/fees/sheet/write-xlsx.ts'
import type { Cluster, Ground } from '../cluster.ts'
import { manyRows } from '../fees.ts'
import { median, nowMs, until } from '../measure.ts'
import { type Server, startServer } from '../processes.ts'
import type { Row } from '../report.ts'

export interface FeeImportOptions {
  readonly rounds: number
  readonly rows: number
}

const mostSeconds = 10
const mostMegabytes = 300
const patienceMs = 120_000
const types = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/**
 * (i) A file of fees read into a draft, from its upload until all of it is there, and the most memory the worker ever had. A gateway and a
 * worker of their own for each file, as an operator starts them.
 */
export async function measureFeeImport(cluster: Cluster, { rounds, rows }: FeeImportOptions): Promise<Row[]> {
  const { csv, fees } = await manyRows(rows)
  const small = await manyRows(20)
  const files = { csv: Buffer.from(csv), xlsx: await asWorkbook(csv) }
  const found: Row[] = []
  for (const end of ['csv', 'xlsx'] as const) {
    const ground = await cluster.create(`bench_fee_import_${end}`)
    const gateway = await startServer('src/main.ts', ['gateway'], ground.env)
    const worker = await startServer('src/main.ts', ['worker'], ground.env)

    const key = await makeKey(ground.database, { name: 'bench', role: 'admin' })
    // The runner of background jobs begins some seconds after everything else: a small file waits for it.
    await importOnce(ground, gateway, { key, type: types.csv, file: Buffer.from(small.csv), fees: small.fees })
    const seconds: number[] = []
    for (let round = 0; round < rounds; round++)
      seconds.push(await importOnce(ground, gateway, { key, type: types[end], file: files[end], fees }))

    const megabytes = ((worker.peakMiB() ?? Number.NaN) * 2 ** 20) / 1e6
    await Promise.all([gateway.stop(), worker.stop()])
    const what = `${rows} rows of fees imported from ${end.toUpperCase()} (${Math.round(files[end].length / 1_024)} KiB)`
    found.push(
      { id: `i ${end}`, what, ours: { value: median(seconds), unit: 's', all: seconds }, limit: mostSeconds },
      {
        id: `i ${end} memory`,
        what: 'the worker meanwhile, at most',
        ours: { value: megabytes, unit: 'MB' },
        limit: mostMegabytes,
      },
    )
  }
  return found
}

interface Imported {
  readonly key: string
  readonly type: string
  readonly file: Buffer
  readonly fees: number
}

/** Seconds from the first byte sent until the import says it is done. */
async function importOnce({ database }: Ground, gateway: Server, { key, type, file, fees }: Imported): Promise<number> {
  const id = newId(Date.now())
  const draft = { id, title: 'bench', reason: 'bench', payee: null, base: 0, validFrom: '2027-01-01' }
  await transaction(database.pool, (client) =>
    makeDraft(client, draft, { name: 'bench', keyHash: 'bench' }, 1_000, new Date()),
  )
  const authorization = `Bearer ${key}`
  const start = nowMs()
  const answer = await fetch(`${gateway.url}/v1/fee-imports?draft=${id}&fileName=bench`, {
    method: 'POST',
    headers: { authorization, 'content-type': type, 'idempotency-key': id },
    body: file,
  })
  if (answer.status !== 202) throw new Error(`Answered ${answer.status}: ${await answer.text()}`)
  let last = { status: '', feesKept: 0 }
  await until('the import', patienceMs, async () => {
    const read = await fetch(new URL(answer.headers.get('location') ?? '', gateway.url), { headers: { authorization } })
    last = (await read.json()) as typeof last
    return last.status === 'done' || last.status === 'failed'
  })
  if (last.feesKept !== fees) throw new Error(`${last.feesKept} fees were kept, not ${fees}: ${JSON.stringify(last)}`)
  return (nowMs() - start) / 1_000
}

async function asWorkbook(csv: string): Promise<Buffer> {
  const rows = parse(csv, { bom: true, relax_column_count: true })
  const chunks: Buffer[] = []
  const sheet = { name: 'fees', widths: rows[0]?.map(() => 12) ?? [], head: 1, rows: () => rows }
  for await (const chunk of writeXlsx([sheet], new Date(0), 500)) chunks.push(chunk)
  return Buffer.concat(chunks)
}
