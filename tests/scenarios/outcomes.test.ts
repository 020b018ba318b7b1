import { beforeAll, expect, test } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { bringCertificate } from '../support/asked-changes.ts'
import { keyOf, type OutcomeRow, plannedRows } from '../support/outcome-rows.ts'
import { evBatteries, filingOf, frozenBeef, laptops, openWorld, type Seen, type World } from '../support/world.ts'

// Every outcome 结果 every agency can bring about, through the gateway: each ends where its text says, and nowhere else.
const world = await openWorld()
/** The bank counts what a firm has received; here nobody else has. */
const quiet = await openWorld()

/** What changes another filing, or is filed on request, is told in `change-outcomes.test.ts`. */
const rows = plannedRows

/** Ends that are not `closed`. A row named by its magic value alone stands for every procedure that has it. */
const ends: { readonly [row: string]: string } = {
  NEVER: 'acknowledged',
  // The shipper's declaration is silent too, and the carrier's waits for it.
  'maritime/dangerous-ship NEVER': 'waiting',
  'customs/declare TAX': 'in-review',
  'customs/declare REFUSE': 'refused',
  'customs/declare RETURN': 'refused',
  'customs/declare FAIL': 'refused',
  'customs/declare DELETE': 'withdrawn',
  // The goods are picked up; the complete declaration is another filing.
  'customs/summary SUMINSPECT': 'approved',
  'customs/summary SUMSUPPLEMENT': 'approved',
  'customs/summary SUMREFUSE': 'refused',
  REJECT: 'refused',
  'maritime/inland-report INLANDREFUSE': 'refused',
  'maritime/dangerous-cargo CARGOFAIL': 'refused',
  'maritime/dangerous-cargo CARGOREFUSE': 'refused',
  'maritime/dangerous-ship SHIPREFUSE': 'refused',
  'maritime/departure PERMITREFUSE': 'refused',
  'maritime/departure PERMITEXPIRE': 'withdrawn',
  'tax/refund DOUBT': 'refused',
  'tax/refund NODATA': 'refused',
  'tax/refund NOTHANDLED': 'refused',
  'tax/refund NOTREFUNDABLE': 'refused',
  // Class 4 taxpayers prove collection with the claim; this claim does not.
  'tax/refund CLASS4': 'refused',
  'tax/refund CLAWBACK': 'reversed',
  'tax/payment-certificate MISMATCH': 'refused',
  'tax/payment-certificate NOTFOUND': 'refused',
  NOQUOTA: 'refused',
  // Class C firms give a registration number of SAFE; this one has none.
  CLASSC: 'refused',
  RJCT: 'refused',
  NOTCLEARED: 'refused',
  RECERR: 'refused',
  FORMATERR: 'refused',
  RETURN: 'reversed',
  FORMAT: 'refused',
  DUPLICATE: 'refused',
  CAREJECT: 'refused',
}

/** The first step of a two-step declaration: it says all a summary is asked for, and more. */
function summaryOf(declaration: Declaration): Declaration {
  const { goodsShipment, particulars } = declaration
  return {
    ...declaration,
    declarationStep: 'summary',
    goodsShipment: {
      ...goodsShipment,
      items: goodsShipment.items.map((item) => ({ ...item, goodsAttributes: ['19'] })),
    },
    particulars: { customs: { summary: particulars?.['customs']?.['declare'] } },
  }
}

/** A declaration that brings the row about. Tax on the import is left out of it: nobody pays here. */
const declarationFor = ({ letter, procedure, magic }: OutcomeRow) => {
  const asked = `-${letter}.${magic}`
  if (procedure === 'summary') return summaryOf(frozenBeef(asked))
  if (['arrival', 'payment', 'payment-certificate'].includes(procedure))
    return frozenBeef(procedure === 'payment-certificate' ? `-C.SKIPJ${asked}` : asked)
  return procedure.startsWith('dangerous') ? evBatteries(asked) : laptops(asked)
}
const placeOf = ({ magic }: OutcomeRow): World => (magic === 'CLASSB' ? quiet : world)
const ids = new Map<string, string>()
const read = (row: OutcomeRow): Promise<Seen> => placeOf(row).read(ids.get(keyOf(row)) ?? '')

/** Two hours at a time: what happens within them may come in any order. */
const strideMs = 7_200_000

beforeAll(async () => {
  for (const row of rows) {
    const { status, body } = await placeOf(row).post(declarationFor(row))
    if (status !== 202) throw new Error(`${keyOf(row)}: ${status} ${JSON.stringify(body.errors)}`)
    ids.set(keyOf(row), body.id)
  }
  await Promise.all([world.idle(strideMs), quiet.idle(strideMs)])
  for (const row of rows) if (row.procedure === 'payment-certificate') await bringCertificate(world, await read(row))
  await world.idle(strideMs)
}, 600_000)

test.each(rows)('$agency/$procedure $magic: $does', async (row) => {
  const seen = await read(row)
  const filing = filingOf(seen, row.agency, row.procedure)
  expect(filing.status).toBe(ends[keyOf(row)] ?? ends[row.magic] ?? 'closed')
  expect(filing.holds).toEqual(keyOf(row) === 'customs/declare TAX' ? ['payment-due'] : [])
  expect(filing.unknown).toBe(false)
  // A word nobody knows is kept and shown, and moves nothing; every other is understood.
  const unrecognised = filing.receipts.filter(({ status }) => status === 'unrecognised')
  expect(unrecognised).toHaveLength(row.magic === 'UNKNOWN' ? 1 : 0)
  // Nothing that a person of ours would have to look at.
  expect(seen.needsAction.filter(({ by }) => by === 'operator')).toEqual([])
  expect(seen.filings.flatMap(({ trouble }) => trouble ?? [])).toEqual([])
})

test('nothing is left on its way, and the agencies found nothing wrong with themselves', async () => {
  for (const { database, simulator } of [world, quiet]) {
    expect((await database.pool.query('SELECT filing_id, error FROM delivery')).rows).toEqual([])
    const health = await (await simulator.app.request('/control/health')).json()
    expect(health).toMatchObject({ defects: 0, undelivered: 0 })
  }
})
