import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { AssessmentAnswer, RoundAnswer } from '../../../schemas/fees/assessment-answers.ts'
import { newId } from '../../db/ids.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { type Answered, apiOf } from '../api.ts'
import { dayField, given, lineField, readForm, unseen, wrongAt } from '../form.ts'
import { type Html, render } from '../layout.ts'
import { problemBox, scrolling, withQuery } from '../pieces.ts'
import { visitorOf } from '../session.ts'
import { say } from '../words.ts'
import { levelTable, reportBox } from './assessment-report.ts'
import { assessmentWords, roundStatusNames } from './assessment-words.ts'
import { findingList } from './findings.ts'
import { feeWords } from './words.ts'

const place = (id: string, rest = '') => `/v1/fee-assessments/${encodeURIComponent(id)}${rest}`

/** Rounds of assessment 定期评估, their reports with replies and decisions, and what each visitor can do about them. */
export function assessmentPages(app: Hono<Env>): Hono<Env> {
  const pages = new Hono<Env>()
  const list = async (context: Context<Env>, refused?: Answered<unknown>, form = new URLSearchParams()) => {
    const language = context.get('language')
    const answered = await apiOf(app, context).get<{ data: RoundAnswer[]; nextCursor?: string }>(
      withQuery('/v1/fee-assessments', { after: context.req.query('after') }),
    )
    const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
    const content = html`<h1>${t('title')}</h1><p class="note">${t('about')}</p>
${answered.ok ? table(language, answered.body) : problemBox(language, answered.problem)}
${visitorOf(context)?.role === 'admin' ? askForm(language, refused, form) : ''}`
    return render(
      context,
      { title: t('title'), at: 'assessments', status: refused?.status ?? answered.status },
      content,
    )
  }
  const show = async (context: Context<Env>, id: string, refused?: Answered<unknown>) => {
    const language = context.get('language')
    const read = await apiOf(app, context).get<AssessmentAnswer>(place(id))
    const title = read.ok ? read.body.title : read.problem.title
    const isUnderWay = read.ok && read.body.status === 'requested'
    const content = read.ok
      ? html`<h1>${title}</h1>${refused?.ok === false ? problemBox(language, refused.problem) : ''}
${roundBox(language, read.body)}${findingList(language, read.body, visitorOf(context)?.role)}
${read.body.report === undefined ? '' : reportBox(language, read.body, read.body.report)}
${visitorOf(context)?.role === 'admin' ? stepsOf(language, read.body, read.headers.get('etag') ?? '') : ''}`
      : problemBox(language, read.problem)
    const about = { title, at: 'assessments' as const, status: refused?.status ?? read.status }
    return render(context, isUnderWay ? { ...about, refreshSeconds: 3 } : about, content)
  }
  /** A step that was taken leads back to the round; one that was refused is shown on it. */
  const after = (context: Context<Env>, id: string, taken: Answered<unknown>) =>
    taken.ok ? context.redirect(`/fees/assessments/${id}`, 303) : show(context, id, taken)

  pages.get('/', (context) => list(context))
  pages.post('/', async (context) => {
    const form = await readForm(context)
    const request = { title: given(form, 'title'), from: given(form, 'from'), to: given(form, 'to') }
    const key = { 'idempotency-key': given(form, 'key') }
    const asked = await apiOf(app, context).send<RoundAnswer>('POST', '/v1/fee-assessments', request, key)
    return asked.ok ? context.redirect(`/fees/assessments/${asked.body.id}`, 303) : list(context, asked, form)
  })
  pages.get('/:id', (context) => show(context, context.req.param('id')))
  pages.post('/:id/findings/:number/:what', async (context) => {
    const { id, number, what } = context.req.param()
    if (what !== 'reply' && what !== 'decision') return context.notFound()
    const form = await readForm(context)
    const api = apiOf(app, context)
    const finding = place(id, `/findings/${encodeURIComponent(number)}`)
    const remark = given(form, 'remark')
    const body =
      what === 'reply'
        ? { text: given(form, 'text') }
        : { level: given(form, 'level'), ...(remark === '' ? {} : { remark }) }
    // One finding is small: what it says now is what the visitor answers to.
    const read = await api.get(finding)
    const etag = { 'if-match': read.headers.get('etag') ?? '*' }
    return after(context, id, read.ok ? await api.send('PUT', `${finding}/${what}`, body, etag) : read)
  })
  pages.post('/:id/:what', async (context) => {
    const { id, what } = context.req.param()
    if (what !== 'publication' && what !== 'computations') return context.notFound()
    const form = await readForm(context)
    const headers = { 'if-match': given(form, 'seen'), 'idempotency-key': given(form, 'key') }
    return after(context, id, await apiOf(app, context).send('POST', place(id, `/${what}`), undefined, headers))
  })
  return pages
}

function table(language: Language, { data, nextCursor }: { data: RoundAnswer[]; nextCursor?: string }): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  if (data.length === 0) return html`<p>${t('none')}</p>`
  return html`${scrolling(
    t('title'),
    html`<table><thead><tr>${(['round', 'period', 'status', 'fees'] as const).map((name) => html`<th scope="col">${t(name)}</th>`)}</tr></thead>
<tbody>${data.map(
      ({ id, title, quarter, period, status, fees }) =>
        html`<tr><th scope="row"><a href="/fees/assessments/${id}">${quarter === undefined ? '' : `${quarter} · `}${title}</a></th><td>${period.from} – ${period.to}</td>
<td>${say(language, roundStatusNames[status])}</td><td>${fees === undefined ? '' : levelTable(language, fees)}</td></tr>`,
    )}</tbody></table>`,
  )}${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery('/fees/assessments', { after: nextCursor })}">${say(language, feeWords.more)}</a></p>`}`
}

function roundBox(
  language: Language,
  { period, status, edition, fees, reportDigest, repliesUntil, trouble, links }: AssessmentAnswer,
): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  return html`<dl class="facts"><dt>${t('period')}</dt><dd>${period.from} – ${period.to}</dd>
<dt>${t('status')}</dt><dd>${say(language, roundStatusNames[status])}${repliesUntil === undefined ? '' : ` (– ${repliesUntil})`}${trouble === undefined ? '' : `: ${say(language, trouble)}`}</dd>
${edition === undefined ? '' : html`<dt>${say(language, feeWords.edition)}</dt><dd><a href="/fees/editions/${edition}">${edition}</a></dd>`}
${fees === undefined ? '' : html`<dt>${t('fees')}</dt><dd>${levelTable(language, fees)}</dd>`}
${reportDigest === undefined ? '' : html`<dt>${t('digest')}</dt><dd><code>${reportDigest}</code></dd>`}</dl>
<p>${links.findings === undefined ? '' : html`<a href="${links.findings}">${t('csv')}</a>`} ${links.report === undefined ? '' : html`<a href="${links.report}">${t('report')}</a>`}</p>`
}

function askForm(language: Language, refused: Answered<unknown> | undefined, form: URLSearchParams): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const errors = refused?.ok === false ? refused.problem.errors : undefined
  const field = (name: 'title' | 'from' | 'to', label: keyof typeof assessmentWords) => ({
    name,
    label: t(label),
    value: form.get(name) ?? '',
    errors: wrongAt(errors, `/${name}`, language),
    required: true,
  })
  return html`<section aria-labelledby="ask"><h2 id="ask">${t('askFor')}</h2>${refused?.ok === false ? problemBox(language, refused.problem) : ''}
<form method="post" action="/fees/assessments" class="narrow">${unseen('key', newId(Date.now()))}
${lineField({ ...field('title', 'roundTitle'), max: 100 })}${dayField(field('from', 'from'))}${dayField(field('to', 'to'))}
<button type="submit">${t('askFor')}</button></form></section>`
}

/** What an officer can do with a round now. */
function stepsOf(language: Language, { id, status }: AssessmentAnswer, etag: string): Html | '' {
  const step = (what: string, label: string) =>
    html`<form method="post" action="/fees/assessments/${id}/${what}" class="narrow">${unseen('seen', etag)}${unseen('key', newId(Date.now()))}<button type="submit">${label}</button></form>`
  if (status === 'computed') return step('publication', say(language, assessmentWords.publish))
  return status === 'failed' ? step('computations', say(language, assessmentWords.computeAgain)) : ''
}
