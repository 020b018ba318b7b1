import { type Context, Hono } from 'hono'
import type { Agency } from '../agency.ts'
import { takeNotes } from '../cooperation.ts'
import type { Answer, Path } from './filing.ts'
import { openOffice, refusal } from './office.ts'
import { outcomes } from './outcomes.ts'
import { procedures } from './procedures/index.ts'
import { variants } from './variants.ts'
import { contentType } from './write.ts'

/** Largest document, bytes. */
const maxBytes = 1_048_576

/** 海事 Maritime safety: inland voyages, dangerous goods on ships, permits to leave for abroad; see specification.md. */
export const maritime: Agency = {
  id: 'maritime',
  letter: 'M',
  name: { en: 'Maritime safety', zh: '海事' },
  replies: 'pushed',
  outcomes,
  variants,
  open(desk) {
    const office = openOffice(desk)
    const app = new Hono()
    for (const path of [...Object.keys(procedures), 'changes'] as Path[]) {
      app.post(`/${path}`, async (c) => {
        if (!/^(application|text)\/xml\b/i.test(c.req.header('content-type') ?? '')) return reply(c, refusal('MA-906'))
        if (Number(c.req.header('content-length') ?? 0) > maxBytes) return reply(c, refusal('MA-905'))
        const bytes = new Uint8Array(await c.req.arrayBuffer())
        return reply(c, bytes.length > maxBytes ? refusal('MA-905') : office.submit(path, bytes))
      })
      app.get(`/${path}/:ourReference`, (c) => reply(c, office.inquire(path, c.req.param('ourReference'))))
    }
    app.route('/', takeNotes(desk, office.cooperate))
    return app
  },
}

const reply = (c: Context, { status, body }: Answer): Response => c.body(body, status, { 'content-type': contentType })
