import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type {
  replayAnswer,
  replayShownAnswer,
  replayStandingAnswer,
  replaySummaryAnswer,
} from '../../../schemas/operations.ts'
import { statuses } from '../../../schemas/status.ts'
import { limits } from '../../limits.ts'
import type { Env, Services } from '../../services.ts'
import { problemOver, type Refused } from '../desk.ts'
import { areaField, choiceField, given, lineField, readForm, unseen, wrongAt } from '../form.ts'
import type { Html } from '../layout.ts'
import { atPort, fact, withQuery } from '../pieces.ts'
import { statusTag, toneTag } from '../status.ts'
import { say } from '../words.ts'
import { type Desk as AnyDesk, cell, declarationHref, deskOf, morePages, newOnce, reloading, shortId } from './desk.ts'
import type { List } from './lanes.ts'
import { replayRequestOf } from './replay-request.ts'
import { shownBox } from './replay-shown.ts'
import { replayWords } from './replay-words.ts'

export type ReplayDesk = AnyDesk<keyof typeof replayWords>
export type Shown = z.infer<typeof replayShownAnswer>
type Replay = z.infer<typeof replayAnswer>
type Standing = z.infer<typeof replayStandingAnswer>
type Summary = z.infer<typeof replaySummaryAnswer>

/** Sending filings again 重发: chosen, shown with what differs, confirmed; then what became of each. */
export function replayPages(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  const open = (context: Parameters<typeof deskOf>[1]): ReplayDesk =>
    deskOf(app, context, services, 'replays', replayWords)
  const agencies = Object.keys(services.adapters)

  pages.get('/operations/replays', (context) => {
    const { searchParams } = new URL(context.req.url)
    const filled = new URLSearchParams({
      filings: searchParams.getAll('filing').join('\n'),
      agency: searchParams.get('agency') ?? '',
      from: searchParams.get('from') ?? 'stored',
      after: searchParams.get('goOn') ?? '',
    })
    return start(open(context), agencies, filled)
  })

  pages.post('/operations/replays/show', async (context) => {
    const desk = open(context)
    const form = await readForm(context)
    const wanted = replayRequestOf(form)
    const shown = await desk.api.send<Shown>('POST', '/v1/operations/replays', { ...wanted, dryRun: true })
    return shown.ok ? showPage(desk, form, shown.body) : start(desk, agencies, form, shown)
  })

  pages.post('/operations/replays', async (context) => {
    const desk = open(context)
    const form = await readForm(context)
    const confirmed = { ...replayRequestOf(form), confirm: given(form, 'confirm') }
    const answered = await desk.api.send<Replay>('POST', '/v1/operations/replays', confirmed, {
      'idempotency-key': given(form, 'once') || newOnce(),
    })
    if (!answered.ok) return start(desk, agencies, form, answered)
    return context.redirect(`/operations/replays/${answered.body.id}`, 303)
  })

  pages.get('/operations/replays/:id', async (context) => {
    const desk = open(context)
    const path = `/v1/operations/replays/${encodeURIComponent(context.req.param('id'))}`
    const [read, standing] = await Promise.all([
      desk.api.get<Replay>(path),
      desk.api.get<List<Standing>>(`${path}/standing`),
    ])
    if (!read.ok) return desk.refuse(read)
    return standing.ok ? replayPage(desk, read.body, standing.body.data) : desk.refuse(standing)
  })
}

async function start(
  desk: ReplayDesk,
  agencies: readonly string[],
  form: URLSearchParams,
  refused?: Refused,
): Promise<Response> {
  const { t, language, nameOf, context } = desk
  const after = context.req.query('after')
  const history = await desk.api.get<List<Summary>>(withQuery('/v1/operations/replays', { after, limit: '20' }))
  if (!history.ok && refused === undefined) return desk.refuse(history)
  const wrong = (...pointers: string[]) =>
    pointers.flatMap((pointer) => wrongAt(refused?.problem.errors, pointer, language))
  const value = (name: string) => given(form, name)
  return desk.show(
    { title: t('title'), status: refused?.status ?? 200, sent: form, here: '/operations/replays' },
    html`<h1>${t('title')}</h1><p class="note">${t('about')}</p>
${refused === undefined ? '' : problemOver(desk, refused)}
<section class="panel" aria-labelledby="new"><h2 id="new">${t('new')}</h2>
<form method="post" action="/operations/replays/show" class="entry" novalidate>${unseen('after', value('after'))}
<fieldset class="group"><legend>${t('which')}</legend><div class="fields">
${areaField({ name: 'filings', label: t('filings'), help: t('filingsHelp'), value: value('filings'), errors: wrong('/select', '/select/filingId', '/select/filingIds') }, 2)}
${choiceField(
  {
    name: 'agency',
    label: t('agency'),
    help: t('agencyHelp'),
    value: value('agency'),
    errors: wrong('/select/agency'),
  },
  agencies.map((one) => ({ value: one, name: nameOf(one) })),
)}
${timeField('since', t('from'), value('since'), wrong('/select/from'))}${timeField('until', t('to'), value('until'), wrong('/select/to'), t('timeHelp'))}</div></fieldset>
<fieldset class="group"><legend>${t('how')}</legend>
${(['stored', 'encoded'] as const).map((one) => html`<label><input type="radio" name="from" value="${one}"${(value('from') || 'stored') === one ? html` checked` : ''}> ${t(one)}</label>`)}
<label><input type="checkbox" name="force" value="yes"${value('force') === 'yes' ? html` checked` : ''}> ${t('force')}</label></fieldset>
${lineField({ name: 'reason', label: t('reason'), help: t('reasonHelp'), value: value('reason'), required: true, max: 500, errors: wrong('/reason') })}
<button type="submit">${t('show')}</button></form></section>
${history.ok ? historyBox(desk, history.body) : ''}`,
  )
}

const timeField = (name: string, label: string, value: string, errors: readonly string[], help = ''): Html =>
  html`<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${value === '' || /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value) ? 'datetime-local' : 'text'}" value="${value}"${errors.length === 0 ? '' : html` aria-invalid="true" aria-describedby="${name}-wrong"`}>
${help === '' ? '' : html`<small>${help}</small>`}${errors.length === 0 ? '' : html`<small id="${name}-wrong" class="wrong">${errors.join(' ')}</small>`}</div>`

function historyBox(desk: ReplayDesk, { data, nextCursor }: List<Summary>): Html {
  const { t } = desk
  if (data.length === 0) return html`<section><h2>${t('history')}</h2><p>${t('noHistory')}</p></section>`
  return html`<section aria-labelledby="history"><h2 id="history">${t('history')}</h2>
<table class="stack"><thead><tr><th scope="col">${t('at')}</th><th scope="col">${t('by')}</th><th scope="col">${t('reason')}</th><th scope="col">${t('how')}</th><th scope="col" class="number">${t('accepted')}</th></tr></thead>
<tbody>${data.map(
    ({ id, confirmedAt, by, reason, from, accepted, filings }) =>
      html`<tr><th scope="row"><a href="/operations/replays/${id}">${atPort(confirmedAt)}</a></th>${cell(t('by'), by)}${cell(t('reason'), reason)}${cell(t('how'), t(from))}${cell(t('accepted'), `${accepted} / ${filings}`, 'number')}</tr>`,
  )}</tbody></table>${morePages(desk, nextCursor)}</section>`
}

/** What would be sent, beside what was; and the one way to send exactly that. */
function showPage(desk: ReplayDesk, form: URLSearchParams, shown: Shown): Promise<Response> {
  const { t } = desk
  const going = shown.filings.filter(({ outcome }) => outcome === 'would-be-sent').length
  const kept = ['filings', 'agency', 'since', 'until', 'after', 'from', 'force', 'reason'] as const
  return desk.show(
    { title: t('shown'), sent: form, here: '/operations/replays' },
    html`<p class="crumbs"><a href="/operations/replays">${t('title')}</a></p><h1>${t('shown')} <small>${going} / ${shown.filings.length}</small></h1>
${shown.filings.length === 0 ? html`<p>${t('empty')}</p>` : shownBox(desk, shown)}
${shown.left > 0 ? html`<p class="notice">${shown.left} ${t('left')}</p>` : ''}${shown.answered > 0 ? html`<p class="notice">${shown.answered} ${t('answered')}</p>` : ''}
${
  going === 0
    ? html`<p>${shown.filings.length === 0 ? '' : t('nothing')} <a href="/operations/replays">${t('back')}</a></p>`
    : html`<form method="post" action="/operations/replays" class="panel step">${kept.map((name) => unseen(name, given(form, name)))}${unseen('confirm', shown.confirm)}${unseen('once', newOnce())}
<p>${t('reason')}: ${given(form, 'reason')} · ${t('until')} ${atPort(shown.until)}</p>
<label class="tick"><input type="checkbox" name="looked" value="yes" required> ${t('sure')}</label>
<div class="actions"><button type="submit">${t('confirm')} (${going})</button> <a href="/operations/replays">${t('cancel')}</a></div></form>`
}`,
  )
}

/** A replay that was confirmed: what became of each filing, and how it stands by now. */
function replayPage(desk: ReplayDesk, replay: Replay, standings: readonly Standing[]): Promise<Response> {
  const { t, language, nameOf, procedureName } = desk
  const known = new Map(standings.map((one) => [one.filingId, one]))
  const filings = replay.filings.flatMap((filing) => {
    const standing = known.get(filing.filingId)
    return standing === undefined ? [] : [{ ...filing, ...standing }]
  })
  const isUnderWay = filings.some(({ waiting, outcome }) => outcome === 'open' || (outcome === 'accepted' && waiting))
  const done = filings.filter(({ outcome, waiting }) => outcome !== 'open' && !(outcome === 'accepted' && waiting))
  const tagOf = (outcome: string, detail: Replay['filings'][number]['detail']): Html =>
    outcome === 'accepted'
      ? toneTag('good', 'paper-airplane', t('accepted'))
      : outcome === 'open'
        ? toneTag('idle', 'clock', t('open'))
        : html`${toneTag('care', 'x-circle', t('not'))} <small>${detail === undefined ? outcome : say(language, detail)}</small>`
  return desk.show(
    {
      title: t('replay'),
      ...(isUnderWay ? { head: reloading(limits.lanesRefreshSeconds) } : {}),
      scripts: ['operations-live.js'],
    },
    html`<div${isUnderWay ? html` data-live="${limits.verificationRefreshSeconds}"` : ''}><p class="crumbs"><a href="/operations/replays">${t('title')}</a></p><h1>${t('replay')} <small>${atPort(replay.confirmedAt)}</small></h1>
<dl class="facts">${fact(t('by'), replay.by)}${fact(t('reason'), replay.reason)}${fact(t('how'), t(replay.from))}</dl>
<p id="verdict" role="status">${t('progress')}: ${done.length} / ${filings.length}</p>${isUnderWay ? html`<progress max="${filings.length}" value="${done.length}" aria-label="${t('progress')}"></progress>` : ''}
<table class="stack"><thead><tr><th scope="col">${t('filing')}</th><th scope="col">${t('agency')}</th><th scope="col">${t('outcome')}</th><th scope="col">${t('nowName')}</th></tr></thead><tbody>${filings.map(
      ({ filingId, declarationId, agency, procedure, outcome, detail, status, waiting, error }) =>
        html`<tr><th scope="row"><a href="${declarationHref(declarationId, filingId)}">${procedureName(agency, procedure)} ${shortId(declarationId)}</a></th>${cell(t('agency'), nameOf(agency))}
${cell(t('outcome'), tagOf(outcome, detail))}${cell(t('nowName'), html`${statusTag(language, status, statuses[status])}${waiting ? html` <small>${t('onItsWay')}</small>` : ''}${error === undefined ? '' : html`<small class="error">${error}</small>`}`)}</tr>`,
    )}</tbody></table>
${replay.left > 0 ? html`<p class="notice">${replay.left} ${t('left')} <a href="${withQuery('/operations/replays', { agency: filings[0]?.agency, from: replay.from, goOn: filings.at(-1)?.filingId })}">${t('goOn')}</a></p>` : ''}</div>`,
  )
}
