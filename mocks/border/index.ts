import { type Context, Hono } from 'hono'
import type { Agency } from '../agency.ts'
import { takeNotes } from '../cooperation.ts'
import type { Answer } from './filing.ts'
import { openOffice, refusal } from './office.ts'
import { outcomes } from './outcomes.ts'
import { variants } from './variants.ts'
import { contentType } from './write.ts'

/** Largest submission, bytes. */
const maxBytes = 1_048_576

/** 边检 Border inspection: conveyances, crews and passengers in and out of the country; see specification.md. */
export const border: Agency = {
  id: 'border',
  letter: 'B',
  name: { en: 'Border inspection', zh: '边检' },
  replies: 'pushed',
  outcomes,
  variants,
  open(desk) {
    const office = openOffice(desk)
    const app = new Hono()
    app.post('/clearances', async (c) => {
      if (!/^(application|text)\/xml\b/i.test(c.req.header('content-type') ?? '')) return reply(c, refusal('BI-906'))
      if (Number(c.req.header('content-length') ?? 0) > maxBytes) return reply(c, refusal('BI-905'))
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      return reply(c, bytes.length > maxBytes ? refusal('BI-905') : office.submit(bytes))
    })
    app.get('/clearances/:ourReference', (c) => reply(c, office.inquire(c.req.param('ourReference'))))
    app.route('/', takeNotes(desk, office.cooperate))
    return app
  },
}

const reply = (c: Context, { status, body }: Answer): Response => c.body(body, status, { 'content-type': contentType })
