import type { Hono } from 'hono'
import type { DemonstrationAnswer } from '../../../schemas/demonstration.ts'
import { openSession } from '../../db/sessions.ts'
import type { Env, Services } from '../../services.ts'
import { apiOf } from '../api.ts'
import { given, readForm } from '../form.ts'
import { keepSession } from '../session.ts'
import { frontPage } from './front.ts'

/** Trying the window with one click 一键体验: the sample is handed in, who clicked is signed in as its firm, and watches. */
export function tryPage(pages: Hono<Env>, app: Hono<Env>, { database, now }: Services): void {
  pages.get('/try', (context) => context.redirect('/', 303))
  pages.post('/try', async (context) => {
    const form = await readForm(context)
    const request = { sample: given(form, 'sample') }
    const begun = await apiOf(app, context).send<DemonstrationAnswer>('POST', '/v1/demonstrations', request)
    if (!begun.ok) return frontPage(app, context, begun)
    const { key, declarationId } = begun.body
    if (key !== undefined) {
      const opened = await openSession(database, key, new Date(now()))
      if (opened !== undefined) keepSession(context, opened.token)
    }
    return context.redirect(`/declarations/${declarationId}`, 303)
  })
}
