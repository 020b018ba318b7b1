import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { laneAnswer, OperationsAnswer, stuckCountAnswer } from '../../../schemas/operations.ts'
import { limits } from '../../limits.ts'
import type { Env, Services } from '../../services.ts'
import type { Answered } from '../api.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { problemBox } from '../pieces.ts'
import { toneTag } from '../status.ts'
import { type Desk as AnyDesk, aged, cell, deskOf, reloading } from './desk.ts'
import { healthBox, todayBox } from './health.ts'
import { laneWords } from './lane-words.ts'
import { troublesOf } from './troubles.ts'

export type Lane = z.infer<typeof laneAnswer>
export type StuckCount = z.infer<typeof stuckCountAnswer>
export type Desk = AnyDesk<keyof typeof laneWords>
export interface List<T> {
  readonly data: readonly T[]
  readonly hasMore: boolean
  readonly nextCursor?: string
}

/** Lanes and breakers 通道, issuers, what keeps the window going, the work of the day: the first page of who runs it. */
export function lanesPage(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  pages.get('/operations', async (context) => {
    const desk = deskOf(app, context, services, 'operations', laneWords)
    const { api, t } = desk
    const [lanes, standing, stuck] = await Promise.all([
      api.get<List<Lane>>('/v1/operations/lanes'),
      api.get<OperationsAnswer>('/v1/operations'),
      api.get<List<StuckCount>>('/v1/operations/stuck/counts'),
    ])
    if (!lanes.ok) return desk.refuse(lanes)
    return desk.show(
      { title: t('title'), head: reloading(limits.lanesRefreshSeconds), scripts: ['operations-live.js'] },
      html`<div data-live="${limits.lanesRefreshSeconds}"><h1>${t('title')}</h1>
${verdictBox(desk, lanes.body.data, standing, stuck)}
${standing.ok ? todayBox(desk, standing.body) : ''}
<section aria-labelledby="lanes"><h2 id="lanes">${t('lanes')}</h2><p class="note">${t('about')}</p>${lanesTable(desk, lanes.body.data)}</section>
${standing.ok ? html`${issuersBox(desk, standing.body)}${healthBox(desk, standing.body)}` : problemBox(desk.language, standing.problem)}
<p class="note on-screen">${icon('arrow-path')} ${t('refreshes')}</p></div>`,
    )
  })
}

/** Whether all is well: one line where it is; where not, each thing with the way to what can be done. */
function verdictBox(
  desk: Desk,
  lanes: readonly Lane[],
  standing: Answered<OperationsAnswer>,
  stuck: Answered<List<StuckCount>>,
): Html {
  const { t, language } = desk
  const troubles = troublesOf(
    desk,
    lanes,
    standing.ok ? standing.body : undefined,
    stuck.ok ? stuck.body.data : undefined,
  )
  if (!stuck.ok) return problemBox(language, stuck.problem)
  if (troubles.length === 0)
    return html`<section class="glance well" id="verdict"><p role="status">${icon('check-circle')} <strong>${t('allWell')}</strong> <span>${t('lookedAt')}</span></p></section>`
  const isBad = troubles.some(({ tone }) => tone === 'bad')
  return html`<section class="glance ${isBad ? 'bad' : 'care'}" id="verdict"><p role="status">${icon(isBad ? 'x-circle' : 'exclamation-triangle')} <strong>${t('toLookAt')}: ${troubles.length}</strong></p>
<ul>${troubles.map(({ tone, what, href }) => html`<li class="tone-${tone}">${icon(tone === 'bad' ? 'x-circle' : 'exclamation-triangle')} <a href="${href}">${what}</a></li>`)}</ul></section>`
}

/** How a lane stands, all its workers together: the worst of them counts. */
export function stateOf({ state, workers }: Lane): 'held' | 'open' | 'half-open' | 'closed' | 'unwatched' {
  if (state === 'open') return 'held'
  const said = workers.map((worker) => worker.state)
  return said.includes('open')
    ? 'open'
    : said.includes('half-open')
      ? 'half-open'
      : said.includes('closed')
        ? 'closed'
        : 'unwatched'
}

const looks = {
  held: { tone: 'care', icon: 'pause-circle' },
  open: { tone: 'bad', icon: 'x-circle' },
  'half-open': { tone: 'care', icon: 'arrow-path' },
  closed: { tone: 'good', icon: 'check-circle' },
  unwatched: { tone: 'bad', icon: 'question-mark-circle' },
} as const

/** The state of a lane, with who ordered it and why, and how many breakers stand so. */
export function laneState(desk: Desk, lane: Lane): Html {
  const { t } = desk
  const state = stateOf(lane)
  const same = lane.workers.filter((worker) => worker.state === state)
  const since = state === 'held' ? lane.order?.at : same.map((worker) => worker.since).sort()[0]
  return html`${toneTag(looks[state].tone, looks[state].icon, t(state))}
<small>${since === undefined ? '' : aged(desk, since)}${state === 'held' && lane.order !== undefined ? html` · ${lane.order.by}: ${lane.order.reason}` : ''}${lane.workers.length > 1 && state !== 'held' ? html` · ${same.length}/${lane.workers.length} ${t('workersOf')}` : ''}</small>`
}

function lanesTable(desk: Desk, lanes: readonly Lane[]): Html {
  const { t, nameOf } = desk
  const headers = (['agency', 'state', 'waiting', 'rate', 'failures', 'mailbox', 'order'] as const).map((name) =>
    name === 'waiting' || name === 'rate' || name === 'failures'
      ? html`<th scope="col" class="number">${t(name)}</th>`
      : html`<th scope="col">${t(name)}</th>`,
  )
  return html`<table class="stack lanes"><thead><tr>${headers}</tr></thead><tbody>${lanes.map(
    (lane) =>
      html`<tr><th scope="row">${nameOf(lane.agency)} <small><code>${lane.agency}</code></small></th>
${cell(t('state'), laneState(desk, lane))}${cell(t('waiting'), waitingOf(desk, lane), 'number')}${cell(t('rate'), lane.ratePerMinute, 'number')}${cell(t('failures'), failuresOf(lane), 'number')}${cell(t('mailbox'), mailboxOf(desk, lane))}
${cell(t('order'), html`<a href="/operations/lanes/${lane.agency}">${t(stateOf(lane) === 'closed' || stateOf(lane) === 'unwatched' ? 'hold' : 'resume')}</a>`)}</tr>`,
  )}</tbody></table>`
}

const failuresOf = ({ failures, lastError }: Lane): Html =>
  html`${failures}${lastError === undefined ? '' : html`<small class="error">${lastError}</small>`}`

function waitingOf(desk: Desk, { waiting, oldest, unknown, exhausted, agency }: Lane): Html {
  const { t } = desk
  const stuck = `/operations/stuck?agency=${agency}`
  return html`${waiting === 0 ? '0' : html`<a href="${stuck}">${waiting}</a>`}${oldest === undefined ? '' : html`<small>${t('oldest')} ${aged(desk, oldest)}</small>`}${unknown === 0 ? '' : html`<small>${unknown} ${t('unknown')}</small>`}${exhausted === 0 ? '' : html`<small class="wrong">${exhausted} ${t('exhausted')}</small>`}`
}

function mailboxOf(desk: Desk, { mailbox }: Lane): Html {
  const { t } = desk
  if (mailbox === undefined) return html`<span class="muted">${t('noMailbox')}</span>`
  if (mailbox.failedAt === undefined) return html`${t('mailboxFine')}`
  return html`<span class="wrong">${t('mailboxFails')} ${aged(desk, mailbox.failedAt)}</span><small class="error">${mailbox.error ?? ''}</small>`
}

function issuersBox(desk: Desk, { issuers }: OperationsAnswer): Html | '' {
  if (issuers.length === 0) return ''
  const { t, nameOf } = desk
  return html`<section aria-labelledby="issuers"><h2 id="issuers">${t('issuers')}</h2>
<table class="stack"><thead><tr><th scope="col">${t('issuer')}</th><th scope="col">${t('state')}</th><th scope="col" class="number">${t('waiting')}</th><th scope="col">${t('error')}</th></tr></thead>
<tbody>${issuers.map(
    ({ issuer, waiting, unknown, oldest, silentSince, lastError }) =>
      html`<tr><th scope="row">${nameOf(issuer)} <small><code>${issuer}</code></small></th>
${cell(t('state'), silentSince === undefined ? toneTag('good', 'check-circle', t('answers')) : html`${toneTag('bad', 'x-circle', t('silent'))} ${aged(desk, silentSince)}`)}
${cell(t('waiting'), html`${waiting === 0 ? '0' : html`<a href="/operations/stuck?cause=certificate&amp;agency=${issuer}">${waiting}</a>`}${oldest === undefined ? '' : html`<small>${t('oldest')} ${aged(desk, oldest)}</small>`}${unknown === 0 ? '' : html`<small>${unknown} ${t('unknown')}</small>`}`, 'number')}
${cell(t('error'), lastError ?? '')}</tr>`,
  )}</tbody></table></section>`
}
