/** 新加坡 Singapore: the national single window (TradeNet 4.1 shape), as `specification.md` tells. */
import { Hono } from 'hono'
import type { Agency, Desk } from '../agency.ts'
import { takeNotes } from '../cooperation.ts'
import { textOf } from '../text.ts'
import { outcomes } from './outcomes.ts'
import { variants } from './variants.ts'
import { type Answer, letter, openWindow } from './window.ts'
import { writeMailbox } from './write.ts'

const pageLimits = { usual: 50, most: 200 } as const

function open(desk: Desk): Hono {
  const window = openWindow(desk)
  const xml = ({ body, status }: Answer) =>
    new Response(body, { status, headers: { 'content-type': 'application/xml; charset=utf-8' } })

  const app = new Hono()
  app.post('/declarations', async (c) => xml(window.handIn(textOf(await c.req.arrayBuffer()))))
  app.get('/declarations/:ourReference', (c) => xml(window.inquire(c.req.param('ourReference'))))
  app.get('/responses', (c) => {
    const after = wholeNumber(c.req.query('after'), 0)
    const limit = Math.min(Math.max(wholeNumber(c.req.query('limit'), pageLimits.usual), 1), pageLimits.most)
    const posted = desk.posted(after, limit + 1)
    return xml({ status: 200, body: writeMailbox(after, posted.slice(0, limit), posted.length > limit) })
  })
  app.route('/', takeNotes(desk))
  return app
}

const wholeNumber = (text: string | undefined, usual: number) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : usual)

export const singapore: Agency = {
  id: 'singapore',
  letter,
  name: { en: 'Singapore', zh: '新加坡' },
  replies: 'polled',
  outcomes,
  variants,
  open,
}
