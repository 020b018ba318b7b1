import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { z } from 'zod'
import type { declarationAnswer, filingAnswer } from '../../../schemas/answers.ts'
import type { Declaration } from '../../../schemas/declaration/index.ts'
import type { Env } from '../../services.ts'
import { openDesk } from '../desk.ts'
import { directionNames } from '../fees/words.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { atPort } from '../pieces.ts'
import { say } from '../words.ts'
import type { TraderDesk } from './board.ts'
import { overallMark } from './marks.ts'
import { modesInWords, placeName } from './places.ts'
import { traderWords } from './words.ts'

export type DeclarationShown = z.infer<typeof declarationAnswer>
export type FilingShown = z.infer<typeof filingAnswer>

/** Parts of the pages of a declaration, each on a page of its own: the way there, and its name. */
const tabs = ['overview', 'messages', 'costs', 'papers', 'reads', 'versions', 'print'] as const
export type Tab = (typeof tabs)[number]

/** The desk of a page of a declaration, and its path. */
export const openTraderDesk = (app: Hono<Env>, context: Context<Env>): TraderDesk =>
  openDesk(app, context, 'board', traderWords)

/** Where the interface has a declaration that a path names, whatever that holds. */
export const selfOf = (id: string): string => `/v1/declarations/${encodeURIComponent(id)}`

/** Way back, name, status and parts of a declaration. @param document absent where it was not read */
export function declarationHead(desk: TraderDesk, declaration: DeclarationShown, at: Tab | undefined): Html {
  const { language, t } = desk
  const { id, functionalReferenceId, status, statusName } = declaration
  const path = `/declarations/${id}`
  return html`<p class="crumbs on-screen"><a href="/declarations">${t('board')}</a> › ${at === undefined || at !== 'overview' ? html`<a href="${path}">${functionalReferenceId}</a>` : functionalReferenceId}</p>
<div class="heading"><h1>${functionalReferenceId}</h1><p id="standing" data-live>${overallMark(language, status, statusName)}</p></div>
<nav class="parts on-screen" aria-label="${t('parts')}"><ul>${tabs.map((tab) => {
    const count = tab === 'reads' && declaration.reads !== undefined ? ` (${declaration.reads.count})` : ''
    return html`<li><a href="${path}${tab === 'overview' ? '' : `/${tab}`}"${tab === at ? html` aria-current="page"` : ''}>${tab === 'print' ? html`${icon('printer')} ` : ''}${t(tab)}${count}</a></li>`
  })}</ul></nav>`
}

/** What is declared, in one line each: the way of the goods, the goods, the firm, when it was taken in and released. */
export function summaryOf(desk: TraderDesk, declaration: DeclarationShown, document: Declaration | undefined): Html {
  const { language, t } = desk
  const { times } = declaration
  const shipment = document?.goodsShipment
  const legs = shipment?.consignment.legs ?? []
  const [first, last] = [legs[0], legs.at(-1)]
  const [item, ...others] = shipment?.items ?? []
  const firm = shipment?.exporter ?? shipment?.importer
  return html`<dl class="facts brief">
${row(t('direction'), say(language, directionNames[declaration.direction]))}
${
  first === undefined || last === undefined
    ? ''
    : row(
        t('route'),
        html`${[first.from, ...legs.map(({ to }) => to)].map((place) => placeName(language, place)).join(' → ')} <small>${modesInWords(
          language,
          legs.map(({ modeCode }) => modeCode),
        )}</small>`,
      )
}
${item === undefined ? '' : row(t('goods'), html`${item.name}${others.length > 0 ? ` +${others.length}` : ''}`)}
${firm === undefined ? '' : row(t('firm'), firm.name ?? '')}
${row(t('accepted'), html`<time datetime="${declaration.acceptedAt}">${atPort(declaration.acceptedAt)}</time>`)}
${times.releasedAt === undefined ? '' : row(t('released'), html`<time datetime="${times.releasedAt}">${atPort(times.releasedAt)}</time>${times.overallHours === undefined ? '' : html` <small>${times.overallHours.toFixed(1)} ${t('hours')}</small>`}`)}
${declaration.version === 1 ? '' : row(t('version'), html`<a href="/declarations/${declaration.id}/versions">${declaration.version}</a>`)}
</dl>`
}
const row = (name: string, value: Html | string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
