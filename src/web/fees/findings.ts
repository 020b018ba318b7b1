import { html } from 'hono/html'
import { levelNames, levels } from '../../../schemas/fees/assessment.ts'
import type { AssessedFinding, AssessmentAnswer } from '../../../schemas/fees/assessment-answers.ts'
import type { Role } from '../../db/keys.ts'
import type { Language } from '../../problem.ts'
import { areaField, choiceField } from '../form.ts'
import type { Html } from '../layout.ts'
import { atPort } from '../pieces.ts'
import { say } from '../words.ts'
import { assessmentWords } from './assessment-words.ts'

/** What was found 评估意见, with the payee's reply and the officer's decision, and a form where the visitor may add one. */
export function findingList(language: Language, round: AssessmentAnswer, role: Role | undefined): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  if (round.status !== 'computed' && round.status !== 'published') return html``
  if (round.findings.length === 0) return html`<h2>${t('findings')}</h2><p>${t('noFindings')}</p>`
  return html`<section aria-labelledby="findings"><h2 id="findings">${t('findings')} (${round.findings.length})</h2>
<ol class="findings">${round.findings.map((one) => html`<li id="finding-${one.number}" value="${one.number}">${findingBox(language, one)}${round.status === 'computed' ? formOf(language, round.id, one, role) : ''}</li>`)}</ol></section>`
}

function findingBox(language: Language, one: AssessedFinding): Html {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const level = one.decided ?? one.level
  const about = [one.port, one.payee].filter((name) => name !== undefined).join(' · ')
  return html`<p><strong class="level ${level}">${say(language, levelNames[level])}</strong> ${say(language, one.text)}</p>
<details><summary>${t('figures')}</summary>
<p>${about}${one.fee === undefined ? '' : html` · <a href="/fees/items/${one.fee}">${one.fee}</a>`}</p>
<ul>${one.figures.map(({ name, value, unit }) => html`<li>${name}: ${value} ${unit}</li>`)}</ul>
<p>${t('source')}: ${one.rule} (${one.entry}). ${say(language, one.source)}</p></details>
${one.reply === undefined ? '' : html`<p><strong>${t('reply')}</strong> <time datetime="${one.reply.at}">${atPort(one.reply.at)}</time></p><p class="lines">${one.reply.text}</p>`}
${one.decision === undefined ? '' : html`<p><strong>${t('decision')}</strong>: ${say(language, levelNames[one.decision.level])} <time datetime="${one.decision.at}">${atPort(one.decision.at)}</time></p>${one.decision.remark === undefined ? '' : html`<p class="lines">${one.decision.remark}</p>`}`}`
}

/** The payee replies, an officer decides. */
function formOf(language: Language, id: string, one: AssessedFinding, role: Role | undefined): Html | '' {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const action = (what: string) => `/fees/assessments/${id}/findings/${one.number}/${what}`
  if (role === 'payee')
    return html`<form method="post" action="${action('reply')}" class="narrow">
${areaField({ name: 'text', label: t('reply'), value: one.reply?.text ?? '', required: true, max: 2_000 })}<button type="submit">${t('send')}</button></form>`
  if (role !== 'admin' || one.level === 'reasonable') return ''
  const values = levels.map((value) => ({ value, name: say(language, levelNames[value]) }))
  return html`<form method="post" action="${action('decision')}" class="narrow">
${choiceField({ name: 'level', label: t('decision'), value: one.decided ?? one.level, required: true }, values)}
${areaField({ name: 'remark', label: t('remark'), value: one.decision?.remark ?? '', max: 2_000 }, 2)}<button type="submit" class="secondary">${t('send')}</button></form>`
}
