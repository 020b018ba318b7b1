/** 税务 Tax: export VAT refund 出口退（免）税 and customs payment certificates 海关缴款书稽核, as `specification.md` tells. */
import { Hono } from 'hono'
import { type Agency, type Desk, magicOf } from '../agency.ts'
import { type Attempt, type Filing, openBook } from './attempts.ts'
import { doubtAt } from './checks.ts'
import { type Content, contentOf } from './content.ts'
import { follow } from './course.ts'
import { duplicated, ordinary, outcomes, type TaxOutcome, type TaxProcedure } from './outcomes.ts'
import { type Certificates, type Claim, type Reading, read } from './read.ts'
import { classOf, type TaxpayerClass } from './register.ts'
import { chinaDay, chinaTime } from './time.ts'
import { type Matter, type Receipt, unknownReference, writeReceipt, writeState } from './write.ts'

const letter = 'T'
const officeCode = '5000'
const paths: { readonly [procedure in TaxProcedure]: string } = {
  refund: '/refunds',
  'payment-certificate': '/payment-certificates',
}

/** An answer to a document handed in. */
interface Answer {
  readonly status: 200 | 400 | 409
  readonly receipt: Receipt
}

function open(desk: Desk): Hono {
  const office = openOffice(desk)
  const app = new Hono()
  for (const procedure of Object.keys(paths) as TaxProcedure[]) {
    app.post(paths[procedure], async (c) => {
      const { status, receipt } = office.handIn(procedure, await c.req.text())
      return c.json(receipt, status)
    })
    app.get(`${paths[procedure]}/:ourReference`, (c) => {
      const latest = office.find(procedure, c.req.param('ourReference') ?? '')?.attempts.at(-1)
      if (latest === undefined) return c.json(unknownReference, 404)
      return c.json(writeState(procedure, latest.receipt, latest.notices, chinaTime(desk.now())))
    })
  }
  return app
}

/** The office behind the counter, with its memory. */
function openOffice(desk: Desk) {
  const book = openBook()
  const claimedBy = new Map<string, string>()
  let serial = 0
  const now = () => chinaTime(desk.now())
  const nextReceiptNumber = () => {
    serial += 1
    return `T${officeCode}${chinaDay(desk.now()).replaceAll('-', '')}${String(serial).padStart(6, '0')}`
  }

  const knownFor = (ourReference: string, fllb: TaxpayerClass) => ({
    fllb,
    takenElsewhere(number: string) {
      const holder = claimedBy.get(number)
      return holder !== undefined && holder !== ourReference && book.stands(holder)
    },
    draw: (key: string) => desk.draw(key),
  })

  /** Takes or refuses a document that could be read. */
  function decide(filing: Filing, document: Claim | Certificates, body: string): Attempt {
    const rows = outcomesFor(filing)
    const { nsrsbh } = document.taxpayer
    const fllb = rows.find((row) => row.fllb !== undefined)?.fllb ?? classOf(nsrsbh, (key) => desk.draw(key))
    const content = contentOf(document, knownFor(filing.ourReference, fllb))
    const doubts = [...content.doubts, ...raisedBy(rows)]
    const refused = doubts.some(({ level }) => level === 'E')
    spend(filing, rows, refused)

    const { head } = content
    const slbh = refused ? undefined : nextReceiptNumber()
    const code = refused ? 'TX-2000' : doubts.length > 0 ? 'TX-0001' : 'TX-0000'
    const receipt = writeReceipt(code, head, now(), { doubts, ...(slbh !== undefined && { slbh }) })
    const attempt: Attempt = { messageId: head.messageId, body, receipt, refused, notices: [] }
    if (slbh !== undefined) take(attempt, content, rows, { slbh, fllb, procedure: filing.procedure })
    return attempt
  }

  /** Enters what the filing claims and starts its course. */
  function take(
    attempt: Attempt,
    content: Content,
    rows: readonly TaxOutcome[],
    given: { slbh: string; fllb: TaxpayerClass; procedure: TaxProcedure },
  ): void {
    const { head, claims, duplicate } = content
    // Where another filing stands on the same certificate, that one keeps it.
    if (!duplicate) for (const number of claims) claimedBy.set(number, head.ourReference)
    desk.effect(head.traderReference, `${given.procedure} filed 受理 ${given.slbh}`)
    const matter: Matter = { ...content, ...given, certificates: claims, doubt: raisedBy(rows)[0] }
    const chosen = rows.find(({ course }) => course !== undefined)?.course
    follow(desk, duplicate ? duplicated : (chosen ?? ordinary[given.procedure]), matter, attempt)
  }

  function handIn(procedure: TaxProcedure, body: string): Answer {
    const reading: Reading<Claim | Certificates> = read(procedure, body)
    if (reading.kind === 'unreadable') return { status: 400, receipt: writeReceipt('TX-1000', {}, now()) }
    const head = reading.kind === 'read' ? reading.document.head : reading.head
    const { ourReference, messageId, traderReference } = head
    const doubts = reading.kind === 'malformed' ? reading.faults : []
    const malformed = writeReceipt('TX-1001', head, now(), { doubts })
    // Without its numbers a document can neither be kept nor be found again.
    if (ourReference === undefined || messageId === undefined || traderReference === undefined)
      return { status: 200, receipt: malformed }

    const admission = book.admit(procedure, ourReference, messageId, body)
    if (admission.kind === 'repeat') return { status: 200, receipt: admission.attempt.receipt }
    if (admission.kind === 'conflict') return { status: 409, receipt: writeReceipt(admission.code, head, now()) }

    const filing = book.filing(procedure, ourReference, traderReference)
    const attempt =
      reading.kind === 'read'
        ? decide(filing, reading.document, body)
        : { messageId, body, receipt: malformed, refused: true, notices: [] }
    book.enter(filing, attempt)
    return { status: 200, receipt: attempt.receipt }
  }

  return {
    handIn,
    find: (procedure: TaxProcedure, ourReference: string) => book.find(procedure, ourReference),
  }
}

/** The rows of the table that apply: named by the trader's reference, and not yet had their one turn. */
function outcomesFor({ procedure, traderReference, spent }: Filing): TaxOutcome[] {
  const named = magicOf(traderReference, letter)
  return outcomes.filter(
    (row) => row.procedure === procedure && named.includes(row.magic) && !(row.once === true && spent.has(row.magic)),
  )
}

/** Notes whose one turn this is: a course only has it when the filing was taken. */
function spend({ spent }: Filing, rows: readonly TaxOutcome[], refused: boolean): void {
  for (const { once, doubt, magic } of rows) if (once === true && (doubt !== undefined || !refused)) spent.add(magic)
}

function raisedBy(rows: readonly TaxOutcome[]) {
  return rows.flatMap(({ doubt }) => (doubt === undefined ? [] : [doubtAt(doubt, ['ckmx', '1', 'ckbgdh'])]))
}

export const tax: Agency = {
  id: 'tax',
  letter,
  name: { en: 'Tax', zh: '税务' },
  replies: 'pushed',
  outcomes,
  open,
}
