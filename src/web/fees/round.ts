import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import { levels } from '../../../schemas/fees/assessment.ts'
import type { AssessmentAnswer } from '../../../schemas/fees/assessment-answers.ts'
import { newId } from '../../db/ids.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { type Answered, apiOf } from '../api.ts'
import { unseen } from '../form.ts'
import { type Html, render } from '../layout.ts'
import { fact, problemBox } from '../pieces.ts'
import { visitorOf } from '../session.ts'
import { colon, say } from '../words.ts'
import { levelCounts, reportBox } from './assessment-report.ts'
import { assessmentWords, roundStatusNames } from './assessment-words.ts'
import { findingList, placeOf, type SentSaying } from './findings.ts'
import { choicesOf } from './quote.ts'
import { movementBox } from './round-movement.ts'
import { feeWords } from './words.ts'
import { wrongBox, wrongsOf } from './wrong.ts'

export const roundPlace = (id: string, rest = '') => `/v1/fee-assessments/${encodeURIComponent(id)}${rest}`

/** What was asked for on a page of a round, and refused. */
interface Refused {
  readonly refused: Answered<unknown>
  readonly saying?: Omit<SentSaying, 'refused'>
}

/** A round of assessment 评估轮次 with its findings and report, as its visitor may see it. */
export function roundPage(app: Hono<Env>) {
  return async (context: Context<Env>, id: string, sent?: Refused): Promise<Response> => {
    const language = context.get('language')
    const api = apiOf(app, context)
    const read = await api.get<AssessmentAnswer>(roundPlace(id))
    const here = { at: 'assessments' as const, here: `/fees/assessments/${encodeURIComponent(id)}` }
    if (!read.ok)
      return render(
        context,
        { title: read.problem.title, ...here, status: read.status },
        problemBox(language, read.problem),
      )
    const round = read.body
    const role = visitorOf(context)?.role
    const { ports, payees } = await choicesOf(api, language)
    const level = context.req.query('level') ?? ''
    const findings = findingList(round, {
      language,
      role,
      level: (levels as readonly string[]).includes(level) ? level : '',
      called: (type, which) =>
        (type === 'port' ? ports : payees).find(({ value }) => value === which)?.name ??
        round.report?.payees.find(({ payee }) => payee === which)?.name[language] ??
        which,
      sent: sent?.saying && { ...sent.saying, refused: sent.refused },
    })
    const content = html`<p class="crumbs"><a href="/fees/assessments">${say(language, assessmentWords.title)}</a></p>
<h1>${round.title} <span class="tag status-${round.status}">${say(language, roundStatusNames[round.status])}</span></h1>
${sent?.refused.ok === false ? refusalBox(language, sent.refused.problem, sent.saying) : ''}
${roundBox(language, round)}${role === 'admin' ? officerBox(language, round, read.headers.get('etag') ?? '') : ''}${findings}
${round.report === undefined ? '' : reportBox(language, round, round.report, await movementBox(api, language, round.report))}`
    const about = { title: round.title, ...here, status: sent?.refused.status ?? read.status }
    // Nothing that is being filled in is loaded away.
    const isUnderWay = round.status === 'requested' && sent === undefined
    return render(context, isUnderWay ? { ...about, refreshSeconds: limits.roundRefreshSeconds } : about, content)
  }
}

function refusalBox(
  language: Language,
  problem: Extract<Answered<unknown>, { ok: false }>['problem'],
  saying: Refused['saying'],
): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  if (saying === undefined) return problemBox(language, { ...problem, errors: [] })
  const link = html`<a href="#finding-${saying.number}">${t('finding')} ${saying.number}</a>`
  return problem.code === 'if-match-stale'
    ? html`<section class="problem" role="alert"><h2>${t('stale')}</h2><p>${t('staleWhy')} ${link}</p></section>`
    : html`${wrongBox(language, problem, wrongsOf(language, problem.errors, placeOf(language, saying.number)))}<p>${link}</p>`
}

function roundBox(language: Language, round: AssessmentAnswer): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const { period, status, edition, fees, reportDigest, repliesUntil, trouble, links } = round
  const assessed = fees === undefined ? 0 : levels.reduce((sum, level) => sum + fees[level], 0)
  return html`${status === 'requested' ? html`<p class="notice" role="status"><span aria-busy="true">${t('underWay')}</span></p>` : ''}${trouble === undefined ? '' : html`<p class="problem">${say(language, trouble)}</p>`}
<dl class="facts">${fact(t('period'), `${period.from} – ${period.to}`)}
${fact(say(language, feeWords.edition), edition === undefined ? undefined : html`<a href="/fees/editions/${edition}">${edition}</a>`)}
${fact(t('fees'), fees === undefined ? undefined : html`${levelCounts(language, fees)} <small>(${assessed} ${t('feesOf')})</small>`)}
${fact(t('repliesUntil'), repliesUntil)}${fact(t('digest'), reportDigest && html`<code>${reportDigest}</code>`)}</dl>
<p class="on-screen">${links.findings === undefined ? '' : html`<a href="${links.findings}">${t('csv')}</a>`}${round.report === undefined || links.report === undefined ? '' : html` · <a href="${links.report}">${t('report')}</a>`}</p>`
}

/** What an officer can do with a round now. */
function officerBox(language: Language, { id, status, findings }: AssessmentAnswer, etag: string): Html | '' {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const step = (what: string, label: string) =>
    html`<form method="post" action="/fees/assessments/${id}/${what}">${unseen('seen', etag)}${unseen('key', newId(Date.now()))}<button type="submit">${label}</button></form>`
  const undecided = findings.filter(({ decision }) => decision === undefined)
  if (status === 'computed')
    return html`<section class="panel on-screen" aria-labelledby="officer"><h2 id="officer">${t('officer')}</h2><p class="note">${t('publishWhy')}</p>
${undecided.length === 0 ? '' : html`<p>${t('undecided')}${colon(language)}${undecided.length}</p>`}${step('publication', t('publish'))}</section>`
  return status === 'failed' ? step('computations', t('computeAgain')) : ''
}
