import { html } from 'hono/html'
import type { OperationsAnswer } from '../../../schemas/operations.ts'
import type { Html } from '../layout.ts'
import { atPort } from '../pieces.ts'
import { say } from '../words.ts'
import { verificationNames } from './audit-words.ts'
import { aged } from './desk.ts'
import type { Desk } from './lanes.ts'

/** What keeps the window going 运行状况: the processes, the database, the queue, the seals. */
export function healthBox(desk: Desk, { database, workers, jobs, notices, audit }: OperationsAnswer): Html {
  const { t, language } = desk
  const { verification } = audit
  const one = (name: string, value: Html | string, isBad = false) =>
    html`<div class="main ${isBad ? 'bad' : 'fine'}"><dt>${name}</dt><dd>${value}</dd></div>`
  return html`<section aria-labelledby="health"><h2 id="health">${t('health')}</h2><dl class="sums">
${one(t('gateway'), t('answering'))}${one(t('database'), `${database.answerMs} ms`)}${one(t('workers'), String(workers.length), workers.length === 0)}
${one(t('jobs'), html`${jobs.running} · ${jobs.waiting} · ${jobs.failed}<small>${t('jobsLine')}</small>`, jobs.failed > 0 || jobs.runners === 0)}
${one(t('notices'), html`${notices.waiting}${notices.oldest === undefined ? '' : html`<small>${aged(desk, notices.oldest)}</small>`}`)}
${one(t('sealed'), html`<a href="/operations/audit">${audit.sealedUpTo ?? t('neverSealed')}</a>`)}
${one(
  t('verified'),
  verification === undefined
    ? html`<a href="/operations/audit">${t('neverVerified')}</a>`
    : html`<a href="/operations/audit/verifications/${verification.id}">${say(language, verificationNames[verification.status] ?? verificationNames.failed)}</a><small>${atPort(verification.at)}</small>`,
  verification?.status === 'broken' || verification?.status === 'failed',
)}</dl>
${jobs.failures.length === 0 ? '' : html`<ul>${jobs.failures.map(({ task, count, error }) => html`<li><code>${task}</code> × ${count}${error === undefined ? '' : html` <small class="error">${error}</small>`}</li>`)}</ul>`}</section>`
}

/** Where each count of the day leads. */
const hrefs = {
  draftsToDecide: '/admin/fees/drafts?status=submitted',
  draftsReturned: '/admin/fees/drafts?status=returned',
  findingsToDecide: '/fees/assessments',
  complaintsOverdue: '/fees/complaints?overdue=true',
  complaintsToDecide: '/fees/complaints?status=disputed',
  complaintsOpen: '/fees/complaints',
  assistanceOverdue: '/operations/stuck?cause=unanswered',
  recountsUnderWay: '/statistics',
  creditsGiven: '/operations/rules',
  lotsDrawn: '/draws',
} as const

/** What waits for an administrator today 今日事项, each a number and a way; what is nothing is quiet. */
export function todayBox({ t }: Desk, { today }: OperationsAnswer): Html {
  const names = Object.keys(hrefs) as (keyof typeof hrefs)[]
  return html`<section aria-labelledby="today"><h2 id="today">${t('today')} <small>${today.day}</small></h2><ul class="today">
${names.map((name) => html`<li${today[name] === 0 ? html` class="none"` : ''}><a href="${hrefs[name]}"><strong>${today[name]}</strong> ${t(name)}</a></li>`)}</ul></section>`
}
