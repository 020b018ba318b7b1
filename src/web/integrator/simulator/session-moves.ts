import type { Hono } from 'hono'
import type { SimulatorSession } from '../../../../schemas/simulator.ts'
import type { Env } from '../../../services.ts'
import { given, readForm } from '../../form.ts'
import { withQuery } from '../../pieces.ts'
import { benchOf } from './bench.ts'
import { instantOf } from './instants.ts'
import { overviewPage } from './overview.ts'
import { sessionPath as path } from './sessions.ts'

/** What is done with sessions 会话: made, kept as snapshots, taken back, reset, ended. */
export function sessionMoves(pages: Hono<Env>, app: Hono<Env>): void {
  const at = (context: Parameters<typeof benchOf>[1]) => benchOf(app, context, 'simulator')
  pages.post('/simulator/sessions', async (context) => {
    const bench = at(context)
    const form = await readForm(context)
    const made = await bench.order<SimulatorSession>('POST', '/sessions', orderedBy(form))
    if (!made.ok) return overviewPage(bench, { session: { what: 'make', form, refused: made } })
    return context.redirect(withQuery('/simulator', { session: made.body.id }), 303)
  })
  pages.post('/simulator/sessions/:id/snapshots', async (context) => {
    const bench = at(context)
    const form = await readForm(context)
    const name = given(form, 'name').trim()
    const id = context.req.param('id')
    const kept = await bench.order('POST', path(id, 'snapshots'), name === '' ? {} : { name })
    if (!kept.ok) return overviewPage(bench, { session: { what: 'snapshot', form, refused: kept } })
    return context.redirect(`${bench.link('/simulator')}#snapshots`, 303)
  })
  pages.post('/simulator/sessions/:id/snapshots/:step{restore|drop}', async (context) => {
    const bench = at(context)
    const form = await readForm(context)
    const [id, snapshot] = [context.req.param('id'), given(form, 'snapshot')]
    const done =
      context.req.param('step') === 'restore'
        ? await bench.order('POST', path(id, 'restore'), { snapshot })
        : await bench.order('DELETE', path(id, 'snapshots', snapshot))
    if (!done.ok) return overviewPage(bench, { session: { what: 'snapshot', form, refused: done } })
    return context.redirect(`${bench.link('/simulator')}#snapshots`, 303)
  })
  pages.post('/simulator/sessions/:id/:what{reset|end}', async (context) => {
    const bench = at(context)
    const form = await readForm(context)
    const id = context.req.param('id')
    const what = context.req.param('what') === 'reset' ? 'reset' : 'end'
    if (given(form, 'sure') !== 'yes') return overviewPage(bench, { session: { what, form } })
    const done = await bench.order(
      what === 'reset' ? 'POST' : 'DELETE',
      what === 'reset' ? path(id, 'reset') : path(id),
    )
    if (!done.ok) return overviewPage(bench, { session: { what, form, refused: done } })
    return context.redirect(what === 'reset' ? bench.link('/simulator') : '/simulator', 303)
  })
}

function orderedBy(form: URLSearchParams): object {
  const { startAt, ...rest } = Object.fromEntries(
    ['id', 'seed', 'run', 'startAt', 'mode', 'callbackUrl'].flatMap((name) => {
      const text = given(form, name).trim()
      return text === '' ? [] : [[name, text]]
    }),
  ) as Record<string, string>
  return { ...rest, ...(startAt === undefined ? {} : { startAt: instantOf(startAt) }) }
}
