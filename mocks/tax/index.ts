/** 税务 Tax: export VAT refund 出口退（免）税 and customs payment certificates 海关缴款书稽核, as `specification.md` tells. */
import { Hono } from 'hono'
import type { Agency, Desk } from '../agency.ts'
import { type Note, type NoteReply, takeNotes } from '../cooperation.ts'
import { textOf } from '../text.ts'
import { type Attempt, type Filing, openBook } from './attempts.ts'
import { amend, courseOf, type Office, openChange, originalOf, refuse, withdraw } from './changes.ts'
import { doubtAt, type Known } from './checks.ts'
import { type Content, contentOf } from './content.ts'
import { follow, type Run } from './course.ts'
import { openLedger } from './ledger.ts'
import { duplicated, type Handed, ordinary, outcomes, type Step, type TaxOutcome } from './outcomes.ts'
import {
  type Amendment,
  type Certificates,
  type Claim,
  type Documents,
  type Reading,
  read,
  type Withdrawal,
} from './read.ts'
import { classOf, type TaxpayerClass } from './register.ts'
import { chinaDay, chinaTime } from './time.ts'
import { variants } from './variants.ts'
import {
  type Doubt,
  type Matter,
  type Receipt,
  type ReceiptCode,
  unknownReference,
  writeReceipt,
  writeState,
} from './write.ts'

const officeCode = '5000'
const paths: { readonly [procedure in Handed]: string } = {
  refund: '/refunds',
  'payment-certificate': '/payment-certificates',
  amendment: '/amendments',
  cancellation: '/withdrawals',
}

/** An answer to a document handed in. */
interface Answer {
  readonly status: 200 | 400 | 409
  readonly receipt: Receipt
}
type Document = Documents[Handed]

function open(desk: Desk): Hono {
  const office = openOffice(desk)
  const app = new Hono()
  for (const procedure of Object.keys(paths) as Handed[]) {
    app.post(paths[procedure], async (c) => {
      const { status, receipt } = office.handIn(procedure, textOf(await c.req.arrayBuffer()))
      return c.json(receipt, status)
    })
    app.get(`${paths[procedure]}/:ourReference`, (c) => {
      const latest = office.find(procedure, c.req.param('ourReference') ?? '')?.attempts.at(-1)
      if (latest === undefined) return c.json(unknownReference, 404)
      return c.json(writeState(procedure, latest.receipt, latest.notices, chinaTime(desk.now())))
    })
  }
  app.route('/', takeNotes(desk, office.cooperate))
  return app
}

/** The office behind the counter, with its memory. */
function openOffice(desk: Desk) {
  const book = openBook()
  const office: Office = { desk, book, exports: openLedger(), invoices: openLedger(), comparedBy: new Map() }
  const { exports, invoices, comparedBy } = office
  /** Classes set because another office judged the firm, in place of the register's. */
  const bounds = new Map<string, TaxpayerClass>()
  let serial = 0
  const now = () => chinaTime(desk.now())
  const nextNumber = (kind: 'T' | 'G') => {
    serial += 1
    return `${kind}${officeCode}${chinaDay(desk.now()).replaceAll('-', '')}${String(serial).padStart(6, '0')}`
  }

  const knownFor = (ourReference: string, fllb: TaxpayerClass): Known => ({
    fllb,
    isCompared(number) {
      const holder = comparedBy.get(number)
      return holder !== undefined && holder !== ourReference && book.standing(holder) !== undefined
    },
    exportLeft: (number, whole) => exports.leftOf(number, whole, ourReference),
    invoiceLeft: (number, whole) => invoices.leftOf(number, whole, ourReference),
    draw: (key) => desk.draw(key),
  })

  /** Takes or refuses a filing that could be read. */
  function decide(filing: Filing, document: Claim | Certificates, body: string): Attempt {
    const rows = outcomesFor(filing, desk.asked(filing.traderReference))
    const { nsrsbh } = document.taxpayer
    const fllb =
      rows.find((row) => row.fllb !== undefined)?.fllb ?? bounds.get(nsrsbh) ?? classOf(nsrsbh, (key) => desk.draw(key))
    const content = contentOf(document, knownFor(filing.ourReference, fllb))
    const doubts = [...content.doubts, ...raisedBy(rows)]
    const refused = doubts.some(({ level }) => level === 'E')
    spend(filing, rows, refused)

    const slbh = refused ? undefined : nextNumber('T')
    const code = refused ? 'TX-2000' : doubts.length > 0 ? 'TX-0001' : 'TX-0000'
    const receipt = writeReceipt(code, content.head, now(), { doubts, ...(slbh !== undefined && { slbh }) })
    const attempt: Attempt = { messageId: content.head.messageId, body, receipt, refused, notices: [] }
    if (slbh !== undefined) take(filing, attempt, content, rows, { slbh, fllb })
    return attempt
  }

  /** Enters what the filing uses and starts its course. */
  function take(
    { ourReference, procedure }: Filing,
    attempt: Attempt,
    content: Content,
    rows: readonly TaxOutcome[],
    given: { slbh: string; fllb: TaxpayerClass },
  ): void {
    const { head, certificates, duplicate } = content
    // Where another filing stands on the same certificate, that one keeps it.
    if (!duplicate) for (const number of certificates) comparedBy.set(number, ourReference)
    exports.use(ourReference, content.exports)
    invoices.use(ourReference, content.invoices)
    desk.effect(head.traderReference, `${procedure} filed 受理 ${given.slbh}`)
    const chosen = rows.find(({ course }) => course !== undefined)?.course
    const steps = duplicate ? duplicated : (chosen ?? ordinary[procedure])
    const matter = { ...content, ...given, procedure, doubt: raisedBy(rows)[0] }
    start(attempt, steps, matter, () => {
      const ends = attempt.notices.at(-1)?.ends
      if (ends !== 'refused' && ends !== 'reversed') return
      exports.giveBack(ourReference)
      invoices.giveBack(ourReference)
    })
  }

  function start(attempt: Attempt, steps: readonly Step[], matter: Matter, issued: Run['issued']): void {
    attempt.run = { matter, attempt, steps, issued, isHeld: false, isOver: false }
    follow(desk, steps, attempt.run)
  }

  /** Takes or refuses an application to change a filing. */
  function decideChange(filing: Filing, document: Amendment | Withdrawal, body: string): Attempt {
    const { head } = document
    const original = originalOf(office, document)
    const turnedAway = (code: ReceiptCode, doubts: readonly Doubt[] = []): Attempt => {
      const receipt = writeReceipt(code, head, now(), { doubts })
      return { messageId: head.messageId, body, receipt, refused: true, notices: [] }
    }
    if (typeof original === 'string') return turnedAway(original)
    const { matter } = original.run
    const known = knownFor(original.filing.ourReference, matter.fllb)
    const wanted = 'ckmx' in document || 'jks' in document ? contentOf(document, known) : undefined
    const doubts = wanted?.doubts ?? []
    if (doubts.some(({ level }) => level === 'E')) return turnedAway('TX-2000', doubts)
    if (wanted?.duplicate === true) return turnedAway('TX-2000', [doubtAt('YD-31', ['jks', '1', 'jkshm'])])

    const bgbh = nextNumber('G')
    const receipt = writeReceipt(doubts.length > 0 ? 'TX-0001' : 'TX-0000', head, now(), { doubts, bgbh })
    const attempt: Attempt = { messageId: head.messageId, body, receipt, refused: false, notices: [] }
    const { steps, why } = courseOf(original, outcomesFor(filing, desk.asked(filing.traderReference)))
    openChange(office, original, wanted)
    desk.effect(head.traderReference, `${filing.procedure} filed 变更受理 ${bgbh}`)
    const about = { ...matter, head, procedure: filing.procedure, bgbh, ...(why !== undefined && { why }) }
    start(attempt, steps, about, (status) => {
      if (status === 'CHANGE_REFUSED') refuse(office, original)
      else if (status === 'CHANGE_GRANTED' && wanted !== undefined) amend(office, original, wanted)
      else if (status === 'CHANGE_GRANTED') withdraw(office, original)
    })
    return attempt
  }

  function handIn(procedure: Handed, body: string): Answer {
    const reading: Reading<Document> = read(procedure, body)
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
      reading.kind !== 'read'
        ? { messageId, body, receipt: malformed, refused: true, notices: [] }
        : 'bg' in reading.document
          ? decideChange(filing, reading.document, body)
          : decide(filing, reading.document, body)
    book.enter(filing, attempt)
    return { status: 200, receipt: attempt.receipt }
  }

  return {
    handIn,
    find: (procedure: Handed, ourReference: string) => book.find(procedure, ourReference),
    /** A firm another office judged is in the class that follows from it, as long as it follows 联动降级. */
    cooperate({ kind, about: { firm }, body }: Note): NoteReply | undefined {
      if (kind !== 'credit' || firm === undefined || body.kind !== 'at-most' || body.scheme !== 'refund-class')
        return undefined
      const level = Number(body.level)
      if (level === 1 || level === 2 || level === 3 || level === 4) bounds.set(firm, level)
      if (body.state === 'ended') bounds.delete(firm)
      return { outcome: 'done', text: body.state === 'ended' ? '已恢复管理类别' : `管理类别调整为${level}类` }
    },
  }
}

/** The rows of the table that apply: asked for with the trader's reference, and not yet had their one turn. */
function outcomesFor({ procedure, spent }: Filing, asked: readonly string[]): TaxOutcome[] {
  return outcomes.filter(
    (row) => row.procedure === procedure && asked.includes(row.magic) && !(row.once === true && spent.has(row.magic)),
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
  letter: 'T',
  name: { en: 'Tax', zh: '税务' },
  replies: 'pushed',
  outcomes,
  variants,
  open,
}
