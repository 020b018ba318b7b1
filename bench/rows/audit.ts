import { adapters } from '../../adapters/registry.ts'
import { exportOf, takeSnapshot } from '../../src/audit/export.ts'
import { sha256 } from '../../src/audit/hash.ts'
import { sealDays } from '../../src/audit/sealer.ts'
import { verifyDatabase } from '../../src/audit/verify-database.ts'
import { verifyFile } from '../../src/audit/verify-file.ts'
import { keepAcceptances } from '../../src/db/accept.ts'
import { readChains, readIdsAfter } from '../../src/db/audit-reads.ts'
import { lockCases } from '../../src/db/cases.ts'
import { saveChanges } from '../../src/db/changes.ts'
import { type Database, snapshot, transaction } from '../../src/db/database.ts'
import { serialsFrom } from '../../src/db/serials.ts'
import { hashOf } from '../../src/filing/accept.ts'
import { noChanges } from '../../src/filing/case.ts'
import { createComposer } from '../../src/filing/compose.ts'
import { limits } from '../../src/limits.ts'
import type { Cluster } from '../cluster.ts'
import { laptops, tenant } from '../declaration.ts'
import { median, nowMs } from '../measure.ts'
import type { Row } from '../report.ts'

export interface AuditOptions {
  readonly rounds: number
  readonly declarations: number
  readonly eventsEach: number
}

/**
 * (g) Events a second that are verified with everything they bind, seals and proofs: of a whole database, beside a loop that
 * reads the same events and hashes each once; and of one exported file.
 */
export async function measureAudit(cluster: Cluster, options: AuditOptions): Promise<Row[]> {
  const { database } = await cluster.create('bench_audit')
  const ids = await fill(database, options)
  const events = options.declarations * options.eventsEach
  const rates = { whole: [] as number[], bare: [] as number[], file: [] as number[] }
  const file = await exported(database, ids[0] ?? '')
  const filesARound = Math.ceil(events / options.eventsEach / 4)
  for (let round = 0; round <= options.rounds; round++) {
    const whole = await perSecond(events, async () => {
      const found = await verifyDatabase(database.pool)
      if (found.events !== events) throw new Error(`${found.events} events were verified, not ${events}`)
    })
    const bare = await perSecond(events, () => readAndHash(database))
    const offline = await perSecond(filesARound * options.eventsEach, async () => {
      for (let count = 0; count < filesARound; count++) await verifyFile(once(file))
    })
    if (round === 0) continue
    rates.whole.push(whole)
    rates.bare.push(bare)
    rates.file.push(offline)
  }
  return [
    {
      id: 'g database',
      what: `events of ${options.declarations} declarations verified, against reading and hashing them`,
      ours: { value: median(rates.whole), unit: '/s', all: rates.whole },
      theirs: { value: median(rates.bare), unit: '/s', all: rates.bare },
      ratio: median(rates.whole.map((rate, at) => rate / (rates.bare[at] ?? Number.NaN))),
    },
    {
      id: 'g file',
      what: `events of an exported file of ${Math.round(file.length / 1_024)} KiB verified`,
      ours: { value: median(rates.file), unit: '/s', all: rates.file },
    },
  ]
}

async function perSecond(events: number, work: () => Promise<void>): Promise<number> {
  const start = nowMs()
  await work()
  return events / ((nowMs() - start) / 1_000)
}

/** Declarations as they are accepted, each with so many events, all of a day that is sealed. */
async function fill(database: Database, { declarations, eventsEach }: AuditOptions): Promise<string[]> {
  const composer = createComposer(adapters, serialsFrom(database))
  const at = Date.now() - 2 * 86_400_000
  const about = { instance: '/v1/declarations', requestId: 'bench', language: 'en' as const }
  for (let from = 0; from < declarations; from += limits.acceptBatch) {
    const batch = []
    for (let number = from; number < Math.min(from + limits.acceptBatch, declarations); number++) {
      const bytes = Buffer.from(JSON.stringify(laptops(`AUDIT-${number}`, number)))
      const request = {
        tenant,
        key: `audit-${number}`,
        bodyHash: hashOf(bytes),
        mediaType: 'application/json',
        bytes,
        about,
      }
      batch.push((await composer.compose(request, at)).rows)
    }
    await keepAcceptances(database, batch, new Date(at))
  }
  await composer.stop()
  const ids: string[] = []
  for (let page = await readIdsAfter(database.pool, '', limits.auditPage); page.length > 0; ) {
    await tell(database, page, eventsEach - 1, new Date(at))
    ids.push(...page)
    page = await readIdsAfter(database.pool, page.at(-1) ?? '', limits.auditPage)
  }
  await sealDays(database, undefined, new Date())
  return ids
}

function tell(database: Database, ids: readonly string[], count: number, at: Date): Promise<void> {
  return transaction(database.pool, async (client) => {
    const changes = noChanges()
    for (const one of (await lockCases(client, ids)).values()) {
      changes.cases.add(one)
      const [filing] = one.filings
      if (filing === undefined) throw new Error(`${one.id} has no filing`)
      const { id: filingId, agency, procedure } = filing
      for (let number = 0; number < count; number++)
        changes.happenings.push({
          declarationId: one.id,
          type: 'filing.status',
          filingId,
          data: { agency, procedure, attempt: 1, before: 'queued', status: 'sent', statusZh: '已发送', number },
        })
    }
    await saveChanges(client, changes, at)
  })
}

const readAndHash = ({ pool }: Database): Promise<void> =>
  snapshot(pool, async (client) => {
    let length = 0
    for (let ids = await readIdsAfter(client, '', limits.auditPage); ids.length > 0; ) {
      for (const events of (await readChains(client, ids)).values())
        for (const { data } of events) length += sha256(data).length
      ids = await readIdsAfter(client, ids.at(-1) ?? '', limits.auditPage)
    }
    if (length === 0) throw new Error('Nothing was read')
  })

async function exported(database: Database, id: string): Promise<Buffer> {
  const taken = await takeSnapshot(database, id)
  if (taken === undefined) throw new Error(`No ${id}`)
  const lines: string[] = []
  for await (const line of exportOf(database, taken, true)) lines.push(line)
  return Buffer.from(lines.join(''))
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes
}
