import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { DrawAnswer } from '../../../schemas/draw.ts'
import type { Env } from '../../services.ts'
import { type Desk, openDesk } from '../desk.ts'
import type { Html } from '../layout.ts'
import { problemBox, scrolling, withQuery } from '../pieces.ts'
import { toneTag } from '../status.ts'
import { say } from '../words.ts'
import { drawPage } from './draw.ts'
import { drawStatusNames, drawTones, drawWords } from './draw-words.ts'
import { type AgencyNames, agencyNames } from './named.ts'
import { morePages } from './paging.ts'

export type DrawDesk = Desk<keyof typeof drawWords>

/** Days of the open draw 双随机、一公开, newest first, and a page for each. */
export function drawPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/draws', (context) => listPage(app, context))
  pages.get('/draws/:agency/:day', (context) => drawPage(openDesk(app, context, 'draws', drawWords)))
}

async function listPage(app: Hono<Env>, context: Context<Env>): Promise<Response> {
  const desk = openDesk(app, context, 'draws', drawWords)
  const { api, language, t } = desk
  const [draws, names] = await Promise.all([
    api.get<{ data: DrawAnswer[]; nextCursor?: string }>(
      withQuery('/v1/draws', { after: context.req.query('after'), agency: context.req.query('agency') }),
    ),
    agencyNames(api),
  ])
  const content = html`<h1>${t('title')}</h1><p class="note">${t('about')}</p>
${draws.ok ? html`${table(desk, draws.body.data, names)}${morePages(desk, draws.body.nextCursor)}` : problemBox(language, draws.problem)}
<section aria-labelledby="how"><h2 id="how">${t('how')}</h2><ol class="steps"><li>${t('step1')}</li><li>${t('step2')}</li><li>${t('step3')}</li><li>${t('step4')}</li></ol>
<p><a href="/v1/draws/verify">${t('manual')}</a></p></section>`
  return desk.show({ title: t('title'), status: draws.status, here: '/draws' }, content)
}

export const drawTag = ({ language }: Pick<DrawDesk, 'language'>, { status }: DrawAnswer): Html => {
  const [tone, picture] = drawTones[status]
  return toneTag(tone, picture, say(language, drawStatusNames[status]))
}

function table(desk: DrawDesk, draws: readonly DrawAnswer[], names: AgencyNames): Html {
  const { language, t } = desk
  if (draws.length === 0) return html`<p class="notice">${t('none')}</p>`
  const heads = ['day', 'agency', 'status'] as const
  const counts = ['lots', 'selected', 'officers'] as const
  return scrolling(
    t('title'),
    html`<table class="stack"><thead><tr>${heads.map((name) => html`<th scope="col">${t(name)}</th>`)}${counts.map((name) => html`<th scope="col" class="number">${t(name)}</th>`)}<th scope="col">${t('fingerprint')}</th></tr></thead>
<tbody>${draws.map(
      (draw) => html`<tr><th scope="row"><a href="/draws/${draw.agency}/${draw.day}">${draw.day}</a></th>
<td data-label="${t('agency')}">${names(draw.agency, language)}</td><td data-label="${t('status')}">${drawTag(desk, draw)}</td>
<td data-label="${t('lots')}" class="number">${draw.lots}</td><td data-label="${t('selected')}" class="number">${draw.selected ?? '–'}</td><td data-label="${t('officers')}" class="number">${draw.officers.length}</td>
<td data-label="${t('fingerprint')}"><code class="short">${draw.seedHash.slice(0, 16)}…</code></td></tr>`,
    )}</tbody></table>`,
  )
}
