import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { AssessedFinding, RoundAnswer } from '../../../schemas/fees/assessment-answers.ts'
import { newId } from '../../db/ids.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { type Answered, apiOf } from '../api.ts'
import { dayField, given, lineField, readForm, unseen } from '../form.ts'
import { type Html, render } from '../layout.ts'
import { problemBox, scrolling, withQuery } from '../pieces.ts'
import { visitorOf } from '../session.ts'
import { say } from '../words.ts'
import { levelCounts } from './assessment-report.ts'
import { assessmentWords, roundStatusNames } from './assessment-words.ts'
import { seenOf } from './findings.ts'
import { roundPage, roundPlace } from './round.ts'
import { feeWords } from './words.ts'
import { wrongBox, wrongsAt, wrongsOf } from './wrong.ts'

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
      { title: t('title'), at: 'assessments', status: refused?.status ?? answered.status, here: '/fees/assessments' },
      content,
    )
  }
  const show = roundPage(app)
  /** A step that was taken leads back to the round; one that was refused is shown on it. */
  const after = (context: Context<Env>, id: string, taken: Answered<unknown>) =>
    taken.ok ? context.redirect(`/fees/assessments/${id}`, 303) : show(context, id, { refused: taken })

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
    const finding = roundPlace(id, `/findings/${encodeURIComponent(number)}`)
    const read = await api.get<AssessedFinding>(finding)
    if (!read.ok) return show(context, id, { refused: read })
    // A form that saw another state of the finding is refused as one that changed meanwhile.
    const isAsSeen = given(form, 'seen') === seenOf(read.body)
    const etag = isAsSeen ? (read.headers.get('etag') ?? '') : '"another state"'
    const taken = await api.send('PUT', `${finding}/${what}`, sayingIn(what, number, form), { 'if-match': etag })
    if (taken.ok) return context.redirect(`/fees/assessments/${id}#finding-${read.body.number}`, 303)
    return show(context, id, { refused: taken, saying: { number: read.body.number, what, form } })
  })
  pages.post('/:id/:what', async (context) => {
    const { id, what } = context.req.param()
    if (what !== 'publication' && what !== 'computations') return context.notFound()
    const form = await readForm(context)
    const headers = { 'if-match': given(form, 'seen'), 'idempotency-key': given(form, 'key') }
    return after(context, id, await apiOf(app, context).send('POST', roundPlace(id, `/${what}`), undefined, headers))
  })
  return pages
}

/** What is said of a finding, as the interface wants it. */
function sayingIn(what: 'reply' | 'decision', number: string, form: URLSearchParams): Record<string, string> {
  if (what === 'reply') return { text: given(form, `text-${number}`) }
  const remark = given(form, `remark-${number}`)
  return { level: given(form, `level-${number}`), ...(remark.trim() === '' ? {} : { remark }) }
}

function table(language: Language, { data, nextCursor }: { data: RoundAnswer[]; nextCursor?: string }): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  if (data.length === 0) return html`<p>${t('none')}</p>`
  const heads = (['round', 'period', 'status', 'fees'] as const).map((name) => html`<th scope="col">${t(name)}</th>`)
  return html`${scrolling(
    t('title'),
    html`<table class="stack"><thead><tr>${heads}</tr></thead>
<tbody>${data.map(
      ({ id, title, quarter, period, status, fees }) =>
        html`<tr><th scope="row"><a href="/fees/assessments/${id}">${title}</a>${quarter === undefined || title.includes(quarter) ? '' : html`<small>${quarter}</small>`}</th><td data-label="${t('period')}"><span class="nowrap">${period.from}</span> – <span class="nowrap">${period.to}</span></td>
<td data-label="${t('status')}"><span class="tag status-${status}">${say(language, roundStatusNames[status])}</span></td><td data-label="${t('fees')}">${fees === undefined ? '–' : html`<span>${levelCounts(language, fees)}</span>`}</td></tr>`,
    )}</tbody></table>`,
  )}${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery('/fees/assessments', { after: nextCursor })}">${say(language, feeWords.more)}</a></p>`}`
}

function askForm(language: Language, refused: Answered<unknown> | undefined, form: URLSearchParams): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const labels = { title: t('roundTitle'), from: t('from'), to: t('to') }
  const problem = refused?.ok === false ? refused.problem : undefined
  const wrongs = wrongsOf(language, problem?.errors, (pointer) => {
    const name = pointer.slice(1)
    return name === 'title' || name === 'from' || name === 'to'
      ? { name, label: labels[name], holds: name === 'title' ? 'words' : 'day' }
      : undefined
  })
  const field = (name: keyof typeof labels) => ({
    name,
    label: labels[name],
    value: given(form, name),
    errors: wrongsAt(wrongs, name),
    required: true,
  })
  return html`<section aria-labelledby="ask"><h2 id="ask">${t('askFor')}</h2><p class="note">${t('askWhy')}</p>${problem === undefined ? '' : wrongBox(language, problem, wrongs)}
<form method="post" action="/fees/assessments" class="step">${unseen('key', newId(Date.now()))}
<div class="fields">${lineField({ ...field('title'), max: 100 })}${dayField(field('from'))}${dayField(field('to'))}</div>
<button type="submit">${t('askFor')}</button></form></section>`
}
