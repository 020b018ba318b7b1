import { beforeAll, expect, test } from 'vitest'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { type FilingStatus, rankOf } from '../../schemas/status.ts'
import { askFor, askingOf, bringCertificate, concernedBy, isReady } from '../support/asked-changes.ts'
import { keyOf, type OutcomeRow, askedRows as rows } from '../support/outcome-rows.ts'
import { filingOf, openWorld, type Seen } from '../support/world.ts'

// Every outcome 结果 of an amendment, a cancellation 修撤单 and a filing on request, through the gateway: each ends where its text
// says, and so does the declaration.
const world = await openWorld()

interface Promised {
  /** Its agency's last word, each time it is asked. */
  readonly answers: readonly FilingStatus[]
  /** Holds on the way; none stands in the end. */
  readonly holds?: readonly string[]
  /** What becomes of the changes; a filing on request is none. */
  readonly changes?: readonly string[]
  /** How the filing it is about ends, and the declaration. */
  readonly subject: FilingStatus
  readonly declaration: string
}

const amended = { answers: ['approved'], changes: ['granted'], subject: 'closed', declaration: 'completed' } as const
const asItWas = { answers: ['refused'], changes: ['refused'], subject: 'closed', declaration: 'completed' } as const
/** Refused the first time only. */
const amendedThen = { ...amended, answers: ['refused', 'approved'], changes: ['refused', 'granted'] } as const
const cancelled = {
  answers: ['approved'],
  changes: ['granted'],
  subject: 'withdrawn',
  declaration: 'cancelled',
} as const
/** One agency keeps its part, the others take theirs back; what waits for those is never sent. */
const kept = { answers: ['refused'], changes: ['partly'], subject: 'closed', declaration: 'in-progress' } as const
const cancelledThen = { ...cancelled, answers: ['refused', 'approved'], changes: ['partly', 'granted'] } as const
/** An answer never comes: the filing goes on; with an amendment open the declaration is never completed. */
const unanswered = {
  answers: ['acknowledged'],
  changes: ['pending'],
  subject: 'closed',
  declaration: 'released',
} as const
const notLetGo = { ...unanswered, declaration: 'in-progress' } as const
const certified = { answers: ['approved'], subject: 'closed', declaration: 'completed' } as const
const supplement = { holds: ['supplement'] } as const
const atOnce = { answers: ['closed'] } as const

const promised: { readonly [row: string]: Promised } = {
  'customs/amendment MODREFUSE': asItWas,
  'customs/amendment MODSUPPLEMENT': { ...amended, ...supplement },
  'customs/amendment MODPARTIAL': asItWas,
  // An import of which everything that remains comes to its end.
  'customs/cancellation CANCELREFUSE': { ...kept, holds: ['suspended'], declaration: 'completed' },
  'customs/cancellation CANCELSUPPLEMENT': { ...cancelled, ...supplement },
  'customs/payment PAYREFUSE': { answers: ['refused', 'closed'], subject: 'closed', declaration: 'completed' },
  // The goods are released; the payment that failed is shown until its trader has dealt with it.
  'customs/payment PAYTWICE': { answers: ['refused'], subject: 'closed', declaration: 'action-needed' },
  'customs/payment PAYLATE': { answers: ['refused', 'closed'], subject: 'closed', declaration: 'completed' },
  'border/amendment AMENDGRANT': amended,
  'border/amendment AMENDSCREEN': amended,
  'border/amendment AMENDSLOW': amended,
  'border/amendment AMENDPERSON': asItWas,
  'border/amendment AMENDREFUSE': amendedThen,
  'border/amendment AMENDNEVER': unanswered,
  'border/cancellation CANCELGRANT': cancelled,
  'border/cancellation CANCELREFUSE': cancelledThen,
  'border/cancellation CANCELNEVER': notLetGo,
  'maritime/amendment AMENDPASS': amended,
  'maritime/amendment AMENDREFUSE': amendedThen,
  'maritime/amendment AMENDNEVER': unanswered,
  'maritime/cancellation CANCELPASS': cancelled,
  'maritime/cancellation CANCELREFUSE': cancelledThen,
  // No ship takes the cargo: its declaration waits for the answer.
  'maritime/cancellation CANCELNEVER': { ...notLetGo, subject: 'approved' },
  'maritime/inland-amendment INLANDAMENDPASS': { ...amended, ...atOnce },
  'maritime/inland-amendment INLANDAMENDREFUSE': { ...amendedThen, answers: ['refused', 'closed'] },
  'maritime/inland-cancellation INLANDCANCELPASS': { ...cancelled, ...atOnce },
  'maritime/inland-cancellation INLANDCANCELREFUSE': { ...cancelledThen, answers: ['refused', 'closed'] },
  'tax/amendment AMENDREFUSE': asItWas,
  'tax/cancellation WITHDRAWREFUSE': { ...kept, declaration: 'completed' },
  'fx/amendment AMENDREFUSE': asItWas,
  'fx/amendment AMENDRECERR': asItWas,
  // What waits for the parts that were taken back says so.
  'fx/cancellation CANCELREFUSE': { ...kept, declaration: 'action-needed' },
  'singapore/amendment AMENDREJECT': amendedThen,
  'singapore/amendment AMENDPENDING': amended,
  'singapore/amendment AMENDNEVER': unanswered,
  'singapore/cancellation CANCELREJECT': cancelledThen,
  'singapore/cancellation CANCELNEVER': notLetGo,
  'singapore/origin-certificate COQUERY': { ...certified, ...supplement },
  'singapore/origin-certificate COREJECT': { ...certified, answers: ['refused', 'approved'] },
  'singapore/origin-certificate CONEVER': { ...certified, answers: ['acknowledged'], declaration: 'released' },
}

const handedIn = new Map<string, { id: string; declaration: Declaration }>()
const placeOf = (row: OutcomeRow) => handedIn.get(keyOf(row)) ?? { id: '', declaration: {} as Declaration }
/** Ten minutes at a time: what happens within them may come in any order. */
const strideMs = 600_000
const until = (row: OutcomeRow, wanted: (seen: Seen) => boolean) => world.until(placeOf(row).id, wanted, strideMs)
const ask = (row: OutcomeRow) => askFor(world, row, placeOf(row).id, placeOf(row).declaration)
const isEnded = ({ status }: { status: string }) => rankOf(status as FilingStatus) >= rankOf('approved')

/** The certificates that customs' bill leads to, where the import is still of concern to the tax office. */
async function bringCertificates(row: OutcomeRow): Promise<void> {
  const seen = await world.read(placeOf(row).id)
  const waits = ({ agency, status }: Seen['filings'][number]) => agency === 'tax' && status === 'awaiting-particulars'
  if (seen.filings.some(waits)) await bringCertificate(world, seen)
}

beforeAll(async () => {
  for (const row of rows) {
    const declaration = askingOf(row).sample(`-${row.letter}.${row.magic}`)
    const { status, body } = await world.post(declaration)
    if (status !== 202) throw new Error(`${keyOf(row)}: ${status} ${JSON.stringify(body.errors)}`)
    handedIn.set(keyOf(row), { id: body.id, declaration })
  }
  for (const row of rows) {
    if (askingOf(row).late) continue
    if (row.agency === 'tax') {
      await until(row, (seen) => filingOf(seen, 'customs').status === 'approved')
      await bringCertificates(row)
    }
    await until(row, (seen) => isReady(row, seen))
    await ask(row)
  }
  for (const row of rows) {
    if ((promised[keyOf(row)]?.answers.length ?? 0) < 2) continue
    await until(
      row,
      (seen) => concernedBy(row, seen).asked.every(isEnded) && seen.changes.every(({ status }) => status !== 'pending'),
    )
    await ask(row)
  }
  for (const row of rows) {
    if (!askingOf(row).late) continue
    await until(row, (seen) => isReady(row, seen))
    await ask(row)
  }
  for (const row of rows) await bringCertificates(row)
  // Nothing is asked for any more: what is left may come in any order.
  await world.idle(12 * strideMs)
}, 600_000)

test('every row has its promise', () => {
  expect(Object.keys(promised).sort()).toEqual(rows.map(keyOf).sort())
})

/** The agency's last word in each attempt. */
const answersOf = ({ receipts }: Seen['filings'][number]) =>
  [...Map.groupBy(receipts, ({ attempt }) => attempt).values()].map((said) => said.at(-1)?.status)

test.each(rows)('$agency/$procedure $magic: $does', async (row) => {
  const seen = await world.read(placeOf(row).id)
  const { subject, asked } = concernedBy(row, seen)
  const events = seen.timeline?.filter((event) => asked.some(({ id }) => id === event.subject)) ?? []
  expect({
    answers: asked.flatMap(answersOf),
    holds: events.flatMap(({ data }) => data['holds'] ?? []),
    changes: seen.changes.map(({ status }) => status),
    subject: subject.status,
    declaration: seen.status,
  }).toEqual({ holds: [], changes: [], ...promised[keyOf(row)] })
  expect([...subject.holds, ...asked.flatMap(({ holds }) => holds)]).toEqual([])
  // What was granted stands as it was asked for last, what was not as it was first.
  const isAmended = seen.changes.some(({ kind, status }) => kind === 'amendment' && status === 'granted')
  expect([seen.version, subject.version]).toEqual(isAmended ? [asked.length + 1, asked.length + 1] : [1, 1])
  // Nobody else refuses.
  const others = seen.filings.filter(({ id, occasion }) => occasion === 'change' && asked.every((one) => one.id !== id))
  expect(others.filter(({ status }) => status !== 'approved' && status !== 'closed')).toEqual([])
  // Codes the text names were heard.
  const heard = JSON.stringify(asked.flatMap(({ receipts }) => receipts))
  for (const [code] of row.does.matchAll(/\b[A-Z]{2}-\d{3}\b|(?<=\()\d+/g)) expect(heard).toContain(code)
  expect(seen.filings.filter(({ unknown, trouble }) => unknown || trouble !== undefined)).toEqual([])
  expect(seen.needsAction.filter(({ by }) => by === 'operator')).toEqual([])
})

test('what is asked for again is asked for once more only where the table says it helps', () => {
  const helps = rows.filter(({ does }) => /first attempt only|the next|without it/.test(does)).map(keyOf)
  expect(Object.keys(promised).filter((row) => (promised[row]?.answers.length ?? 0) > 1)).toEqual(helps)
})

test('nothing is left on its way, and the agencies found nothing wrong with themselves', async () => {
  expect((await world.database.pool.query('SELECT filing_id, error FROM delivery')).rows).toEqual([])
  const health = await (await world.simulator.app.request('/control/health')).json()
  expect(health).toMatchObject({ defects: 0, undelivered: 0 })
})
