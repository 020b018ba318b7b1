/** 第三方检验结果采信平台 The platform for inspection reports, as `specification.md` tells. */
import { Hono } from 'hono'
import * as z from 'zod'
import type { Agency, Desk } from '../../agency.ts'
import { type Book, type Certificate, type Objection, openBook, type Reason, type Wanted } from '../book.ts'
import { outcomes } from './outcomes.ts'
import { reports, units } from './register.ts'

const words: { readonly [reason in Reason]: readonly [reason: string, message: string] } = {
  unknown: ['REPORT_UNKNOWN', 'No report has this number'],
  void: ['REPORT_WITHDRAWN', 'The report is withdrawn or has expired'],
  holder: ['NOT_THE_CLIENT', 'The report was not ordered by this firm'],
  goods: ['GOODS_NOT_INSPECTED', 'The report is about other goods'],
  office: ['OTHER_PORT', 'The report is for another port'],
  quantity: ['BATCH_EXCEEDED', 'More than is left of the batch'],
  'used-up': ['ADOPTED_ALREADY', 'The report has been adopted as often as it may be'],
  direction: ['OTHER_DIRECTION', 'The report is for the other direction'],
  origin: ['OTHER_ORIGIN', 'The report is for goods of another origin'],
  amount: ['BATCH_VALUE_EXCEEDED', 'More value than is left of the batch'],
  unit: ['UNIT_NOT_COMPARABLE', 'None of the measures is comparable with the batch'],
  'not-conforming': ['RESULT_NOT_CONFORMING', 'The goods failed the inspection'],
  released: ['ADOPTION_CANCELLED', 'This adoption was cancelled before'],
}
const states = { reserved: 'HELD', committed: 'ADOPTED', released: 'CANCELLED' } as const

const id = z.string().regex(/^[0-9A-Z]{20}$/)
const decimal = z.string().regex(/^\d{1,14}(\.\d{1,10})?$/)
const request = z.strictObject({
  adoptionId: id,
  declarationReference: z.string().max(36),
  reportNumber: z.string().min(1).max(40),
  clientCode: z.string().max(40).default(''),
  direction: z.enum(['import', 'export']),
  customsOffice: z.string().max(4),
  inPlaceOf: id.optional(),
  goods: z
    .array(
      z.strictObject({
        hs: z.string().max(10),
        origin: z.string().max(3),
        measures: z.array(z.strictObject({ amount: decimal, unit: z.string().max(5) })).max(10),
        worth: z.strictObject({ amount: decimal, currency: z.string().length(3) }).optional(),
      }),
    )
    .max(50),
})
const step = z.strictObject({
  reportNumber: z.string().max(40),
  declarationReference: z.string().max(36),
  inFavourOf: id.optional(),
})

function open(desk: Desk): Hono {
  const book = openBook(reports, units, desk.began)
  const app = new Hono()
  const malformed = { outcome: 'MALFORMED', message: 'Not a document of this platform', reasons: [] }
  const noAdoption = { outcome: 'NO_ADOPTION', message: 'No such adoption', reasons: [] }
  const bodyOf = async <T>(text: Promise<string>, shape: z.ZodType<T>): Promise<T | undefined> => {
    try {
      return shape.parse(JSON.parse(await text))
    } catch {
      return undefined
    }
  }
  app.post('/v1/report-checks', async (c) => {
    const asked = await bodyOf(c.req.text(), request)
    if (asked === undefined) return c.json(malformed, 400)
    const { objections, certificate } = book.examine(wantedOf(asked), desk.now(), asked.inPlaceOf)
    return c.json({ ...answer(objections), ...described(book, certificate) })
  })
  app.post('/v1/adoptions', async (c) => {
    const asked = await bodyOf(c.req.text(), request)
    if (asked === undefined) return c.json(malformed, 400)
    const { adoptionId, declarationReference, inPlaceOf } = asked
    const magics = desk.asked(declarationReference)
    const chosen = outcomes.find(({ magic }) => magics.includes(magic))
    if (chosen !== undefined)
      return c.json({
        outcome: 'REJECTED',
        message: chosen.does.en,
        reasons: [{ reason: chosen.reason, message: chosen.does.en }],
      })
    const { booking, objections, certificate, fresh } = book.reserve(adoptionId, wantedOf(asked), desk.now(), inPlaceOf)
    if (fresh) desk.effect(declarationReference, `report held 预留 ${booking?.reference}`)
    return c.json({
      ...answer(objections),
      ...standing(booking),
      ...described(book, certificate ?? booking?.certificate),
    })
  })
  app.post('/v1/adoptions/:id/confirmation', async (c) => {
    const asked = await bodyOf(c.req.text(), step)
    if (asked === undefined) return c.json(malformed, 400)
    const done = book.commit(c.req.param('id'))
    if (done?.fresh === true) desk.effect(asked.declarationReference, `report adopted 采信 ${done.booking.reference}`)
    return done === undefined ? c.json(noAdoption, 404) : c.json({ ...answer([]), ...standing(done.booking) })
  })
  app.post('/v1/adoptions/:id/cancellation', async (c) => {
    const asked = await bodyOf(c.req.text(), step)
    if (asked === undefined) return c.json(malformed, 400)
    const done = book.release(c.req.param('id'), asked.inFavourOf)
    if (done?.fresh === true)
      desk.effect(asked.declarationReference, `report given back 释放 ${done.booking.reference}`)
    return done === undefined ? c.json(noAdoption, 404) : c.json({ ...answer([]), ...standing(done.booking) })
  })
  app.get('/v1/adoptions/:id', (c) => {
    const booking = book.booking(c.req.param('id'))
    return booking === undefined ? c.json(noAdoption, 404) : c.json({ ...answer([]), ...standing(booking) })
  })
  return app
}

/** Its reports have no type of their own: whether it is for import or export tells which of ours it stands for. */
const wantedOf = (asked: z.infer<typeof request>): Wanted => ({
  type: asked.direction === 'import' ? '115' : '621',
  number: asked.reportNumber,
  holder: asked.clientCode,
  direction: asked.direction,
  office: asked.customsOffice,
  goods: asked.goods.map(({ hs, origin, measures, worth }) => ({
    hs,
    origin,
    measures,
    amount: worth?.amount ?? '',
    currency: worth?.currency ?? '',
  })),
})

const answer = (objections: readonly Objection[]) => ({
  outcome: objections.length === 0 ? 'ACCEPTED' : 'REJECTED',
  message: objections[0] === undefined ? 'Agreed' : words[objections[0].reason][1],
  reasons: objections.map(({ reason, line }) => ({
    reason: words[reason][0],
    ...(line === undefined ? {} : { goods: line }),
    message: words[reason][1],
  })),
})
const standing = (booking: ReturnType<Book['booking']>) =>
  booking === undefined ? {} : { adoption: { state: states[booking.state], registerNumber: booking.reference } }

/** The report as its client is told. */
function described(book: Book, certificate: Certificate | undefined) {
  if (certificate === undefined) return {}
  const { holder, body, direction, goods, origins, offices, quantity, unit, uses } = certificate
  const { from, to } = book.days(certificate)
  return {
    report: {
      clientCode: holder,
      bodyCode: body,
      direction,
      goods,
      origins,
      offices,
      issuedOn: from,
      validUntil: to,
      ...(quantity === undefined ? {} : { batch: { amount: quantity, unit } }),
      ...(uses === undefined ? {} : { adoptions: uses }),
    },
  }
}

/** 第三方检验 Inspection bodies' reports, adopted in place of an official inspection. */
export const inspection: Agency = {
  id: 'inspection',
  letter: 'I',
  name: { en: 'Platform for third-party inspection reports', zh: '第三方检验结果采信平台' },
  replies: 'polled',
  outcomes,
  open,
}
