import { expect, test } from 'vitest'
import { rankOf } from '../../schemas/status.ts'
import { evBatteries, filingOf, openWorld, type Seen } from '../support/world.ts'

// Lithium batteries 锂电池 (UN 3480) by barge from Guoyuan to Yangshan and on by sea to Singapore: six agencies, nine filings.
const world = await openWorld()
const lrn = (declaration: { functionalReferenceId: string }) => declaration.functionalReferenceId
const declaration = evBatteries('-C.SKIPJ-M.CARGOPASS')
let accepted: Awaited<ReturnType<typeof world.post>>['body']
let end: Seen

/** Where something stands in the timeline: the first event of a type that says this of a filing. */
function moment(
  seen: Seen,
  agency: string,
  procedure: string,
  status: string,
  type = 'yuchuang.filing.status',
): number {
  const at = (seen.timeline ?? []).findIndex(
    ({ type: its, data }) =>
      its === type && data['agency'] === agency && data['procedure'] === procedure && data['status'] === status,
  )
  if (at === -1) throw new Error(`${agency}/${procedure} was never ${status}`)
  return at
}

test('one declaration makes a plan that says of every agency why, in both languages', async () => {
  const answer = await world.post(declaration)
  expect(answer.status).toBe(202)
  expect(answer.headers.get('location')).toBe(`/v1/declarations/${answer.body.id}`)
  accepted = answer.body
  expect(accepted.plan.filter(({ files }) => files).map(({ agency, procedure }) => `${agency}/${procedure}`)).toEqual([
    'customs/declare',
    'border/departure',
    'maritime/inland-report',
    'maritime/dangerous-cargo',
    'maritime/dangerous-ship',
    'maritime/departure',
    'tax/refund',
    'fx/receipt',
    'singapore/permit',
  ])
  for (const { because } of accepted.plan) {
    expect(because.en).not.toBe('')
    expect(because.zh).toMatch(/\p{Script=Han}/u)
  }
})

test('what waits for nobody goes at once; the rest says whom it waits for', async () => {
  const { filings } = await world.read(accepted.id)
  const waiting = Object.fromEntries(
    filings
      .filter(({ status }) => status === 'waiting')
      .map(({ procedure, waitsFor }) => [
        procedure,
        waitsFor?.map(({ agency, procedure, status }) => `${agency}/${procedure} ${status}`),
      ]),
  )
  expect(waiting).toEqual({
    'dangerous-ship': ['maritime/dangerous-cargo approved'],
    departure: ['customs/declare approved', 'border/departure approved', 'maritime/dangerous-ship approved'],
    refund: ['customs/declare closed'],
    receipt: ['customs/declare registered'],
  })
})

test('every agency comes to its end', async () => {
  end = await world.until(accepted.id, ({ status }) => status === 'completed')
  expect(end.filings.map(({ status }) => status)).toEqual(Array.from({ length: 9 }, () => 'closed'))
  expect(end.needsAction).toEqual([])
})

test.each([
  ['fx', 'receipt', 'customs', 'declare', 'registered'],
  ['tax', 'refund', 'customs', 'declare', 'closed'],
  ['maritime', 'dangerous-ship', 'maritime', 'dangerous-cargo', 'approved'],
  ['maritime', 'departure', 'customs', 'declare', 'approved'],
  ['maritime', 'departure', 'border', 'departure', 'approved'],
  ['maritime', 'departure', 'maritime', 'dangerous-ship', 'approved'],
])('%s/%s goes only after %s/%s is %s', (agency, procedure, whose, what, status) => {
  expect(moment(end, agency, procedure, 'queued')).toBeGreaterThan(moment(end, whose, what, status))
  expect(moment(end, agency, procedure, 'sent')).toBeGreaterThan(moment(end, agency, procedure, 'queued'))
})

test('a status only rises, and every receipt that raised it stands before it', () => {
  for (const { id, receipts } of end.filings) {
    const statuses = (end.timeline ?? [])
      .filter(({ type, subject }) => type === 'yuchuang.filing.status' && subject === id)
      .map(({ data }) => data['status'] as Parameters<typeof rankOf>[0])
    const ranks = statuses.map(rankOf)
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
    expect(receipts.map(({ status }) => status)).toContain(statuses.at(-1))
  }
})

test('every agency left its numbers, in its own shape', () => {
  const numbers = Object.fromEntries(
    end.filings.flatMap(({ procedure, references }) =>
      references.map(({ scheme, value }) => [`${procedure} ${scheme}`, value]),
    ),
  )
  const shapes: Record<string, RegExp> = {
    'declare client-number': new RegExp(`^${lrn(declaration)}$`),
    'declare unified-number': /^E2026\d{13}$/,
    'declare entry-number': /^80072026\d{10}$/,
    'departure clearance-number': /^BJ\d{14}$/,
    'departure acceptance-number': /^SL\d{14}$/,
    'departure permit-number': /^CK\d{14}$/,
    'inland-report receipt-number': /^JB\d{14}$/,
    'dangerous-cargo acceptance-number': /^SL\d{14}$/,
    'dangerous-cargo cargo-approval-number': /^HP\d{14}$/,
    'dangerous-ship acceptance-number': /^SL\d{14}$/,
    'dangerous-ship ship-approval-number': /^CP\d{14}$/,
    'refund acceptance-number': /^T5000\d{14}/,
    'refund refund-note': /^SRTHS5000\d+$/,
    'receipt bank-reference': /^F5000\d{14}/,
    'receipt report-number': /^500000000100261121N\d{3}$/,
    'permit transaction-number': /^SG\d+$/,
    'permit unique-reference-number': /^197401143C-\d{8}-\d{4}$/,
    'permit permit-number': /^[A-Z]{2}\d[A-L]\d{6}[A-Z]$/,
  }
  expect(Object.keys(numbers).sort()).toEqual(Object.keys(shapes).sort())
  for (const [name, shape] of Object.entries(shapes)) expect(numbers[name], name).toMatch(shape)
})

test('what one agency gave stands in what another got', async () => {
  const entry = filingOf(end, 'customs').references.find(({ scheme }) => scheme === 'entry-number')?.value ?? '?'
  const clearance = filingOf(end, 'border').references.find(({ scheme }) => scheme === 'clearance-number')?.value ?? '?'
  const answer = await world.call('GET', `/v1/declarations/${accepted.id}/messages?limit=200`)
  const { data } = (await answer.json()) as { data: { direction: string; filingId: string; body?: string }[] }
  const sentBy = (agency: string, procedure: string) =>
    data.find(({ direction, filingId }) => direction === 'out' && filingId === filingOf(end, agency, procedure).id)
      ?.body
  expect(sentBy('tax', 'refund')).toContain(`${entry}001`) // 21 digits: the entry and its item
  expect(sentBy('fx', 'receipt')).toContain(entry)
  expect(sentBy('maritime', 'departure')).toContain(entry)
  expect(sentBy('maritime', 'departure')).toContain(clearance)
})

test('nothing happened twice at any agency', () => {
  const effects = world.effects(lrn(declaration))
  expect([...new Set(effects)]).toEqual(effects)
  expect(effects.filter((effect) => effect.startsWith('customs'))).toEqual([
    'customs: declared',
    'customs: registered',
    'customs: released',
    'customs: closed',
  ])
})
