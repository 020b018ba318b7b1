import type { Declaration } from '../../schemas/declaration/index.ts'
import { type FilingStatus, rankOf } from '../../schemas/status.ts'
import { keyOf, type OutcomeRow } from './outcome-rows.ts'
import { evBatteries, filingOf, frozenBeef, laptops, type Seen, type World } from './world.ts'

/** How a change, or a filing on request, comes to be asked for. */
interface Asking {
  /** A declaration under a number that carries magic values; those that leave nothing to chance on the way stand first. */
  readonly sample: (magic: string) => Declaration
  /** The filing it is about, and from when on it is asked for. */
  readonly subject: string
  readonly from: FilingStatus
  readonly held?: string
  /** Days go by before. */
  readonly late?: true
  /** What an amendment changes: it concerns one agency alone. */
  readonly patch?: (declaration: Declaration) => object
  /** What a filing on request says. */
  readonly particulars?: (run: number) => object
}

const [skipped, billed] = ['-C.SKIPJ', '-C.TAX']
/** Customs inspects nothing. */
const batteries = (magic: string) => evBatteries(skipped + magic)
const computers = (magic: string) => laptops(skipped + magic)
const beef = (magic: string) => frozenBeef(skipped + magic)
/** Customs waits to be paid: an export that it has closed is not cancelled. */
const batteriesBilled = (magic: string) => evBatteries(billed + magic)
const computersBilled = (magic: string) => laptops(billed + magic)

/** The beef's duty and VAT in yuan, and the VAT alone. */
const taxDue = '308519.42'
const vatDue = '140845.82'

type Said = Readonly<Record<string, Record<string, Record<string, readonly object[]>>>>
/** What an amendment puts in the place of a list of particulars: the same rows, with something more. */
const listWith = (agency: string, procedure: string, list: string, more: object) => (declaration: Declaration) => {
  const rows = (declaration.particulars as unknown as Said | undefined)?.[agency]?.[procedure]?.[list] ?? []
  return particularsOf(agency, procedure, { [list]: rows.map((row) => ({ ...row, ...more })) })
}
const particularsOf = (agency: string, procedure: string, said: object) => ({
  particulars: { [agency]: { [procedure]: said } },
})
const reported = (phone: string) => particularsOf('maritime', 'inland-report', { reporter: { phone } })

/** By agency and procedure; a single row may be asked for in another way. */
const askings: { readonly [procedure: string]: Asking } = {
  'customs/amendment': {
    sample: computers,
    subject: 'declare',
    from: 'registered',
    patch: () => ({ goodsShipment: { contractNumber: 'CQ-SG-2026-119' } }),
  },
  'customs/cancellation': { sample: beef, subject: 'declare', from: 'registered' },
  'customs/payment': {
    sample: (magic) => frozenBeef(billed + magic),
    subject: 'declare',
    from: 'in-review',
    held: 'payment-due',
    particulars: () => ({ amount: taxDue }),
  },
  'border/amendment': {
    sample: computers,
    subject: 'departure',
    from: 'acknowledged',
    patch: listWith('border', 'departure', 'crew', { effects: '手表1块' }),
  },
  'border/cancellation': { sample: computersBilled, subject: 'departure', from: 'acknowledged' },
  'maritime/amendment': {
    sample: batteries,
    subject: 'dangerous-cargo',
    from: 'acknowledged',
    patch: () => particularsOf('maritime', 'dangerous-cargo', { declarantPhone: '023-60000009' }),
  },
  'maritime/cancellation': { sample: batteriesBilled, subject: 'dangerous-cargo', from: 'acknowledged' },
  'maritime/inland-amendment': {
    sample: computers,
    subject: 'inland-report',
    from: 'closed',
    patch: () => reported('023-60000009'),
  },
  'maritime/inland-cancellation': { sample: computersBilled, subject: 'inland-report', from: 'closed' },
  'tax/amendment': {
    sample: computers,
    subject: 'refund',
    from: 'acknowledged',
    late: true,
    patch: listWith('tax', 'refund', 'invoices', { remarks: '更正' }),
  },
  'tax/cancellation': { sample: beef, subject: 'payment-certificate', from: 'acknowledged' },
  'fx/amendment': {
    sample: computers,
    subject: 'receipt',
    from: 'acknowledged',
    patch: () => particularsOf('fx', 'receipt', { remark: '尾款' }),
  },
  // SAFE has the record only when the filing is finished.
  'fx/amendment AMENDRECERR': {
    sample: computers,
    subject: 'receipt',
    from: 'closed',
    late: true,
    patch: () => particularsOf('fx', 'receipt', { remark: '尾款' }),
  },
  'fx/cancellation': { sample: computersBilled, subject: 'receipt', from: 'acknowledged' },
  'singapore/amendment': {
    sample: batteries,
    subject: 'permit',
    from: 'approved',
    patch: () => particularsOf('singapore', 'permit', { remarks: ['HANDLE WITH CARE'] }),
  },
  'singapore/cancellation': { sample: batteriesBilled, subject: 'permit', from: 'approved' },
  'singapore/origin-certificate': {
    sample: batteries,
    subject: 'permit',
    from: 'approved',
    particulars: (run) => ({
      scheme: 'CSFTA',
      certificate: { number: `E26CN5000${run}`, authority: '重庆海关', issueDate: '2026-11-20' },
      items: [{ item: 1, criterion: 'PE' }],
    }),
  },
}

/** @throws {RangeError} nobody has said how such a thing is asked for */
export function askingOf(row: OutcomeRow): Asking {
  const asking = askings[keyOf(row)] ?? askings[`${row.agency}/${row.procedure}`]
  if (asking === undefined) throw new RangeError(`How is ${keyOf(row)} asked for?`)
  return asking
}

/** The filing a row is about, and what was filed to change it or on request, oldest first. */
export function concernedBy(row: OutcomeRow, seen: Seen) {
  const subject = filingOf(seen, row.agency, askingOf(row).subject)
  const asked = seen.filings.filter(
    ({ agency, procedure, changes }) =>
      agency === row.agency && procedure === row.procedure && (changes === undefined || changes === subject.id),
  )
  return { subject, asked }
}

/** Whether it can be asked for. */
export function isReady(row: OutcomeRow, seen: Seen): boolean {
  const { from, held } = askingOf(row)
  const { status, holds } = filingOf(seen, row.agency, askingOf(row).subject)
  return rankOf(status as FilingStatus) >= rankOf(from) && (held === undefined || holds.includes(held))
}

/** Why, and who may be asked about it, as far as an agency wants to know. */
const asker = { reasonCode: '7', entOpName: '张三', entOpTele: '02360000000' }
const because = {
  amendments: { customs: { amendment: asker } },
  cancellations: { customs: { cancellation: asker }, singapore: { cancellation: { reasonCode: 'C10' } } },
}

let keys = 0
/** Asks for it, the first time or again. @throws {Error} it is not taken in */
export async function askFor(world: World, row: OutcomeRow, id: string, declaration: Declaration): Promise<void> {
  const { patch, particulars } = askingOf(row)
  const { agency, procedure } = row
  if (particulars !== undefined) return file(world, id, { agency, procedure, particulars: particulars(++keys) })
  const [what, body] =
    patch === undefined
      ? ['cancellations', { reason: '买方取消订单', particulars: because.cancellations }]
      : ['amendments', { reason: '操作失误', patch: patch(declaration), particulars: because.amendments }]
  await taken(202, world.call('POST', `/v1/declarations/${id}/${what}`, { body, headers: headers() }))
}

const headers = () => ({ 'if-match': '*', 'idempotency-key': `asked-${++keys}` })

/** Files it; what was refused is tried again. */
async function file(world: World, id: string, asked: { agency: string; procedure: string; particulars: object }) {
  const refused = (await world.read(id)).filings.find(
    ({ agency, procedure }) => agency === asked.agency && procedure === asked.procedure,
  )
  if (refused === undefined)
    return taken(202, world.call('POST', `/v1/declarations/${id}/filings`, { body: asked, headers: headers() }))
  // A refused payment may name what is due by now.
  const amount = /应付合计([\d.]+)元/.exec(refused.lastReceipt?.text ?? '')?.[1]
  return bring(world, id, refused.id, amount === undefined ? asked.particulars : { amount })
}

/** Brings the payment certificate: its number is known once customs has the declaration. */
export function bringCertificate(world: World, seen: Seen): Promise<void> {
  const entry = filingOf(seen, 'customs', 'declare').references.find(({ scheme }) => scheme === 'entry-number')?.value
  const certificates = [{ number: `${entry}-L01`, issueDate: '2026-11-21', amount: vatDue }]
  return bring(world, seen.id, filingOf(seen, 'tax').id, { certificates })
}

const bring = (world: World, id: string, filingId: string, body: object) =>
  taken(200, world.call('PUT', `/v1/declarations/${id}/filings/${filingId}/particulars`, { body, headers: headers() }))

async function taken(status: number, answering: Promise<Response>): Promise<void> {
  const answer = await answering
  if (answer.status !== status) throw new Error(`${answer.status} ${await answer.text()}`)
}
