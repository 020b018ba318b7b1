import { Hono } from 'hono'
import type { Agency, Desk } from 'yuchuang/simulator'
import { outcomes, rowFor } from './outcomes.ts'
import { type Notice, readNotice } from './read.ts'
import { variants } from './variants.ts'

const minuteMs = 60_000

/** A document of the station, as it is written. Source: specification §3. */
interface Said {
  readonly reference: string
  readonly message: string
  readonly number?: string
  readonly code: string
  readonly text: string
  readonly at: string
}

/** 样板机构: takes a notice of goods, and pushes what it decides; see specification.md. */
export const templateid: Agency = {
  id: 'templateid',
  letter: 'Z',
  name: { en: 'Template station', zh: '样板机构' },
  replies: 'pushed',
  outcomes,
  variants,
  open(desk) {
    /** The newest word on each notice, and the first answer to each message. */
    const newest = new Map<string, Said>()
    const answers = new Map<string, string>()
    const app = new Hono()
    app.post('/notices', async (c) => {
      const read = readNotice(new Uint8Array(await c.req.arrayBuffer()))
      if ('unreadable' in read) return c.body(written(read), 400, contentType)
      const said = { at: at(desk) }
      if ('refused' in read) {
        const text = `通报有误 ${read.why}, specification §2`
        return c.body(written({ ...read.refused, code: 'REFUSED', text, ...said }), 422, contentType)
      }
      const { notice } = read
      const { reference, message } = notice
      const before = newest.get(reference)
      if (!answers.has(message) && before !== undefined && before.code !== 'REFUSED')
        return c.body(
          written({ reference, message, code: 'DUPLICATE', text: '已有通报在办', ...said }),
          409,
          contentType,
        )
      const answer = answers.get(message) ?? take(desk, notice, newest)
      answers.set(message, answer)
      return c.body(answer, 200, contentType)
    })
    app.get('/notices/:reference', (c) => {
      const reference = c.req.param('reference')
      const said = newest.get(reference)
      return c.body(written(said ?? { unknown: reference }), said === undefined ? 404 : 200, contentType)
    })
    return app
  },
}

/** Takes a notice, and plans what is said of it; gives the acknowledgement. */
function take(desk: Desk, notice: Notice, newest: Map<string, Said>): string {
  const { reference, message } = notice
  const number = `N${String(Math.floor(desk.draw(reference) * 1e9)).padStart(9, '0')}`
  const say = (code: string, text: string): string => {
    const said = { reference, message, number, code, text, at: at(desk) }
    newest.set(reference, said)
    return written(said)
  }
  desk.effect(reference, 'notice taken')
  for (const { afterMinutes, code, text } of rowFor(desk.asked(notice.traderReference)).steps)
    desk.after(afterMinutes * minuteMs, () => {
      if (code === 'PASSED') desk.effect(reference, 'goods passed')
      desk.send(reference, {
        name: `${number}-${code}.json`,
        contentType: contentType['content-type'],
        body: say(code, text),
      })
    })
  return say('RECEIVED', '已收到')
}

const contentType = { 'content-type': 'application/json' }
const at = (desk: Desk) => new Date(desk.now()).toISOString()
const written = (document: object) => `${JSON.stringify(document, null, 2)}\n`
