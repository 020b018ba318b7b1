import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { z } from 'zod'
import type { changeAnswer, differencesAnswer } from '../../../schemas/answers.ts'
import type { Env } from '../../services.ts'
import type { Html } from '../layout.ts'
import { atPort, choice, scrolling, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { changeNames, changeStatuses } from './change-words.ts'
import { dataBox } from './data.ts'
import { type DeclarationShown, declarationHead, selfOf } from './head.ts'
import { statusMark } from './marks.ts'
import { openPartDesk, type PartDesk } from './part-desk.ts'

type Change = z.infer<typeof changeAnswer>
type Differences = z.infer<typeof differencesAnswer>

/** Versions 版本 of a declaration, what differs between two, and the changes that made them. */
export function versionsPage(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/declarations/:id/versions', async (context) => {
    const desk = openPartDesk(app, context)
    const self = selfOf(context.req.param('id'))
    const { from, to } = context.req.query()
    const [read, changes, differences] = await Promise.all([
      desk.api.get<DeclarationShown>(self),
      desk.api.get<{ readonly data: readonly Change[] }>(`${self}/changes`),
      from === undefined ? undefined : desk.api.get<Differences>(withQuery(`${self}/differences`, { from, to })),
    ])
    if (!read.ok) return desk.refuse(read)
    const declaration = read.body
    const chosen = { from: from ?? String(Math.max(1, declaration.version - 1)), to: to ?? String(declaration.version) }
    return desk.show(
      { title: `${desk.trader.t('versions')} · ${declaration.functionalReferenceId}` },
      html`${declarationHead(desk.trader, declaration, 'versions')}<p class="note">${desk.t('versionsWhy')}</p>
${versionList(desk, declaration)}${declaration.version === 1 ? '' : compareForm(desk, declaration, chosen)}
${differences === undefined ? '' : differences.ok ? differencesBox(desk, differences.body) : html`<p role="alert" class="wrong">${differences.problem.title}</p>`}
${changes.ok ? changesBox(desk, declaration, changes.body.data) : ''}`,
    )
  })
}

function versionList({ t, trader }: PartDesk, { id, version }: DeclarationShown): Html {
  const path = `${selfOf(id)}/document`
  return html`<ul class="versions">${Array.from({ length: version }, (_, at) => version - at).map(
    (one) =>
      html`<li><strong>${trader.t('version')} ${one}</strong>${one === version ? html` <span class="tag">${t('counts')}</span>` : ''} · <a href="${path}?version=${one}">${t('canonical')}</a> · <a href="${path}?version=${one}&amp;form=raw">${t('handedIn')}</a></li>`,
  )}</ul>`
}

function compareForm(
  { t }: PartDesk,
  { id, version }: DeclarationShown,
  { from, to }: { from: string; to: string },
): Html {
  const versions = Array.from({ length: version }, (_, at) => ({ value: String(at + 1), name: String(at + 1) }))
  return html`<form method="get" action="/declarations/${id}/versions" class="filters">${choice({ name: 'from', label: t('older'), chosen: from }, versions)}${choice({ name: 'to', label: t('newer'), chosen: to }, versions)}<button type="submit">${t('compare')}</button></form>`
}

function differencesBox({ t }: PartDesk, { from, to, data }: Differences): Html {
  const heads = [t('field'), t('before'), t('afterwards')] as const
  return html`<section aria-labelledby="differences"><h2 id="differences">${from} → ${to}</h2>${
    data.length === 0
      ? html`<p class="notice">${t('noDifference')}</p>`
      : scrolling(
          t('compare'),
          html`<table class="stack"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${data.map(
            ({ pointer, before, after }) =>
              html`<tr><th scope="row"><code>${pointer}</code></th><td data-label="${heads[1]}"><div>${before === undefined ? '–' : html`<del>${dataBox(before)}</del>`}</div></td><td data-label="${heads[2]}"><div>${after === undefined ? '–' : html`<ins>${dataBox(after)}</ins>`}</div></td></tr>`,
          )}</tbody></table>`,
        )
  }</section>`
}

function changesBox(
  { language, t, trader }: PartDesk,
  declaration: DeclarationShown,
  changes: readonly Change[],
): Html | '' {
  if (changes.length === 0) return ''
  return html`<section aria-labelledby="changes"><h2 id="changes">${trader.t('changes')}</h2>${changes.map(
    (
      change,
    ) => html`<article id="change-${change.id}" class="panel"><h3>${say(language, changeNames[change.kind])} <span class="tag">${say(language, changeStatuses[change.status])}</span></h3>
<p><time datetime="${change.at}">${atPort(change.at)}</time> · ${t('reason')}: ${change.reason}</p>
<ul>${change.filings.map((filing) => html`<li><a href="/declarations/${declaration.id}/filings/${filing.id}">${say(language, filing.agencyName)} · ${say(language, filing.procedureName)}</a> ${statusMark(language, filing.status)}${filing.lastReceipt === undefined ? '' : html` <q lang="und">${filing.lastReceipt.text}</q>`}</li>`)}</ul>
${change.version === undefined || change.status === 'withdrawn' ? '' : html`<p class="on-screen"><a href="/declarations/${declaration.id}/versions?from=${change.before}&amp;to=${change.version}">${t('compare')} ${change.before} → ${change.version}</a></p>`}</article>`,
  )}</section>`
}
