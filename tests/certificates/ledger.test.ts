import { expect, test } from 'vitest'
import type { CertificateFacts } from '../../schemas/certificates.ts'
import { setAside } from '../../src/certificates/set-aside.ts'
import { hastenUses, leaseUses, postponeUse } from '../../src/db/certificate-leases.ts'
import { readCertificate, saveFacts } from '../../src/db/certificate-register.ts'
import { addUses, lockUse } from '../../src/db/certificates.ts'
import { transaction } from '../../src/db/database.ts'
import { newId } from '../../src/db/ids.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { ownDatabase, stillOpen } from '../support/database.ts'

// Our own ledger 台账: whatever an issuer says, nobody takes of a certificate what is gone.
const { database } = await ownDatabase()
const now = () => Date.parse('2026-11-21T01:00:00Z')
const at = new Date(now())
const office = { database, rules: ownRules, now }
const rule = { table: 't', validFrom: '2019-11-01', source: 's', uses: 'as-issued', tolerance: 'general' } as const

const facts = (quantity: string, uses?: number): CertificateFacts => ({
  holder: 'H',
  direction: 'import',
  hsPrefixes: ['02'],
  origins: [],
  offices: [],
  validFrom: '2026-01-01',
  validTo: '2027-01-01',
  quantity: { value: quantity, unitCode: 'KGM' },
  ...(uses === undefined ? {} : { uses }),
})

/** A use of so much of a certificate, wanted and leased. */
async function want(number: string, quantity: string, unitCode = 'KGM', hsCode = '0202300090', replaces?: string) {
  const id = newId(now() + Math.floor(Math.random() * 1e9))
  const use = {
    typeCode: '7',
    number,
    pointer: '/d',
    direction: 'import' as const,
    officeId: '8000',
    lines: [{ pointer: '/i', sequence: 1, hsCode, originCountry: 'KZ', quantities: [{ value: quantity, unitCode }] }],
  }
  const wanted = {
    id,
    filingId: `F${id}`,
    traderReference: 'R',
    issuer: 'commerce',
    rule,
    use,
    ...(replaces ? { replaces } : {}),
  }
  await transaction(database.pool, (client) => addUses(client, { declarationId: 'D', tenant: 'T' }, [wanted], at))
  return { id, fence: 0, tries: 1 }
}
const lost = { id: '', fence: 0, tries: 0 }
const codes = async (lease: { id: string; fence: number; tries: number }) =>
  (await setAside(office, lease))?.map(({ code }) => code)

test('a thousand declarations at once take of one certificate what there is, and not a kilogram more', async () => {
  await saveFacts(database.pool, { typeCode: '7', number: 'BUSY', issuer: 'commerce' }, facts('10000'), undefined, at)
  await database.pool.query(
    `INSERT INTO certificate_use (id, declaration_id, filing_id, tenant, trader_reference, issuer, type_code, number, use, rule, asking, due_at, at, updated_at)
     SELECT 'BUSY' || lpad(n::text, 16, '0'), 'D', 'F' || n, 'T', 'R', 'commerce', '7', 'BUSY', $1, $2, 'reserve', $3, $3, $3 FROM generate_series(1, 1000) n`,
    [
      JSON.stringify({
        typeCode: '7',
        number: 'BUSY',
        pointer: '/d',
        direction: 'import',
        officeId: '8000',
        lines: [
          {
            pointer: '/i',
            sequence: 1,
            hsCode: '0202300090',
            originCountry: 'KZ',
            quantities: [{ value: '33', unitCode: 'KGM' }],
          },
        ],
      }),
      JSON.stringify(rule),
      at,
    ],
  )
  const leases = await leaseUses(database, 'commerce', 1_000, 60_000)
  expect(leases).toHaveLength(1_000)
  // As many at once as the pool has connections.
  const answers: (string[] | undefined)[] = []
  let next = 0
  const worker = async () => {
    for (let n = next++; n < leases.length; n = next++) answers[n] = await codes(leases[n] ?? lost)
  }
  await Promise.all(Array.from({ length: 32 }, worker))
  expect(answers.filter((answer) => answer?.length === 0)).toHaveLength(303)
  expect(answers.filter((answer) => answer?.[0] === 'certificate-quantity')).toHaveLength(697)
  expect(await readCertificate(database.pool, '7', 'BUSY')).toMatchObject({
    reserved: '9999',
    committed: '0',
    usesTaken: 303,
  })
  // Tried again, what stands stays once.
  expect(await codes(leases.find((_, place) => answers[place]?.length === 0) ?? lost)).toEqual([])
  expect(await readCertificate(database.pool, '7', 'BUSY')).toMatchObject({ reserved: '9999' })
})

test('tolerance by rule, units converted to the last decimal, uses counted', async () => {
  await saveFacts(database.pool, { typeCode: '7', number: 'ORE', issuer: 'commerce' }, facts('100'), undefined, at)
  // Iron ore 2601: five per cent more; beef: nothing more.
  expect(await codes(await want('ORE', '0.1051', 'TNE', '2601111000'))).toEqual(['certificate-quantity'])
  expect(await codes(await want('ORE', '0.105', 'TNE', '2601111000'))).toEqual([])
  await saveFacts(database.pool, { typeCode: '7', number: 'BEEF', issuer: 'commerce' }, facts('100', 2), 2, at)
  expect(await codes(await want('BEEF', '100.00001'))).toEqual(['certificate-quantity'])
  expect(await codes(await want('BEEF', '5', 'CN120'))).toEqual(['certificate-unit'])
  expect(await codes(await want('BEEF', '50'))).toEqual([])
  expect(await codes(await want('BEEF', '1'))).toEqual([])
  expect(await codes(await want('BEEF', '1'))).toEqual(['certificate-used-up'])
})

test('who has lost its lease sets nothing aside', async () => {
  await saveFacts(database.pool, { typeCode: '7', number: 'LOST', issuer: 'commerce' }, facts('100'), undefined, at)
  const lease = await want('LOST', '60')
  expect(await codes({ ...lease, fence: 7 })).toBeUndefined()
  expect(await readCertificate(database.pool, '7', 'LOST')).toMatchObject({ reserved: '0' })
})

test('an issuer that is back is told what waits for it, without waiting for what is being worked on', async () => {
  const [busy, idle] = [await want('BACK', '1'), await want('BACK', '1')]
  const later = { dueAt: new Date(Date.now() + 3_600_000), unknown: false, error: 'HTTP 503' }
  for (const lease of [busy, idle]) await postponeUse(database, lease, later)
  const working = await stillOpen(database.pool, (client) => lockUse(client, busy.id))
  await hastenUses(database, 'commerce')
  await working.end()
  const { rows } = await database.pool.query("SELECT id FROM certificate_use WHERE number = 'BACK' AND due_at <= now()")
  expect(rows).toEqual([{ id: idle.id }])
})
