import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Declaration } from '../../../schemas/declaration/index.ts'
import type { Quote } from '../../../schemas/fees/quote.ts'
import { limits } from '../../limits.ts'
import type { Env } from '../../services.ts'
import type { Html } from '../layout.ts'
import { atPort, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { askedBox, portFeesBox, timesBox } from './costs.ts'
import { dataBox } from './data.ts'
import { needsOf } from './declaration.ts'
import { eventInWords } from './events-in-words.ts'
import { receiptsOf } from './filing.ts'
import { type DeclarationShown, declarationHead, selfOf, summaryOf } from './head.ts'
import { statusMark } from './marks.ts'
import { certificatesBox } from './papers.ts'
import { openPartDesk, type PartDesk } from './part-desk.ts'
import { edgesBox } from './picture.ts'
import { type ReadShown, readsTable } from './reads.ts'
import { referencesOf } from './references.ts'

/** A declaration as one document to be printed 打印: everything there is of it, its numbers, what was declared; nothing to click. */
export function printPage(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/declarations/:id/print', async (context) => {
    const desk = openPartDesk(app, context)
    const self = selfOf(context.req.param('id'))
    const [read, document, fees, certificates, reads] = await Promise.all([
      desk.api.get<DeclarationShown>(self),
      desk.api.get<Declaration>(`${self}/document`),
      desk.api.get<Quote>(`${self}/port-fees`),
      desk.api.get<{ readonly data: Parameters<typeof certificatesBox>[1] }>(`${self}/certificates`),
      desk.api.get<{ readonly data: readonly ReadShown[] }>(
        withQuery(`${self}/reads`, { limit: String(limits.readsShown) }),
      ),
    ])
    if (!read.ok) return desk.refuse(read)
    const declaration = read.body
    const { t, trader } = desk
    return desk.show(
      { title: declaration.functionalReferenceId, scripts: ['print-page.js'] },
      html`<div class="whole">${declarationHead(trader, declaration, 'print')}
<p class="note">${t('printedOn')} <time datetime="${declaration.updatedAt}">${atPort(declaration.updatedAt)}</time></p><p class="on-screen" id="print" data-word="${t('toPrint')}"></p>
${summaryOf(trader, declaration, document.ok ? document.body : undefined)}${needsOf(trader, declaration)}${referencesOf(trader, declaration)}
${declaration.filings.map((filing) => filingBox(desk, declaration, filing))}
${declaration.costs === undefined ? '' : askedBox(desk, declaration, declaration.costs)}
${fees.ok ? html`<section aria-labelledby="port-fees"><h2 id="port-fees">${t('portFees')}</h2>${portFeesBox(desk, fees.body)}</section>` : ''}
${timesBox(desk, declaration, undefined)}${certificates.ok ? certificatesBox(desk, certificates.body.data) : ''}
${reads.ok && reads.body.data.length > 0 ? html`<section aria-labelledby="reads"><h2 id="reads">${trader.t('reads')}</h2>${readsTable(desk, reads.body.data)}</section>` : ''}
${timelineBox(desk, declaration)}
${document.ok ? html`<section aria-labelledby="document"><h2 id="document">${t('tenantDocument')}</h2>${dataBox(document.body)}</section>` : ''}</div>`,
    )
  })
}

function filingBox(desk: PartDesk, declaration: DeclarationShown, filing: DeclarationShown['filings'][number]): Html {
  const { language } = desk
  return html`<section aria-labelledby="filing-${filing.id}"><h2 id="filing-${filing.id}">${say(language, filing.agencyName)} · ${say(language, filing.procedureName)} ${statusMark(language, filing.status)}</h2>
${edgesBox(desk.trader, declaration, filing)}${receiptsOf(desk, filing)}</section>`
}

function timelineBox({ language, trader }: PartDesk, { timeline = [], filings }: DeclarationShown): Html {
  return html`<section class="timeline" aria-labelledby="timeline"><h2 id="timeline">${trader.t('timeline')}</h2><ol>${timeline.map(
    (event) =>
      html`<li><time datetime="${event.time}">${atPort(event.time)}</time> <span>${eventInWords(language, event, filings)}</span></li>`,
  )}</ol></section>`
}
