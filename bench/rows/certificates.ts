import { pino } from 'pino'
import { issuers } from '../../adapters/issuers.ts'
import { adapters } from '../../adapters/registry.ts'
import type { CertificateFacts } from '../../schemas/certificates.ts'
import { createCertificateDesk } from '../../src/certificates/desk.ts'
import { startIssuerLanes } from '../../src/certificates/lane.ts'
import { saveFacts } from '../../src/db/certificate-register.ts'
import { newId } from '../../src/db/ids.ts'
import { ownRules } from '../../src/rules/rules.ts'
import type { Transport } from '../../src/transport/transport.ts'
import type { Cluster, Ground } from '../cluster.ts'
import { median, nowMs, until } from '../measure.ts'
import type { Row } from '../report.ts'

export interface CertificatesOptions {
  readonly uses: number
  readonly rounds: number
}

/** How many certificates the same number of declarations want at once. */
const contentions = [1, 10, 1_000] as const
/** Share of the rate without contention that one certificate everybody wants must keep. */
const busyAtLeast = 0.5

/**
 * (j) Verifying certificates and reserving them with an issuer that answers at once, in our ledger and on the timelines: all declarations want one
 * certificate, ten, or one each of a thousand. What their filings cost afterwards is not in it.
 */
export async function measureCertificates(cluster: Cluster, options: CertificatesOptions): Promise<Row[]> {
  const ground = await cluster.create('bench_certificates')
  const rates = new Map<number, number[]>(contentions.map((certificates) => [certificates, []]))
  for (let round = 0; round <= options.rounds; round++)
    for (const certificates of contentions) {
      const rate = await reserve(ground, options.uses, certificates, `${round}-${certificates}`)
      if (round > 0) rates.get(certificates)?.push(rate)
    }
  const free = rates.get(1_000) ?? []
  return contentions.map((certificates) => {
    const all = rates.get(certificates) ?? []
    const ours = { value: median(all), unit: '/s', all }
    const id = `j ${certificates}`
    const what = `verified and reserved, ${options.uses} declarations on ${certificates} ${certificates === 1 ? 'certificate' : 'certificates'}`
    if (certificates === 1_000) return { id, what, ours }
    const theirs = { value: median(free), unit: '/s', all: free }
    return { id, what: `${what}, against 1000`, ours, theirs, ratio: ours.value / theirs.value, atLeast: busyAtLeast }
  })
}

const facts: CertificateFacts = {
  holder: 'H',
  direction: 'import',
  hsPrefixes: ['02'],
  origins: [],
  offices: [],
  validFrom: '2026-01-01',
  validTo: '2099-01-01',
  quantity: { value: '900000000', unitCode: 'KGM' },
}
const answer = '<LicenceResponse><ResultCode>0</ResultCode><ResultText>OK</ResultText></LicenceResponse>'
/** An issuer that says yes, at once. */
const transport: Transport = {
  call: () => Promise.resolve({ status: 200, contentType: 'application/xml', body: answer }),
  close: () => Promise.resolve(),
}
const rule = { table: 'bench', validFrom: '2019-11-01', source: 'bench', uses: 'as-issued', tolerance: 'none' } as const
const useOf = (number: string) => ({
  typeCode: '7',
  number,
  pointer: '/goodsShipment/additionalDocuments/0',
  direction: 'import' as const,
  officeId: '9409',
  lines: [
    {
      pointer: '/goodsShipment/items/0',
      sequence: 1,
      hsCode: '0202300090',
      originCountry: 'KZ',
      quantities: [{ value: '24000', unitCode: 'KGM' }],
    },
  ],
})

/** @returns uses verified and reserved in a second */
async function reserve({ database }: Ground, count: number, certificates: number, run: string): Promise<number> {
  const at = new Date()
  const log = pino({ level: 'warn' })
  const numbers = Array.from({ length: certificates }, (_, n) => `J-${run}-${n}`)
  for (const number of numbers)
    await saveFacts(database.pool, { typeCode: '7', number, issuer: 'commerce' }, facts, undefined, at)
  const ids = Array.from({ length: count }, () => newId(at.getTime()))
  const wanted = ids.map((_, n) => numbers[n % certificates] ?? '')
  await database.pool.query(
    `INSERT INTO declaration (id, tenant, functional_reference_id, direction, plan, event_count, head, accepted_at, updated_at)
     SELECT id, 'T', id, 'import', '[]', 0, '', $2, $2 FROM unnest($1::text[]) id`,
    [ids, at],
  )
  await database.pool.query(
    `INSERT INTO filing (id, declaration_id, position, agency, procedure, serial, status, rank, updated_at)
     SELECT 'F' || id, id, 0, $3, 'declare', 1, 'registered', 40, $2 FROM unnest($1::text[]) id`,
    [ids, at, Object.keys(adapters)[0]],
  )
  const desk = createCertificateDesk(database, issuers, transport, ownRules, (error) => log.error(error))
  const began = nowMs()
  let next = 0
  const verifying = async () => {
    for (let n = next++; n < count; n = next++)
      await desk.verify(
        [{ id: ids[n] ?? '', issuer: 'commerce', rule, use: useOf(wanted[n] ?? ''), traderReference: 'R' }],
        at.getTime(),
        true,
      )
  }
  await Promise.all(Array.from({ length: 8 }, verifying))
  await database.pool.query(
    `INSERT INTO certificate_use (id, declaration_id, filing_id, tenant, trader_reference, issuer, type_code, number, use, rule, asking, due_at, at, updated_at)
     SELECT 'U' || id, id, 'F' || id, 'T', 'R', 'commerce', '7', number, use, $4, 'reserve', $5, $5, $5
     FROM unnest($1::text[], $2::text[], $3::text[]) AS new (id, number, use)`,
    [ids, wanted, wanted.map((number) => JSON.stringify(useOf(number))), JSON.stringify(rule), at],
  )
  const lanes = startIssuerLanes({
    database,
    adapters,
    issuers,
    transport,
    rules: ownRules,
    recorder: { record: () => Promise.resolve() },
    log,
    now: Date.now,
    random: Math.random,
  })
  await until('certificates reserved', 120_000, async () => {
    const { rows } = await database.pool.query<{ left: number }>(
      'SELECT count(*)::int AS left FROM certificate_use WHERE asking IS NOT NULL',
    )
    return rows[0]?.left === 0
  })
  const ms = nowMs() - began
  await lanes.stop()
  return count / (ms / 1_000)
}
