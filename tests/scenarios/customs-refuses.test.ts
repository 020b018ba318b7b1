import { expect, test } from 'vitest'
import { evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

// Customs refuses 退单 a declaration that the others have taken; the trader corrects it and hands it in again.
const world = await openWorld()
const declaration = evBatteries('-C.REFUSE-M.CARGOPASS-B.CLEAR')
const lrn = declaration.functionalReferenceId
let id = ''
let refused: Seen
let corrected: Seen
const valueOf = (seen: Seen, scheme: string) =>
  filingOf(seen, 'customs').references.findLast((one) => one.scheme === scheme)?.value
const others = ({ filings }: Seen) => filings.filter(({ agency }) => agency !== 'customs')

test('a refusal by customs is an answer, not an error', async () => {
  const { status, body } = await world.post(declaration)
  expect(status).toBe(202)
  id = body.id
  refused = await world.until(id, (seen) => filingOf(seen, 'customs').status === 'refused')
  expect(filingOf(refused, 'customs')).toMatchObject({
    attempt: 1,
    holds: [],
    lastReceipt: { code: 'E', status: 'refused' },
  })
  expect(refused.status).toBe('action-needed')
})

test('the trader is told in plain words: what customs said, and to correct and hand in again', () => {
  expect(refused.needsAction).toEqual([
    expect.objectContaining({
      agency: 'customs',
      by: 'trader',
      href: `/v1/declarations/${id}`,
      what: {
        en: 'Customs refused: “退单：商品序号1：申报品名与商品编号不符，请核实后重新申报”. Correct the declaration and hand it in again (PUT)',
        zh: '海关退回：“退单：商品序号1：申报品名与商品编号不符，请核实后重新申报”。请修改后重新提交（PUT）',
      },
    }),
  ])
})

test('the others go their way; what needs a release by customs is blocked and says by whom', async () => {
  await world.idle()
  const seen = await world.read(id)
  expect(filingOf(seen, 'border').status).toBe('closed')
  expect(filingOf(seen, 'singapore').status).toBe('closed')
  expect(filingOf(seen, 'maritime', 'dangerous-ship').status).toBe('closed')
  // Money follows the entry number, which customs had given before it refused.
  expect(filingOf(seen, 'fx').status).toBe('closed')
  expect(filingOf(seen, 'maritime', 'departure')).toMatchObject({
    status: 'blocked',
    blockedBy: [{ agency: 'customs', procedure: 'declare' }],
  })
  expect(filingOf(seen, 'tax')).toMatchObject({
    status: 'blocked',
    blockedBy: [{ agency: 'customs', procedure: 'declare' }],
  })
})

test('a correction says which state it corrects', async () => {
  const path = `/v1/declarations/${id}`
  const body = structuredClone(declaration)
  expect((await world.call('PUT', path, { body })).status).toBe(428)
  expect((await world.call('PUT', path, { body, headers: { 'if-match': `"${id}.1"` } })).status).toBe(412)
  expect(filingOf(await world.read(id), 'customs')).toMatchObject({ attempt: 1, status: 'refused' })
})

/** Hands the declaration in again, with a change. */
const correct = async (change: (corrected: typeof declaration) => void) => {
  const body = structuredClone(declaration)
  change(body)
  const etag = (await world.call('GET', `/v1/declarations/${id}`)).headers.get('etag') ?? ''
  return world.call('PUT', `/v1/declarations/${id}`, { body, headers: { 'if-match': etag } })
}

test('what others hold already cannot be changed on the way: it says who would need an amendment', async () => {
  const answer = await correct(({ goodsShipment }) =>
    Object.assign(goodsShipment.items[0] ?? {}, { name: '磷酸铁锂蓄电池系统' }),
  )
  expect(answer.status).toBe(409)
  const { code, errors } = (await answer.json()) as { code: string; errors: { agency: string; code: string }[] }
  expect(code).toBe('amendment-needed')
  expect(errors.map(({ agency }) => agency)).toEqual(expect.arrayContaining(['maritime', 'fx']))
})

test('the correction is attempt 2: the same 统一编号, a new 报关单号', async () => {
  const before = {
    unified: valueOf(await world.read(id), 'unified-number'),
    entry: valueOf(await world.read(id), 'entry-number'),
  }
  const answer = await correct(({ goodsShipment }) => goodsShipment.items[0]?.declarationElements.splice(7, 1, '无汞'))
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('"attempt":2')])
  corrected = await world.until(id, (seen) => filingOf(seen, 'customs').status === 'approved')
  expect(filingOf(corrected, 'customs').attempt).toBe(2)
  expect(valueOf(corrected, 'unified-number')).toBe(before.unified)
  expect(valueOf(corrected, 'entry-number')).not.toBe(before.entry)
  expect(corrected.needsAction).toEqual([])
})

test('the filings other agencies hold were not sent again', async () => {
  const seen = await world.read(id)
  expect(new Set(others(seen).map(({ attempt }) => attempt))).toEqual(new Set([1]))
  const effects = world.effects(lrn)
  expect([...new Set(effects)]).toEqual(effects)
  expect(effects.filter((effect) => /^customs: (declared|refused|registered)/.test(effect))).toEqual([
    'customs: declared',
    'customs: registered',
    'customs: refused',
    'customs: declared-2',
    'customs: registered-2',
  ])
})

test('the refusal of attempt 1, told again and late, changes nothing', async () => {
  const before = await world.read(id)
  const refusal = world.documents('customs', lrn).find((document) => document.includes('<CHANNEL>E</CHANNEL>')) ?? ''
  expect((await world.push('customs', { body: refusal })).status).toBe(202)
  // Worded anew it is a new receipt, but still of the attempt that was over by then.
  const reworded = refusal.replace('退单：', '退单（补发）：')
  expect((await world.push('customs', { body: reworded })).status).toBe(202)
  const after = await world.read(id)
  expect(filingOf(after, 'customs')).toMatchObject({
    attempt: 2,
    status: filingOf(before, 'customs').status,
    holds: [],
  })
  expect(filingOf(after, 'customs').receipts.filter(({ attempt, code }) => attempt === 1 && code === 'E')).toHaveLength(
    2,
  )
  expect(after.needsAction).toEqual([])
})

test('what was blocked goes on, to the end', async () => {
  const end = await world.until(id, ({ status }) => status === 'completed')
  expect(filingOf(end, 'maritime', 'departure')).toMatchObject({ status: 'closed', attempt: 1 })
  expect(filingOf(end, 'tax')).toMatchObject({ status: 'closed', attempt: 1 })
})
