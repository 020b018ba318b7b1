import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Declaration } from '../../../schemas/declaration/index.ts'
import type { Adapters } from '../../filing/plan.ts'
import type { Env } from '../../services.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { visitorOf } from '../session.ts'
import { say } from '../words.ts'
import { declarationActions } from './actions/index.ts'
import type { TraderDesk } from './board.ts'
import { changeNames, changeStatuses } from './change-words.ts'
import { type DeclarationShown, declarationHead, openTraderDesk, selfOf, summaryOf } from './head.ts'
import { type Action, saidTo, untilMark } from './needs.ts'
import { pictureOf } from './picture.ts'
import { referencesOf } from './references.ts'
import { timelineOf } from './timeline.ts'

/** A declaration 申报详情: what is asked of its trader, what waits for what, its numbers, and what happened, as it happens. */
export function declarationPage(pages: Hono<Env>, app: Hono<Env>, adapters: Adapters): void {
  pages.get('/declarations/:id', async (context) => {
    const desk = openTraderDesk(app, context)
    const self = selfOf(context.req.param('id'))
    const [read, document] = await Promise.all([
      desk.api.get<DeclarationShown>(self),
      desk.api.get<Declaration>(`${self}/document`),
    ])
    if (!read.ok) return desk.refuse(read)
    const declaration = read.body
    return desk.show(
      { title: declaration.functionalReferenceId, scripts: ['declaration-live.js'] },
      html`${declarationHead(desk, declaration, 'overview')}
${summaryOf(desk, declaration, document.ok ? document.body : undefined)}
${needsOf(desk, declaration)}
<section id="actions" data-live aria-label="${desk.t('can')}">${declarationActions(desk.language, declaration, visitorOf(context)?.role)}</section>
${pictureOf(desk, declaration)}
<div class="beside">${timelineOf(desk, declaration)}${referencesOf(desk, declaration)}</div>
${changesOf(desk, declaration)}${notFiled(desk, declaration, adapters)}`,
    )
  })
}

/** What is asked of the trader now; what somebody else has to do, below it. */
export function needsOf(desk: TraderDesk, declaration: DeclarationShown): Html {
  const { t } = desk
  const isAsked = declaration.needsAction.some(({ by }) => by === 'trader')
  return html`<section id="needs" data-live class="needs${isAsked ? '' : ' calm'}" aria-labelledby="needs-head"><h2 id="needs-head">${isAsked ? html`${icon('exclamation-triangle')} ${t('needsYou')}` : html`${icon('check-circle')} ${t('settled')}`}</h2>${actionsBox(desk, declaration)}</section>`
}

/** What is to be done about a declaration, or about one of its filings: the trader's own first. */
export function actionsBox(desk: TraderDesk, declaration: DeclarationShown, filingId?: string): Html {
  const { language, t } = desk
  const isWhole = filingId === undefined
  const shown = declaration.needsAction.filter((action) => isWhole || action.filingId === filingId)
  const [mine, theirs] = [shown.filter(({ by }) => by === 'trader'), shown.filter(({ by }) => by !== 'trader')]
  return html`${mine.length === 0 ? '' : html`<ul>${mine.map((action) => actionLine(desk, declaration.id, action, isWhole))}</ul>`}${
    theirs.length === 0
      ? ''
      : html`<h3>${t('others')}</h3><ul class="theirs">${theirs.map((action) => html`<li>${t(action.by === 'agency' ? 'byAgency' : 'byOperator')}: ${saidTo(language, action.what)}${untilMark(desk, action.until)}</li>`)}</ul>`
  }`
}

/** @param hasLink whether the filing it is about is a page away */
function actionLine(desk: TraderDesk, declarationId: string, action: Action, hasLink: boolean): Html {
  const { language, t } = desk
  const { what, until, needs = [], filingId } = action
  return html`<li><p>${saidTo(language, what)}${untilMark(desk, until)}${hasLink ? html` <a class="on-screen" href="/declarations/${declarationId}/filings/${filingId}">${t('openFiling')} ${icon('arrow-right')}</a>` : ''}</p>${
    needs.length === 0
      ? ''
      : html`<details${needs.length <= 3 ? html` open` : ''}><summary>${t('missing')} (${needs.length})</summary><ul>${needs.map((one) => html`<li>${language === 'zh' ? one.detailZh : one.detail} <small><code>${one.pointer}</code></small></li>`)}</ul></details>`
  }</li>`
}

function changesOf({ language, t }: TraderDesk, { id, changes, coveredBy = [] }: DeclarationShown): Html | '' {
  if (changes.length === 0 && coveredBy.length === 0) return ''
  return html`<section id="changes" data-live aria-labelledby="changes-head">${
    changes.length === 0
      ? ''
      : html`<h2 id="changes-head">${t('changes')}</h2><ul>${changes.map((change) => html`<li><a href="/declarations/${id}/versions#change-${change.id}">${say(language, changeNames[change.kind])}</a>: ${say(language, changeStatuses[change.status])}</li>`)}</ul>`
  }${
    coveredBy.length === 0
      ? ''
      : html`<h2${changes.length === 0 ? html` id="changes-head"` : ''}>${t('coveredBy')}</h2><ul>${coveredBy.map((one) => html`<li><a href="/declarations/${one.declarationId}/filings/${one.filingId}">${one.agency} ${one.procedure}</a></li>`)}</ul>`
  }</section>`
}

/** What is not filed, with the reasons of the plan. */
function notFiled({ language, t }: TraderDesk, { plan }: DeclarationShown, adapters: Adapters): Html | '' {
  const left = plan.filter(({ files }) => !files)
  if (left.length === 0) return ''
  return html`<details class="not-filed"><summary>${t('notFiled')} (${left.length})</summary><ul>${left.map(
    ({ agency, name, because }) =>
      html`<li>${say(language, adapters[agency]?.name ?? { en: agency, zh: agency })} · ${say(language, name)}: ${say(language, because)}</li>`,
  )}</ul></details>`
}
