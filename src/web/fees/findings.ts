import { html } from 'hono/html'
import { type Level, levelNames, levels } from '../../../schemas/fees/assessment.ts'
import type { AssessedFinding, AssessmentAnswer } from '../../../schemas/fees/assessment-answers.ts'
import type { Role } from '../../db/keys.ts'
import type { Language } from '../../problem.ts'
import type { Answered } from '../api.ts'
import { areaField, choiceField, given, unseen } from '../form.ts'
import type { Html } from '../layout.ts'
import { atPort, withQuery } from '../pieces.ts'
import { colon, say } from '../words.ts'
import { assessmentWords } from './assessment-words.ts'
import { figureCalled, figureShown, ruleNames } from './figure-words.ts'
import { type PlaceOf, wrongsAt, wrongsOf } from './wrong.ts'

/** A reply or a decision as it was sent with a form, and refused. */
export interface SentSaying {
  readonly number: number
  readonly what: 'reply' | 'decision'
  readonly form: URLSearchParams
  readonly refused: Answered<unknown>
}

/** How findings are shown: to whom, which of them, with the names of payees and ports. */
export interface FindingsView {
  readonly language: Language
  readonly role: Role | undefined
  readonly level: string
  called(type: 'payee' | 'port', id: string): string
  readonly sent?: SentSaying | undefined
}

const levelOf = ({ decided, level }: AssessedFinding): Level => decided ?? level
const gravest = (a: AssessedFinding, b: AssessedFinding) =>
  levels.indexOf(levelOf(b)) - levels.indexOf(levelOf(a)) || a.number - b.number

/** What was found 评估意见, the gravest first, with the payee's reply and the officer's decision, and a form where the visitor may add one. */
export function findingList(round: AssessmentAnswer, view: FindingsView): Html {
  const { language } = view
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  if (round.status !== 'computed' && round.status !== 'published') return html``
  const head = html`<h2 id="findings">${t('findings')} (${round.findings.length})</h2>`
  if (round.findings.length === 0)
    return html`<section aria-labelledby="findings">${head}<p>${t('noFindings')}</p></section>`
  const shown = round.findings.filter((one) => view.level === '' || levelOf(one) === view.level).toSorted(gravest)
  const place = (level: string) => `${withQuery(`/fees/assessments/${round.id}`, { level })}#findings`
  const tab = (level: string, name: string, count: number) =>
    html`<li><a href="${place(level)}"${view.level === level ? html` aria-current="true"` : ''}>${name} ${count}</a></li>`
  const tabs = levels
    .map((level) => ({ level, count: round.findings.filter((one) => levelOf(one) === level).length }))
    .filter(({ count }) => count > 0)
    .toReversed()
  return html`<section aria-labelledby="findings">${head}
<ul class="tags on-screen">${tab('', t('all'), round.findings.length)}${tabs.map(({ level, count }) => tab(level, say(language, levelNames[level]), count))}</ul>
${shown.length === 0 ? html`<p>${t('noneOfLevel')}</p>` : shown.map((one) => html`<article class="finding ${levelOf(one)}" id="finding-${one.number}">${findingBox(one, view)}${round.status === 'computed' ? formOf(round.id, one, view) : ''}</article>`)}</section>`
}

function findingBox(one: AssessedFinding, { language, called }: FindingsView): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const { decided, level, reply, decision, fee } = one
  const about = [
    one.port === undefined ? '' : called('port', one.port),
    one.payee === undefined ? '' : called('payee', one.payee),
  ].filter((name) => name !== '')
  return html`<p class="said"><span class="level ${levelOf(one)}">${say(language, levelNames[levelOf(one)])}</span> ${say(language, one.text)}</p>
<p class="note">${one.number} · ${say(language, ruleNames[one.rule])}${about.map((name) => ` · ${name}`)}${fee === undefined ? '' : html` · <a href="/fees/items/${fee}">${t('feeInList')}</a>`}${decided === undefined || decided === level ? '' : html` · ${t('asComputed')}${colon(language)}${say(language, levelNames[level])}`}</p>
<details><summary>${t('figures')}</summary>${one.figures.length === 0 ? '' : html`<table class="plain"><thead><tr><th scope="col">${t('figure')}</th><th scope="col" class="number">${t('value')}</th></tr></thead><tbody>${one.figures.map((figure) => html`<tr><th scope="row">${figureCalled(language, figure.name)}</th><td class="number">${figureShown(language, figure)}</td></tr>`)}</tbody></table>`}
<p class="note">${t('source')}${colon(language)}${say(language, one.source)}</p></details>
${reply === undefined ? '' : saying(t('reply'), reply.at, reply.text)}
${decision === undefined ? '' : saying(`${t('decision')}${colon(language)}${say(language, levelNames[decision.level])}`, decision.at, decision.remark)}`
}

const saying = (who: string, at: string, text: string | undefined): Html =>
  html`<blockquote><p><strong>${who}</strong> <small><time datetime="${at}">${atPort(at)}</time></small></p>${text === undefined ? '' : html`<p class="lines">${text}</p>`}</blockquote>`

/** What a form saw of a finding: another reply or decision since then is not what the visitor answers to. */
export const seenOf = ({ reply, decision }: Pick<AssessedFinding, 'reply' | 'decision'>): string =>
  `${reply?.at ?? ''} ${decision?.at ?? ''}`

/** The field a pointer into a reply or a decision leads to. */
export const placeOf =
  (language: Language, number: number): PlaceOf =>
  (pointer) => {
    if (pointer === '/text')
      return { name: `text-${number}`, label: say(language, assessmentWords.reply), holds: 'words' }
    if (pointer === '/level')
      return { name: `level-${number}`, label: say(language, assessmentWords.decideLevel), holds: 'choice' }
    return pointer === '/remark'
      ? { name: `remark-${number}`, label: say(language, assessmentWords.remarked), holds: 'words' }
      : undefined
  }

/** The payee replies, an officer decides. */
function formOf(id: string, one: AssessedFinding, { language, role, sent }: FindingsView): Html | '' {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const { number } = one
  const isSent = sent?.number === number
  const problem = isSent && !sent.refused.ok ? sent.refused.problem : undefined
  const wrongs = wrongsOf(language, problem?.errors, placeOf(language, number))
  const field = (name: string, now: string) => ({
    name: `${name}-${number}`,
    value: isSent ? given(sent.form, `${name}-${number}`) : now,
    errors: wrongsAt(wrongs, `${name}-${number}`),
    max: 2_000,
  })
  const form = (what: 'reply' | 'decision', content: Html): Html =>
    html`<details class="change"${isSent ? html` open` : ''}><summary>${what === 'reply' ? t('reply') : t('decide')}</summary><form method="post" action="/fees/assessments/${id}/findings/${number}/${what}" class="step">${unseen('seen', seenOf(one))}${content}
<button type="submit">${t('send')}</button></form></details>`
  if (role === 'payee')
    return form('reply', areaField({ ...field('text', one.reply?.text ?? ''), label: t('reply'), required: true }))
  if (role !== 'admin') return ''
  const values = levels.map((value) => ({ value, name: say(language, levelNames[value]) }))
  return form(
    'decision',
    html`${choiceField({ ...field('level', levelOf(one)), label: t('decideLevel'), required: true }, values)}
${areaField({ ...field('remark', one.decision?.remark ?? ''), label: t('remark') }, 2)}`,
  )
}
