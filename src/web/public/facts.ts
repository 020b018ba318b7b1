import { html } from 'hono/html'
import type { DrawAnswer } from '../../../schemas/draw.ts'
import type { EditionAnswer } from '../../../schemas/fees/answers.ts'
import type { RoundAnswer } from '../../../schemas/fees/assessment-answers.ts'
import type { ClearanceAnswer } from '../../../schemas/statistics.ts'
import type { Answered, Api } from '../api.ts'
import { directionNames } from '../fees/words.ts'
import { type IconName, icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { say } from '../words.ts'
import { drawStatusNames } from './draw-words.ts'
import type { FrontDesk } from './front.ts'

/** What stands in the boxes of the front page, as the interface gives it to whoever looks. */
export interface Facts {
  readonly editions: Answered<{ data: EditionAnswer[] }>
  readonly rounds: Answered<{ data: RoundAnswer[] }>
  readonly times: Answered<ClearanceAnswer>
  readonly draws: Answered<{ data: DrawAnswer[] }>
}

/** Newest draws among which today's is looked for: tomorrow's is committed to before today's is over. */
const drawsLookedAt = 10

export async function askFacts({ get }: Api): Promise<Facts> {
  const [editions, rounds, times, draws] = await Promise.all([
    get<{ data: EditionAnswer[] }>('/v1/fee-editions'),
    get<{ data: RoundAnswer[] }>('/v1/fee-assessments'),
    get<ClearanceAnswer>('/v1/statistics/clearance?measure=overall&by=month,direction'),
    get<{ data: DrawAnswer[] }>(`/v1/draws?limit=${drawsLookedAt}`),
  ])
  return { editions, rounds, times, draws }
}

/** The newest of everything that is public 最新动态, each with the way there. */
export const factsBox = (desk: FrontDesk, { editions, rounds, times, draws }: Facts): Html =>
  html`<section aria-labelledby="facts"><h2 id="facts">${desk.t('facts')}</h2><ul class="facts-now">
${editionFact(desk, editions.ok ? editions.body.data : [])}
${roundFact(desk, rounds.ok ? rounds.body.data : [])}
${timesFact(desk, times.ok ? times.body.data : [])}
${drawFact(desk, draws.ok ? draws.body.data : [])}</ul></section>`

const box = (picture: IconName, href: string, name: string, main: Html | string, more: Html | string): Html =>
  html`<li><h3>${icon(picture)} <a href="${href}">${name}</a></h3><div class="main">${main}</div><p>${more}</p></li>`

function editionFact({ t }: FrontDesk, editions: readonly EditionAnswer[]): Html {
  const edition = editions.find(({ status }) => status === 'in-force')
  if (edition === undefined) return box('banknotes', '/fees', t('feeList'), '–', t('noEdition'))
  const main = html`${t('edition')} ${edition.number}`
  const more = html`${edition.title} <span class="nowrap">(${t('since')} ${edition.validFrom})</span>`
  return box('banknotes', '/fees', t('feeList'), main, more)
}

function roundFact({ t }: FrontDesk, rounds: readonly RoundAnswer[]): Html {
  const round = rounds.find(({ status }) => status === 'published')
  if (round === undefined) return box('scale', '/fees/assessments', t('assessment'), '–', t('noAssessment'))
  const { fees } = round
  const above = (fees?.high ?? 0) + (fees?.violation ?? 0)
  const main = above === 0 ? html`${icon('check-circle')} ${t('fine')}` : html`${above} ${t('above')}`
  const period = html`<span class="nowrap">${round.period.from} – ${round.period.to}</span>`
  return box('scale', `/fees/assessments/${round.id}`, t('assessment'), main, html`${round.title} ${period}`)
}

function timesFact({ language, t }: FrontDesk, figures: ClearanceAnswer['data']): Html {
  const month = figures
    .map((one) => one.month ?? '')
    .toSorted()
    .at(-1)
  if (month === undefined) return box('clock', '/statistics', t('times'), '–', t('noTimes'))
  const ofMonth = figures.filter((one) => one.month === month)
  const nameOf = (direction = '') =>
    Object.hasOwn(directionNames, direction)
      ? say(language, directionNames[direction as keyof typeof directionNames])
      : direction
  const main = ofMonth.map(
    ({ direction, median }) =>
      html`<span class="nowrap"><small>${nameOf(direction)}</small> ${Number(median).toFixed(1)} ${t('hours')}</span> `,
  )
  return box('clock', '/statistics', t('times'), html`${main}`, html`${month} · ${t('median')}`)
}

function drawFact({ language, t }: FrontDesk, draws: readonly DrawAnswer[]): Html {
  const draw = draws.find(({ status }) => status === 'open') ?? draws[0]
  if (draw === undefined) return box('shield-check', '/draws', t('draw'), '–', t('noDraw'))
  const href = `/draws/${draw.agency}/${draw.day}`
  const more = html`${draw.day} · ${say(language, drawStatusNames[draw.status])}`
  return box('shield-check', href, t('draw'), html`${draw.lots} <small>${t('lots')}</small>`, more)
}
