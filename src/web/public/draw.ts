import { html } from 'hono/html'
import type { DrawAnswer, PublicLotAnswer } from '../../../schemas/draw.ts'
import { limits } from '../../limits.ts'
import type { Answered } from '../api.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { atPort, fact, scrolling, withQuery } from '../pieces.ts'
import { toneTag } from '../status.ts'
import { say } from '../words.ts'
import { outcomeNames } from './draw-words.ts'
import { type DrawDesk, drawTag } from './draws.ts'
import { agencyNames } from './named.ts'
import { morePages } from './paging.ts'

type Lots = Answered<{ data: PublicLotAnswer[]; nextCursor?: string }>

/** One day of an agency's draw 抽查日: what was sealed, what came out, and how anybody checks it. */
export async function drawPage(desk: DrawDesk): Promise<Response> {
  const { api, context, language, t } = desk
  const { agency = '', day = '' } = context.req.param() as { agency?: string; day?: string }
  const self = `/v1/draws/${encodeURIComponent(agency)}/${encodeURIComponent(day)}`
  const only = context.req.query('only') === 'selected' ? 'selected' : undefined
  const [draw, lots, names] = await Promise.all([
    api.get<DrawAnswer>(self),
    api.get<{ data: PublicLotAnswer[]; nextCursor?: string }>(
      withQuery(`${self}/lots`, { only, after: context.req.query('after'), limit: String(limits.pageDefault) }),
    ),
    agencyNames(api),
  ])
  if (!draw.ok) return desk.refuse(draw)
  const title = `${t('title')} · ${names(agency, language)} · ${day}`
  const content = html`<p class="crumbs"><a href="/draws">${t('title')}</a></p>
<h1>${names(agency, language)} · ${day} ${drawTag(desk, draw.body)}</h1>
${draw.body.late ? html`<p class="notice bad">${icon('exclamation-triangle')} ${t('late')}</p>` : ''}
${sumsBox(desk, draw.body)}
${recheckBox(desk, draw.body)}
${sealedBox(desk, draw.body)}
${draw.body.status === 'revealed' ? lotsBox(desk, lots, only) : ''}`
  const scripts = draw.body.links.file === undefined ? {} : { scripts: ['draw-check.js'] }
  return desk.show({ title, ...scripts }, content)
}

function sumsBox({ t }: DrawDesk, { lots, selected, officers, officersDrawn }: DrawAnswer): Html {
  const share = selected === undefined || lots === 0 ? '' : ` (${((selected * 100) / lots).toFixed(1)} %)`
  return html`<dl class="sums"><div class="main"><dt>${t('lots')}</dt><dd>${lots}</dd></div>
<div><dt>${t('selected')}</dt><dd>${selected === undefined ? '–' : `${selected}${share}`}</dd></div>
<div><dt>${t('officersInDraw')}</dt><dd>${officers.length} <small>(${officersDrawn} ${t('officersDrawn')})</small></dd></div></dl>`
}

/** How anybody works it out again, in words a citizen understands. */
function recheckBox({ context, t }: DrawDesk, draw: DrawAnswer): Html {
  const { file } = draw.links
  if (file === undefined || draw.closing === undefined)
    return html`<section class="panel" aria-labelledby="recheck"><h2 id="recheck">${icon('shield-check')} ${t('recheck')}</h2><p>${t('recheckLater')}</p></section>`
  const name = `draw-${draw.agency}-${draw.day}.ndjson`
  const { origin } = new URL(context.req.url)
  const command = `curl -o ${name} ${origin}${file}\nnpm run draw:verify -- ${name} --draw ${draw.hash} --root ${draw.closing.root}`
  return html`<section class="panel" aria-labelledby="recheck"><h2 id="recheck">${icon('shield-check')} ${t('recheck')}</h2><p>${t('recheckIn')}</p>
<pre><code>${command}</code></pre>
<p class="actions on-screen"><a role="button" class="outline" href="${file}" download="${name}">${icon('arrow-down-tray')} ${t('download')}</a>
<button type="button" hidden data-check="${file}" data-draw="${draw.hash}" data-root="${draw.closing.root}" data-working="${t('hereWorking')}" data-right="${t('hereRight')}" data-wrong="${t('hereWrong')}">${icon('play')} ${t('here')}</button></p>
<p data-checked role="status" aria-live="polite"></p>
<p><small>${t('ownLot')} <a href="/v1/draws/verify">${t('manual')}</a></small></p></section>`
}

function sealedBox({ t }: DrawDesk, draw: DrawAnswer): Html {
  const hash = (text: string | undefined) => (text === undefined ? undefined : html`<code>${text}</code>`)
  const told = draw.revealedAt === undefined ? '' : html` <small>${t('told')} ${atPort(draw.revealedAt)}</small>`
  return html`<dl class="facts">${fact(t('begins'), `${atPort(draw.beginsAt)} – ${atPort(draw.endsAt)}`)}
${fact(t('sealedAt'), atPort(draw.committedAt))}
${fact(t('fingerprint'), hash(draw.seedHash))}
${draw.seed === undefined ? '' : fact(t('seed'), html`<code>${draw.seed}</code>${told}`)}
${fact(t('sealed'), hash(draw.hash))}${fact(t('head'), hash(draw.head))}${fact(t('root'), hash(draw.closing?.root))}
${fact(t('officersInDraw'), draw.officers.length === 0 ? t('noOfficers') : draw.officers.join(', '))}</dl>`
}

function lotsBox(desk: DrawDesk, lots: Lots, only: 'selected' | undefined): Html | '' {
  const { context, t } = desk
  if (!lots.ok) return ''
  const { path } = context.req
  const way = (name: 'allLots' | 'onlySelected', href: string, isHere: boolean) =>
    html`<li><a href="${href}#results"${isHere ? html` aria-current="true"` : ''}>${t(name)}</a></li>`
  return html`<section aria-labelledby="results"><h2 id="results">${t('results')}</h2><p class="note">${t('resultsAbout')}</p>
<ul class="tags on-screen">${way('allLots', path, only === undefined)}${way('onlySelected', `${path}?only=selected`, only !== undefined)}</ul>
${lots.body.data.length === 0 ? html`<p>${t('noLots')}</p>` : lotsTable(desk, lots.body.data)}${morePages(desk, lots.body.nextCursor)}</section>`
}

/** Millionths as per cent. */
const percent = (ppm: number): string => `${(ppm / 10_000).toFixed(2)} %`

function lotsTable({ language, t }: DrawDesk, lots: readonly PublicLotAnswer[]): Html {
  const outcome = ({ selected }: PublicLotAnswer) =>
    selected ? toneTag('care', 'magnifying-glass', t('isSelected')) : html`<span class="dim">${t('notSelected')}</span>`
  const found = ({ selected, result }: PublicLotAnswer) => {
    if (!selected) return ''
    return result === undefined
      ? html`<span class="dim">${t('pending')}</span>`
      : html`${say(language, outcomeNames[result.outcome])} <small>${result.inspectedOn}</small>`
  }
  return scrolling(
    t('results'),
    html`<table class="tight"><thead><tr><th scope="col" class="number">${t('number')}</th><th scope="col">${t('lot')}</th><th scope="col" class="number">${t('chance')}</th><th scope="col">${t('outcome')}</th><th scope="col">${t('officers')}</th><th scope="col">${t('found')}</th></tr></thead>
<tbody>${lots.map(
      (lot) =>
        html`<tr${lot.selected ? html` class="picked"` : ''}><th scope="row" class="number">${lot.number}</th><td data-label="${t('lot')}"><code class="short" title="${lot.lot}">${lot.lot.slice(0, 12)}…</code></td><td data-label="${t('chance')}" class="number">${percent(lot.ppm)}</td><td data-label="${t('outcome')}">${outcome(lot)}</td><td data-label="${t('officers')}">${lot.officers.join(', ')}</td><td data-label="${t('found')}"><span>${found(lot)}</span></td></tr>`,
    )}</tbody></table>`,
  )
}
