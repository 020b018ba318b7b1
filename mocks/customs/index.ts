import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import type { Agency } from '../agency.ts'
import { openOffice } from './office.ts'
import { outcomes } from './outcomes.ts'
import { readPayment } from './payments.ts'
import { readDeclaration } from './read.ts'
import { writeImportResponse, writeInBox, writePaymentResponse, writeTaxBills } from './write.ts'
import { NotMyDocument } from './xml.ts'

const defaultPage = 50
const maxPage = 200

/** Customs 海关: takes declarations, answers into a mailbox. Its interface is specification.md. */
export const customs: Agency = {
  id: 'customs',
  letter: 'C',
  name: { en: 'Customs', zh: '海关' },
  replies: 'polled',
  outcomes,
  open(desk) {
    const office = openOffice(desk)
    return new Hono()
      .post('/declarations', async (c) => {
        const bytes = await c.req.arrayBuffer()
        const fingerprint = createHash('sha256').update(new Uint8Array(bytes)).digest('hex')
        return xml(writeImportResponse(office.submit(readDeclaration(decode(bytes)), fingerprint)))
      })
      .get('/declarations', (c) => {
        const [copCode, clientSeqNo] = [c.req.query('copCode'), c.req.query('clientSeqNo')]
        if (!copCode || !clientSeqNo) throw new NotMyDocument('copCode、clientSeqNo 必填: both are required')
        return xml(writeImportResponse(office.inquire(copCode, clientSeqNo)))
      })
      .get('/mailbox', (c) => {
        const after = wholeNumber('after', c.req.query('after') ?? '0', 0, Number.MAX_SAFE_INTEGER)
        const limit = wholeNumber('limit', c.req.query('limit') ?? String(defaultPage), 1, maxPage)
        return xml(writeInBox(after, desk.posted(after, limit)))
      })
      .get('/tax-bills', (c) => {
        const entryId = c.req.query('entryId')
        if (!entryId) throw new NotMyDocument('entryId 必填: entryId is required')
        return xml(writeTaxBills(office.billOf(entryId)))
      })
      .post('/payments', async (c) =>
        xml(writePaymentResponse(office.pay(readPayment(decode(await c.req.arrayBuffer()))))),
      )
      .onError((error, c) => {
        if (error instanceof NotMyDocument) return c.text(error.message, 400)
        throw error
      })
  },
}

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
