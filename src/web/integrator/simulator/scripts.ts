import type { Hono } from 'hono'
import type { Adapters } from '../../../filing/plan.ts'
import type { Env } from '../../../services.ts'
import { given, readForm } from '../../form.ts'
import { benchOf } from './bench.ts'
import { scenarioPage } from './scenarios.ts'

/** Loading scripts into a session, and taking them away. */
export function scriptMoves(pages: Hono<Env>, app: Hono<Env>, adapters: Adapters): void {
  pages.post('/simulator/scripts', async (context) => {
    const bench = benchOf(app, context, 'scenarios')
    const form = await readForm(context)
    const refused = await bench.order('POST', '/scripts', given(form, 'script'))
    if (!refused.ok) return scenarioPage(bench, adapters, { script: { form, refused } })
    return context.redirect(`${bench.link('/simulator/scenarios')}#scripts`, 303)
  })
  pages.post('/simulator/scripts/unload', async (context) => {
    const bench = benchOf(app, context, 'scenarios')
    const name = given(await readForm(context), 'name')
    const done = await bench.order('DELETE', `/scripts/${encodeURIComponent(name)}`)
    return done.ok ? context.redirect(`${bench.link('/simulator/scenarios')}#scripts`, 303) : bench.refuse(done)
  })
}
