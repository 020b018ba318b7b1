import { expect, test } from 'vitest'
import { ownVersions } from '../../schemas/rules/index.ts'
import { networkedCertificates } from '../../schemas/rules/networked-certificates.ts'
import { transaction } from '../../src/db/database.ts'
import { makeKey } from '../../src/db/keys.ts'
import { publishVersion } from '../../src/db/rules.ts'
import { desk, laptopsWithReport } from '../certificates/licences.ts'
import { filingOf, frozenBeef, openWorld, stranger } from '../support/world.ts'

// A report of a third-party inspection body 第三方检验采信 (Article 24) stands beside the export of laptops.
const world = await openWorld()
const { uses, events, bookings } = await desk(world)
const accredited = 'RPT-2026-8471-01'

test('the report of an accredited body, for goods in its scope, is held and then adopted', async () => {
  const declaration = laptopsWithReport(accredited)
  const { status, body } = await world.post(declaration)
  expect(status).toBe(202)
  await world.until(body.id, (seen) => ['approved', 'closed'].includes(filingOf(seen, 'customs').status))
  await world.idle()
  expect(await events(body.id)).toEqual(['reserved', 'committed'])
  expect(bookings(declaration)).toEqual(['inspection: report held 预留', 'inspection: report adopted 采信'])
  expect(await uses(body.id)).toMatchObject([
    { status: 'committed', quantity: { value: '1200', unitCode: 'C62' }, rule: { table: 'networked-certificates' } },
  ])
})

test.each([
  ['RPT-2026-8471-02', 'certificate-not-accredited', 'whose accreditation had ended'],
  ['RPT-2026-8471-03', 'certificate-not-accredited', 'that nobody ever accredited'],
  ['RPT-2026-8471-04', 'certificate-outside-scope', 'that is accredited for other goods'],
  ['RPT-2026-8471-05', 'certificate-refused', 'whose inspection the goods failed'],
])('report %s is refused as %s: a body %s', async (number, code) => {
  const { status, body } = await world.post(laptopsWithReport(number))
  expect(status).toBe(422)
  expect(body.errors).toEqual([expect.objectContaining({ code, agency: 'inspection' })])
  const [error] = body.errors ?? []
  expect(error?.pointer).toMatch(/^\/goodsShipment\/items\/0/)
})

test('its client checks it beforehand; another firm is told nothing of it', async () => {
  const client = await makeKey(world.database, { name: 'client', role: 'trader', tenant: stranger })
  const asked = {
    typeCode: '621',
    number: accredited,
    direction: 'export',
    officeId: '2248',
    lines: [{ hsCode: '8471309000', originCountry: 'CN', quantity: { value: '10', unitCode: 'C62' } }],
  }
  const check = async (key: string, body: unknown) =>
    (await world.call('POST', '/v1/certificates/verify', { key, body })).json()
  expect(await check(client, asked)).toMatchObject({ verdict: 'yes', facts: { issuedBy: '91500000MA5SAMPLE1' } })
  const other = (await check(world.keys.trader, asked)) as { findings: { code: string }[] }
  expect(other).toMatchObject({ verdict: 'no', findings: [{ code: 'certificate-holder' }] })
  expect(other).not.toHaveProperty('facts')
  expect(
    await check(client, { ...asked, lines: [{ ...asked.lines[0], quantity: { value: '3', unitCode: 'CN120' } }] }),
  ).toMatchObject({
    verdict: 'no',
    findings: [{ code: 'certificate-unit', pointer: '/lines/0' }],
  })
  expect(await check(client, { ...asked, typeCode: 'Y' })).toMatchObject({
    code: 'certificate-not-networked',
    status: 422,
  })
})

test('widening the check 扩大联网核查范围 is publishing a version of the rule table, and no code', async () => {
  const beef = frozenBeef()
  const dry = async () =>
    (await (await world.call('POST', '/v1/declarations?dryRun=true', { body: beef })).json()) as {
      acceptable: boolean
      errors: { pointer: string; code: string }[]
    }
  expect(await dry()).toMatchObject({ acceptable: true })
  const [own] = ownVersions(networkedCertificates)
  const permit = { typeCode: '325', direction: 'import', issuer: 'inspection', uses: 'single', tolerance: 'none' }
  const version = {
    table: networkedCertificates.id,
    validFrom: '2026-11-01',
    source: 'a story',
    evidence: 'assumed' as const,
    rows: [...(own?.rows ?? []), permit],
    reason: 'permits for quarantine join',
    by: 'admin',
    at: new Date(world.now()),
  }
  await transaction(world.database.pool, (client) => publishVersion(client, version, () => undefined))
  // Every process hears of it and reads the table anew.
  let seen = await dry()
  for (const end = Date.now() + 20_000; seen.acceptable && Date.now() < end; ) seen = await dry()
  expect(seen.errors).toEqual([
    expect.objectContaining({ pointer: '/goodsShipment/items/0/permits/0', code: 'certificate-not-found' }),
  ])
})
