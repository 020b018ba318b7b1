import { html } from 'hono/html'
import type { RunAnswer, RunReadAnswer } from '../../../../schemas/conformance.ts'
import { limits } from '../../../limits.ts'
import type { Language } from '../../../problem.ts'
import type { Desk as AnyDesk } from '../../desk.ts'
import { icon } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { atPort, fact, scrolling } from '../../pieces.ts'
import { toneTag } from '../../status.ts'
import { say } from '../../words.ts'
import { foundBox, matrixBox, reasonsBox } from './matrix.ts'
import { type conformanceWords, runStates, verdictLooks } from './words.ts'

export type Desk = AnyDesk<keyof typeof conformanceWords>

export const runPath = (id: string): string => `/conformance/${encodeURIComponent(id)}`
const isUnderWay = ({ status }: RunAnswer): boolean => status === 'waiting' || status === 'running'

/** How a run stands; one that is done, by what it found. */
export function runTag(language: Language, { status, targets }: RunAnswer): Html {
  const { name, look } = runStates[status]
  const isKept = targets.every(({ notConformant }) => notConformant === 0)
  const [tone, picture] =
    status !== 'done' ? look : isKept ? (['good', 'check-circle'] as const) : (['bad', 'x-circle'] as const)
  return toneTag(tone, picture, say(language, name))
}

/** How a run came out so far. */
function resultOf(language: Language, { targets }: RunAnswer): Html {
  const sum = (of: 'conformant' | 'notConformant' | 'notApplicable') => targets.reduce((all, one) => all + one[of], 0)
  return html`${(
    [
      ['conformant', 'conformant'],
      ['not-conformant', 'notConformant'],
      ['not-applicable', 'notApplicable'],
    ] as const
  ).flatMap(([verdict, of]) => {
    const { name, look } = verdictLooks[verdict]
    return sum(of) === 0
      ? []
      : [html`<span class="judged-as tone-${look[0]}">${icon(look[1])} ${sum(of)} ${say(language, name)}</span> `]
  })}`
}

export function runsTable({ t, language }: Desk, runs: readonly RunAnswer[]): Html {
  if (runs.length === 0) return html`<p>${t('none')}</p>`
  return scrolling(
    t('runs'),
    html`<table class="stack runs"><thead><tr>${(['started', 'what', 'state', 'result', 'by'] as const).map((name) => html`<th scope="col">${t(name)}</th>`)}</tr></thead><tbody>${runs.map(
      (run) => html`<tr><th scope="row" class="nowrap"><a href="${runPath(run.id)}">${atPort(run.createdAt)}</a></th>
<td data-label="${t('what')}"><div>${t(run.what)}<small>${run.url ?? run.targets.map(({ name }) => say(language, name)).join(language === 'zh' ? '、' : ', ')}</small></div></td>
<td data-label="${t('state')}">${runTag(language, run)}</td><td data-label="${t('result')}"><div>${resultOf(language, run)}</div></td><td data-label="${t('by')}"><span>${run.by}</span></td></tr>`,
    )}</tbody></table>`,
  )
}

/** One run: how far it is, and what was said. What is under way shows itself anew: by script, or by being loaded again. */
export function runPage(desk: Desk, run: RunReadAnswer): Promise<Response> {
  const { t, language } = desk
  const underWay = isUnderWay(run)
  const title = `${t('title')} · ${atPort(run.createdAt)}`
  return desk.show(
    {
      title,
      here: runPath(run.id),
      scripts: ['conformance-live.js'],
      ...(underWay
        ? {
            head: html`<noscript><meta http-equiv="refresh" content="${limits.conformanceRefreshSeconds}"></noscript>`,
          }
        : {}),
    },
    html`<nav class="crumbs"><a href="/conformance">${t('title')}</a></nav>
<div id="live" data-seconds="${limits.conformanceRefreshSeconds}"${underWay ? html` data-under-way` : ''}>
<h1>${t(run.what)} ${runTag(language, run)}</h1>
${progressBox(desk, run, underWay)}
${run.trouble === undefined ? '' : html`<section class="problem" role="alert"><p>${language === 'zh' ? run.trouble.detailZh : run.trouble.detail}</p></section>`}
<dl class="facts">${fact(t('url'), run.url)}${fact(t('result'), resultOf(language, run))}${fact(t('started'), run.startedAt && atPort(run.startedAt))}${fact(t('by'), run.by)}
${underWay ? '' : fact(t('reports'), downloads(run))}</dl>
${foundBox(desk, run)}${matrixBox(desk, run)}${reasonsBox(desk, run)}</div>`,
  )
}

const downloads = ({ links }: RunAnswer): Html =>
  html`${icon('arrow-down-tray')} <a href="${links.junit}">JUnit XML</a> · <a href="${links.json}">JSON</a> · <a href="${links.markdown}">Markdown</a>`

function progressBox({ t, language }: Desk, run: RunReadAnswer, underWay: boolean): Html | '' {
  if (!underWay) return ''
  const done = run.targets.filter(({ complete }) => complete).length
  const judged = run.targets.reduce((all, one) => all + one.conformant + one.notConformant + one.notApplicable, 0)
  const at = run.targets.find(({ scenarios, complete }) => scenarios !== undefined && !complete)
  // Within a target as far as it is; what was not begun counts as nothing.
  const part =
    at?.scenarios === undefined ? 0 : (at.conformant + at.notConformant + at.notApplicable) / Math.max(1, at.scenarios)
  const told = `${judged} ${t('judged')}, ${done}/${run.targets.length} ${t('targetsOf')}`
  return html`<p><label>${t('progress')} <progress max="${run.targets.length}" value="${(done + part).toFixed(2)}"></progress></label>
<span id="told" aria-busy="true">${told}${at === undefined ? '' : html` · ${say(language, at.name)}`}</span> <noscript><a href="${runPath(run.id)}">${t('again')}</a></noscript></p>`
}
