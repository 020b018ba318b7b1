import { beforeAll, expect, test } from 'vitest'
import { verifyDatabase } from '../../src/audit/verify-database.ts'
import { makeKey } from '../../src/db/keys.ts'
import { broker, evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

// An FX officer reads what a payment is for; the trader sees that; a correction reaches the officer 信息共享与查询告知.
const world = await openWorld()
const declaration = evBatteries()
let id = ''
const officers = { fx: '', border: '', tax: '' }
beforeAll(async () => {
  for (const agency of ['fx', 'border', 'tax'] as const)
    officers[agency] = await makeKey(world.database, { name: `${agency} officer 王`, role: 'agency', agency })
})

interface Shared {
  id: string
  version: number
  data: {
    declaration: { goodsShipment: Record<string, unknown> }
    filings?: Record<string, Record<string, { status: string }[]>>
  }
  withheld: string[]
}
const read = async (agency: keyof typeof officers, path: string) => {
  const answer = await world.call('GET', path, { key: officers[agency] })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Shared
}
interface Reading {
  agency: string
  by: string
  purpose: string
  purposeName: { zh: string }
  case: string
  version: number
  fields: string[]
  basis: { zh: string }
  at: string
}
const readings = async () =>
  ((await (await world.call('GET', `/v1/declarations/${id}/reads`)).json()) as { data: Reading[] }).data

interface Told {
  agency: string
  body: { because: string; case: string; changed: string[]; href: string; version: number; subscriptionId?: string }
}
/** What agencies were told of what they may see, oldest first. */
async function told(): Promise<Told[]> {
  const { rows } = await world.database.pool.query<{ agency: string; body: string }>(
    "SELECT agency, body FROM cooperation_note WHERE kind = 'shared' AND declaration_id = $1 ORDER BY number",
    [id],
  )
  return rows.map(({ agency, body }) => ({ agency, body: JSON.parse(body) as Told['body'] }))
}

test('an FX officer looks a sale up by its contract’s parties: amounts and parties, no cargo positions', async () => {
  id = (await world.post(declaration)).body.id
  await world.until(id, (seen) => filingOf(seen, 'customs').status === 'registered')
  const query = new URLSearchParams({ purpose: 'payment-verification', case: '汇核〔2026〕17号' })
  const found = await world.call('GET', `/v1/shared/declarations?${query.toString()}&firm=${broker}`, {
    key: officers.fx,
  })
  expect(((await found.json()) as { data: Shared[] }).data.map((one) => one.id)).toEqual([id])

  const { data, withheld } = await read('fx', `/v1/shared/declarations/${id}?${query.toString()}`)
  const { exporter, contractNumber } = declaration.goodsShipment
  expect(data.declaration.goodsShipment).toMatchObject({
    exporter: { id: exporter?.id, name: exporter?.name },
    contractNumber,
    items: declaration.goodsShipment.items.map(({ sequence, totalPrice, currency }) => ({
      sequence,
      totalPrice,
      currency,
    })),
  })
  expect(data.filings?.['customs']?.['declare']).toMatchObject([{ status: 'registered' }])
  expect(data.declaration.goodsShipment).not.toHaveProperty('consignment')
  expect(withheld).toContain('/declaration/goodsShipment/consignment/containers/*/id')
  for (const box of declaration.goodsShipment.consignment.containers ?? [])
    expect(JSON.stringify(data)).not.toContain(box.id)
})

test('the border’s officer sees who and what carries it, and no price', async () => {
  const query = new URLSearchParams({ purpose: 'crew-and-goods-match', case: 'B-2026-4' })
  const { data } = await read('border', `/v1/shared/declarations/${id}?${query.toString()}`)
  const text = JSON.stringify(data)
  expect(text).toContain(declaration.goodsShipment.consignment.containers?.[0]?.id)
  expect(text).toContain('familyName')
  expect(text).not.toContain('totalPrice')
  expect(text).not.toContain('dateOfBirth')
})

test('the trader sees who read what, when and why', async () => {
  const seen = await readings()
  expect(seen.map(({ agency, purpose, case: number }) => `${agency} ${purpose} ${number}`)).toEqual([
    'border crew-and-goods-match B-2026-4',
    'fx payment-verification 汇核〔2026〕17号',
    'fx payment-verification 汇核〔2026〕17号',
  ])
  expect(seen[1]).toMatchObject({
    by: 'fx officer 王',
    purposeName: { zh: expect.stringContaining('收付汇核验') as string },
    version: 1,
  })
  expect(seen[1]?.basis.zh).toContain('自贸试验区条例第二十一条')
  expect(seen[1]?.fields).toContain('/declaration/goodsShipment/items/*/totalPrice')
  expect(seen[1]?.fields.filter((field) => field.includes('consignment'))).toEqual([])
  const whole = (await (await world.call('GET', `/v1/declarations/${id}`)).json()) as Seen & {
    reads: { count: number; href: string }
  }
  expect(whole.reads).toEqual({ count: 3, href: `/v1/declarations/${id}/reads` })
})

test('a correction reaches who had read what it corrects, and nobody else; it carries no value', async () => {
  const before = await told()
  const answer = await world.call('POST', `/v1/declarations/${id}/amendments`, {
    body: {
      reason: '合同号录入错误',
      patch: { goodsShipment: { contractNumber: 'YC-2026-CORRECTED' } },
      particulars: { customs: { amendment: { reasonCode: '7', entOpName: '张三', entOpTele: '02360000000' } } },
    },
    headers: { 'if-match': '*', 'idempotency-key': 'correct' },
  })
  expect(answer.status).toBe(202)
  expect(await told()).toEqual(before)
  await world.until(id, (seen) => seen.changes.every(({ status }) => status === 'granted'))
  const notes = (await told()).filter(({ body }) => body.because === 'correction')
  expect(notes).toMatchObject([
    {
      agency: 'fx',
      body: { case: '汇核〔2026〕17号', changed: ['/declaration/goodsShipment/contractNumber'], version: 2 },
    },
  ])
  expect(JSON.stringify(notes)).not.toContain('CORRECTED')
})

test('the officer reads again, and the trader sees that too', async () => {
  const [{ body } = { body: { href: '' } }] = await told()
  const { version, data } = await read('fx', body.href)
  expect([version, data.declaration.goodsShipment['contractNumber']]).toEqual([2, 'YC-2026-CORRECTED'])
  const [newest] = await readings()
  expect(newest).toMatchObject({ agency: 'fx', version: 2 })
})

test('who subscribed to a firm is told when one of its filings moves, as far as the purpose sees it', async () => {
  const made = await world.call('POST', '/v1/shared/subscriptions', {
    key: officers.tax,
    body: { purpose: 'refund-review', case: '退审-8', filter: { firm: broker } },
    headers: { 'idempotency-key': 'subscribe' },
  })
  const { id: subscriptionId } = (await made.json()) as { id: string }
  await world.until(id, (seen) => filingOf(seen, 'customs').status === 'closed')
  const notes = (await told()).filter(({ agency }) => agency === 'tax')
  expect(notes.map(({ body }) => body.subscriptionId)).toEqual(notes.map(() => subscriptionId))
  expect(notes.flatMap(({ body }) => body.changed)).toContain('/filings/customs/declare/0/status')
  expect(
    notes.flatMap(({ body }) => body.changed).filter((pointer) => /\/(border|maritime|singapore)\//.test(pointer)),
  ).toEqual([])
  // The office itself has taken it.
  await world.until(id, () =>
    world.simulator.journal
      .find({ kind: 'effect', agency: 'tax', limit: 1_000 })
      .data.some((entry) => entry.kind === 'effect' && entry.what.includes('shared/')),
  )
})

test('who has ended a subscription is told no more', async () => {
  const list = (await (await world.call('GET', '/v1/shared/subscriptions', { key: officers.tax })).json()) as {
    data: { id: string }[]
  }
  for (const one of list.data) await world.call('DELETE', `/v1/shared/subscriptions/${one.id}`, { key: officers.tax })
  // What was on its way while it ended may still have been told of.
  await world.eventually(() => world.calm())
  const before = (await told()).length
  const heard = (await world.read(id)).timeline?.length ?? 0
  await world.until(id, ({ timeline = [] }) => timeline.length > heard)
  expect((await told()).length).toBe(before)
})

test('who alters what was kept of a reading is found', async () => {
  const { pool } = world.database
  const alter = async (sql: string) => {
    await pool.query('ALTER TABLE shared_read DISABLE TRIGGER append_only')
    await pool.query(sql, [id])
    await pool.query('ALTER TABLE shared_read ENABLE TRIGGER append_only')
  }
  await verifyDatabase(pool)
  await alter("UPDATE shared_read SET purpose = 'statistics' WHERE declaration_id = $1 AND number = 2")
  await expect(verifyDatabase(pool)).rejects.toMatchObject({
    place: { declarationId: id, record: 'read' },
    message: 'reading 2 is not what was kept',
  })
  await alter("UPDATE shared_read SET purpose = 'payment-verification' WHERE declaration_id = $1 AND number = 2")
  await verifyDatabase(pool)
})
