import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import type { Agency } from '../agency.ts'
import { takeNotes } from '../cooperation.ts'
import { openOffice } from './office.ts'
import { outcomes, paymentOutcomes } from './outcomes.ts'
import { modificationOutcomes } from './outcomes-modifications.ts'
import { readPayment } from './payments.ts'
import { readDeclaration } from './read.ts'
import { readModification } from './read-modification.ts'
import { localTime } from './time.ts'
import { variants } from './variants.ts'
import { writeImportResponse, writeInBox } from './write.ts'
import { writePaymentResponse, writeTaxBills } from './write-tax.ts'
import { NotMyDocument } from './xml.ts'

const defaultPage = 50
const maxPage = 200

/** Customs 海关: takes declarations, answers into a mailbox. Its interface is specification.md. */
export const customs: Agency = {
  id: 'customs',
  letter: 'C',
  name: { en: 'Customs', zh: '海关' },
  replies: 'polled',
  outcomes: [...outcomes, ...modificationOutcomes, ...paymentOutcomes],
  variants,
  open(desk) {
    const office = openOffice(desk)
    return new Hono()
      .post('/declarations', async (c) => {
        const bytes = await c.req.arrayBuffer()
        return xml(writeImportResponse(office.submit(readDeclaration(decode(bytes)), fingerprintOf(bytes))))
      })
      .get('/declarations', (c) => {
        const [copCode, clientSeqNo] = [c.req.query('copCode'), c.req.query('clientSeqNo')]
        if (!copCode || !clientSeqNo) throw new NotMyDocument('copCode、clientSeqNo 必填: both are required')
        return xml(writeImportResponse(office.inquire(copCode, clientSeqNo, c.req.query('step'))))
      })
      .post('/modifications', async (c) => {
        const bytes = await c.req.arrayBuffer()
        return xml(office.modify(readModification(decode(bytes)), fingerprintOf(bytes)))
      })
      .get('/modifications', (c) => {
        const clientSeqNo = c.req.query('clientSeqNo')
        if (!clientSeqNo) throw new NotMyDocument('clientSeqNo 必填: clientSeqNo is required')
        return xml(office.inquireModification(clientSeqNo))
      })
      .get('/mailbox', (c) => {
        const after = wholeNumber('after', c.req.query('after') ?? '0', 0, Number.MAX_SAFE_INTEGER)
        const limit = wholeNumber('limit', c.req.query('limit') ?? String(defaultPage), 1, maxPage)
        return xml(writeInBox(after, desk.posted(after, limit)))
      })
      .get('/tax-bills', (c) => {
        const entryId = c.req.query('entryId')
        if (!entryId) throw new NotMyDocument('entryId 必填: entryId is required')
        return xml(writeTaxBills(office.billOf(entryId), localTime(desk.now()).slice(0, 10)))
      })
      .post('/payments', async (c) =>
        xml(writePaymentResponse(office.cashier.pay(readPayment(decode(await c.req.arrayBuffer()))))),
      )
      .get('/payments', (c) => {
        const paySeqNo = c.req.query('paySeqNo')
        if (!paySeqNo) throw new NotMyDocument('paySeqNo 必填: paySeqNo is required')
        return xml(writePaymentResponse(office.cashier.inquire(paySeqNo)))
      })
      .route('/', takeNotes(desk, office.cooperate))
      .onError((error, c) => {
        if (error instanceof NotMyDocument) return c.text(error.message, 400)
        throw error
      })
  },
}

const fingerprintOf = (bytes: ArrayBuffer): string => createHash('sha256').update(new Uint8Array(bytes)).digest('hex')

function xml(body: string): Response {
  return new Response(body, { headers: { 'content-type': 'application/xml; charset=utf-8' } })
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // A fatal decoder throws for one reason only.
    throw new NotMyDocument('不是 UTF-8: the body is not UTF-8')
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(number >= least && number <= most)) throw new NotMyDocument(`${name} 应为 ${least} 至 ${most} 的整数`)
  return number
}
