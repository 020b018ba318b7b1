import type { Hono } from 'hono'
import { html } from 'hono/html'
import { Problem } from '../../problem.ts'
import type { Env, Services } from '../../services.ts'
import { problemOver, type Refused } from '../desk.ts'
import { given, lineField, readForm, wrongAt } from '../form.ts'
import { fact } from '../pieces.ts'
import { deskOf } from './desk.ts'
import { laneWords } from './lane-words.ts'
import { type Desk, type Lane, type List, laneState } from './lanes.ts'

/** One lane 通道, and the order to hold it or to resume it. */
export function lanePage(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  pages.get('/operations/lanes/:agency', (context) => {
    const desk = deskOf(app, context, services, 'operations', laneWords)
    return form(desk, context.req.param('agency'), new URLSearchParams(context.req.query()))
  })

  pages.post('/operations/lanes/:agency', async (context) => {
    const desk = deskOf(app, context, services, 'operations', laneWords)
    const agency = context.req.param('agency')
    const sent = await readForm(context)
    if (given(sent, 'sure') !== 'yes') return form(desk, agency, sent, 'unsure')
    const state = given(sent, 'state')
    const order = { state, reason: given(sent, `reason-${state}`).trim() }
    const answered = await desk.api.send('PUT', `/v1/operations/lanes/${encodeURIComponent(agency)}`, order)
    return answered.ok ? context.redirect('/operations', 303) : form(desk, agency, sent, answered)
  })
}

async function form(
  desk: Desk,
  agency: string,
  sent: URLSearchParams,
  refused?: Refused | 'unsure',
): Promise<Response> {
  const { t, language, nameOf } = desk
  const lanes = await desk.api.get<List<Lane>>('/v1/operations/lanes')
  if (!lanes.ok) return desk.refuse(lanes)
  const lane = lanes.body.data.find((one) => one.agency === agency)
  if (lane === undefined) throw new Problem('not-found')
  const problem = refused === undefined || refused === 'unsure' ? undefined : refused
  const title = `${t('orderTitle')} ${nameOf(agency)}`
  const order = (state: 'open' | 'closed') => {
    const isThis = given(sent, 'state') === state
    const [name, sure] = state === 'open' ? (['hold', 'confirmHold'] as const) : (['resume', 'confirmResume'] as const)
    return html`<section class="panel" aria-labelledby="${name}"><h2 id="${name}">${t(name)}</h2><p>${t(state === 'open' ? 'holdAbout' : 'resumeAbout')}</p>
<form method="post" action="/operations/lanes/${agency}" novalidate><input type="hidden" name="state" value="${state}">
${lineField({
  name: `reason-${state}`,
  label: t('reason'),
  help: t('reasonHelp'),
  value: isThis ? given(sent, `reason-${state}`) : '',
  required: true,
  max: 500,
  errors: isThis ? wrongAt(problem?.problem.errors, '/reason', language) : [],
})}
<label class="tick"><input type="checkbox" name="sure" value="yes" required${isThis && given(sent, 'sure') === 'yes' ? html` checked` : ''}${isThis && refused === 'unsure' ? html` aria-invalid="true" aria-describedby="sure-wrong"` : ''}> ${t(sure)}</label>
${isThis && refused === 'unsure' ? html`<small id="sure-wrong" class="wrong" role="alert">${t('tick')}</small>` : ''}
<button type="submit"${state === 'open' ? html` class="secondary"` : ''}>${t(name)}</button></form></section>`
  }
  const isHeld = lane.state === 'open'
  const rests = lane.workers.some((worker) => worker.state !== 'closed')
  return desk.show(
    {
      title,
      status: refused === 'unsure' ? 422 : (problem?.status ?? 200),
      sent,
      here: `/operations/lanes/${agency}`,
    },
    html`<p class="crumbs"><a href="/operations">${t('lanes')}</a></p><h1>${title}</h1>
${problem === undefined ? '' : problemOver(desk, problem)}
<p>${laneState(desk, lane)}</p><dl class="facts">${fact(t('waiting'), String(lane.waiting))}${fact(t('unknownCount'), String(lane.unknown))}${fact(t('exhaustedCount'), String(lane.exhausted))}${fact(t('error'), lane.lastError)}</dl>
${isHeld ? order('closed') : html`<div class="cards">${rests || lane.waiting > 0 ? order('closed') : ''}${order('open')}</div>`}`,
  )
}
