import type { Hono } from 'hono'
import type { Adapters } from '../../../filing/plan.ts'
import type { Env } from '../../../services.ts'
import { given, readForm } from '../../form.ts'
import { benchOf } from './bench.ts'
import { scenarioPage } from './scenarios.ts'

/** Playing the journey of a container. */
export function corridorMoves(pages: Hono<Env>, app: Hono<Env>, adapters: Adapters): void {
  pages.post('/simulator/corridors', async (context) => {
    const bench = benchOf(app, context, 'scenarios')
    const form = await readForm(context)
    const number = (name: string) => {
      const text = given(form, name).trim()
      return text === '' ? {} : { [name]: Number.isNaN(Number(text)) ? text : Number(text) }
    }
    const refused = await bench.order('POST', `/corridors/${encodeURIComponent(given(form, 'corridor'))}`, {
      equipment: given(form, 'equipment').trim(),
      key: given(form, 'key').trim(),
      disorder: form.getAll('disorder'),
      ...number('speed'),
      ...number('delayHours'),
    })
    if (!refused.ok) return scenarioPage(bench, adapters, { corridor: { form, refused } })
    return context.redirect(`${bench.link('/simulator/scenarios')}#corridors`, 303)
  })
}
