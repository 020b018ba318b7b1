import { html } from 'hono/html'
import type { SimulatorOutcomes, SimulatorScript } from '../../../../schemas/simulator.ts'
import { problemOver, type Refused } from '../../desk.ts'
import { given } from '../../form.ts'
import type { Html } from '../../layout.ts'
import type { Bench } from './bench.ts'

/** A script that was sent and refused. */
export interface ScriptTry {
  readonly form: URLSearchParams
  readonly refused: Refused
}
/** What is wrong with a script, and where in its text. */
interface Mistake {
  readonly line: number
  readonly column: number
  readonly detail: string
  readonly detailZh: string
}

/** Scripts of a session 会话脚本: where each stands, and a field to write another. */
export function scriptSection(
  bench: Bench,
  scripts: readonly SimulatorScript[],
  first: SimulatorOutcomes['agencies'][number] | undefined,
  tried: ScriptTry | undefined,
): Html {
  const { t, link, context } = bench
  const text =
    tried !== undefined
      ? given(tried.form, 'script')
      : context.req.query('example') === undefined || first === undefined
        ? ''
        : exampleFor(first)
  const mistakes = mistakesOf(tried)
  const rest = tried !== undefined && mistakes.length === 0 ? problemOver(bench, tried.refused) : ''
  return html`<section aria-labelledby="scripts"><h2 id="scripts">${t('scripts')}</h2><p class="note">${t('scriptsHelp')}</p>
${scripts.length === 0 ? html`<p>${t('noScripts')}</p>` : html`<div class="cards sim-scripts">${scripts.map((one) => scriptCard(bench, one))}</div>`}${rest}
<form method="post" action="${link('/simulator/scripts')}#scripts" class="sim-script" novalidate><div class="field"><label for="script">${t('script')}</label>
<textarea id="script" name="script" rows="${Math.min(24, Math.max(8, text.split('\n').length + 1))}" spellcheck="false" required${mistakes.length === 0 ? '' : html` aria-invalid="true" aria-describedby="script-wrong"`}>
${text}</textarea>${mistakes.length === 0 ? '' : mistakeList(bench, text, mistakes)}</div>
<div class="actions"><button type="submit">${t('load')}</button> <a href="${link('/simulator/scenarios', { example: '1' })}#scripts">${t('example')}</a></div></form></section>`
}

function scriptCard({ t, link }: Bench, { name, states, steps, stopped, machines }: SimulatorScript): Html {
  return html`<article><h3>${name}</h3>${stopped === undefined ? '' : html`<p class="wrong">${t('stopped')}: ${stopped}</p>`}
<p class="sim-states">${t('states')}: ${states.length === 0 ? t('noStates') : states.map(({ state, machines: count }) => html`<span class="tag">${state} × ${count}</span> `)}</p>
<ul>${steps.map(({ name: step, count }) => html`<li>${step} <strong>× ${count}</strong></li>`)}</ul>
${machines.every(({ key }) => key === '') ? '' : html`<details class="more"><summary>${t('reference')}</summary><ul>${machines.map(({ key, state }) => html`<li><code>${key}</code> ${state}</li>`)}</ul></details>`}
<form method="post" action="${link('/simulator/scripts/unload')}"><button type="submit" class="quiet" name="name" value="${name}" aria-label="${t('unload')}: ${name}">${t('unload')}</button></form></article>`
}

function mistakesOf(tried: ScriptTry | undefined): readonly Mistake[] {
  const errors = (tried?.refused.problem.errors ?? []) as readonly Partial<Mistake>[]
  return errors.filter((one): one is Mistake => one.line !== undefined && one.column !== undefined)
}

/** Each mistake with its line and column, and the line itself. */
function mistakeList({ t, language }: Bench, text: string, mistakes: readonly Mistake[]): Html {
  const lines = text.split('\n')
  const place = (line: number, column: number) =>
    language === 'zh'
      ? `第 ${line} ${t('line')}第 ${column} ${t('column')}`
      : `${t('line')} ${line}, ${t('column')} ${column}`
  return html`<div id="script-wrong" class="sim-mistakes" role="alert"><ol>${mistakes.map(
    ({
      line,
      column,
      detail,
      detailZh,
    }) => html`<li><a href="#script" data-line="${line}" data-column="${column}">${place(line, column)}</a>: ${language === 'zh' ? detailZh : detail}
<pre><code>${shownAround(lines[line - 1] ?? '', column)}</code></pre></li>`,
  )}</ol></div>`
}

/** How much of a line is shown around a mistake. */
const around = 60
function shownAround(line: string, column: number): Html {
  const at = Math.min(Math.max(0, column - 1), line.length)
  const [from, to] = [Math.max(0, at - around), at + around]
  return html`${line.slice(from, at)}<mark>${line.slice(at, at + 1) || '␣'}</mark>${line.slice(at + 1, to)}`
}

/** A script to begin with: the first submission is taken as a row of the table says, and its answer comes late. */
function exampleFor({ id, outcomes }: SimulatorOutcomes['agencies'][number]): string {
  return `name: an example
agency: ${id}
starts: fresh
steps:
  - name: the first is taken in another way
    in: fresh
    match:
      method: POST
    outcome: ${outcomes[0]?.magic ?? ''}
    delay: { ms: 200 }
    then: busy

  - name: then nobody is at home, once
    in: busy
    times: 1
    match: {}
    reply:
      status: 503
      headers: { content-type: text/plain }
      body: 'closed at \${now}'
    then: done
`
}
