import { html } from 'hono/html'
import type { Refused } from '../../desk.ts'
import { choiceField, given, lineField, wrongAt } from '../../form.ts'
import { icon } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { fact, scrolling, withQuery } from '../../pieces.ts'
import { type Bench, type Head, sureField } from './bench.ts'
import { modeName } from './clock.ts'
import { atClock } from './instants.ts'

/** What was tried with a session and refused: which form it was, and why. */
export interface SessionTry {
  readonly what: 'make' | 'snapshot' | 'reset' | 'end'
  readonly form: URLSearchParams
  /** Absent: it was not confirmed. */
  readonly refused?: Refused
}
/** A session, or something of it, below the control of the simulator. */
export const sessionPath = (id: string, ...more: readonly string[]): string =>
  ['/sessions', ...[id, ...more].map((part) => encodeURIComponent(part))].join('/')

/** The session a page is about: how to use it, its snapshots, and what cannot be undone. */
export function sessionSection(bench: Bench, { place, sessions, id }: Head, tried: SessionTry | undefined): Html {
  const { t, language, link } = bench
  const session = sessions.find((one) => one.id === id)
  const base = `/simulator${sessionPath(id)}`
  const wrong = (what: SessionTry['what']): string[] =>
    tried?.what === what && tried.refused !== undefined ? [tried.refused.problem.detail] : []
  const danger = (what: 'reset' | 'end') =>
    html`<form method="post" action="${link(`${base}/${what}`)}" class="sim-danger" novalidate><h4>${t(what)}</h4><p class="note">${what === 'reset' ? t('resetHelp') : t('endHelp')}</p>
${wrong(what).map((one) => html`<p class="wrong" role="alert">${one}</p>`)}
${sureField(bench, `sure-${what}`, tried?.what === what && tried.refused === undefined)}
<button type="submit" class="secondary">${icon(what === 'reset' ? 'arrow-path' : 'trash')} ${t(what)}</button></form>`
  return html`<section aria-labelledby="session-now"><h2 id="session-now">${t('thisSession')}: <code>${id}</code></h2>
<div class="sim-columns"><div><h3>${t('use')}</h3><dl class="facts sim-use">
${fact(t('byHeader'), html`<code>X-Sim-Session: ${id}</code>`)}
${fact(t('byAddress'), html`<code>${place.url}/sessions/${id}/…</code>`)}
${fact(t('wholeGateway'), html`<code>SIMULATOR_URL=${place.url}/sessions/${id}</code>`)}
${fact(t('byGateway'), html`<code>/v1/simulator/control/…</code> · <a href="/docs#tag/simulator">OpenAPI</a>`)}
${fact(t('seed'), session?.seed === undefined ? undefined : html`<code>${session.seed}</code>`)}
${fact(t('callback'), session?.callbackUrl === undefined ? undefined : html`<code>${session.callbackUrl}</code>`)}</dl></div>
<div id="snapshots"><h3>${t('snapshots')}</h3>${snapshotList(bench, base, session?.snapshots ?? [])}
<form method="post" action="${link(`${base}/snapshots`)}" class="sim-inline" novalidate>${lineField({
    name: 'name',
    label: t('snapshotName'),
    value: tried?.what === 'snapshot' ? given(tried.form, 'name') : '',
    help: t('idHelp'),
    max: 63,
    errors: wrong('snapshot'),
  })}<button type="submit" class="secondary outline">${t('takeSnapshot')}</button></form></div></div>
<details class="more"${tried?.what === 'reset' || tried?.what === 'end' ? html` open` : ''}><summary>${t('danger')}</summary><p>${t('snapshotFirst')}</p><div class="sim-columns">${danger('reset')}${danger('end')}</div></details></section>
${sessionsSection(bench, { place, sessions, id }, tried?.what === 'make' ? tried : undefined, language)}`
}

function snapshotList({ t, link }: Bench, base: string, names: readonly string[]): Html {
  if (names.length === 0) return html`<p class="note">${t('noSnapshots')}</p>`
  return html`<ul class="sim-snapshots">${names.map(
    (name) => html`<li><code>${name}</code>
<form method="post" action="${link(`${base}/snapshots/restore`)}"><button class="quiet" type="submit" name="snapshot" value="${name}" aria-label="${t('restore')}: ${name}">${t('restore')}</button></form>
<form method="post" action="${link(`${base}/snapshots/drop`)}"><button class="quiet" type="submit" name="snapshot" value="${name}" aria-label="${t('drop')}: ${name}">${t('drop')}</button></form></li>`,
  )}</ul>`
}

/** All sessions, and a form for another. */
function sessionsSection(
  bench: Bench,
  { sessions, place, id }: Head,
  tried: SessionTry | undefined,
  language: Bench['language'],
): Html {
  const { t } = bench
  const value = (name: string) => (tried === undefined ? '' : given(tried.form, name))
  const errors = tried?.refused?.problem.errors
  const at = (name: string) => wrongAt(errors, `/${name}`, language)
  const rest = tried?.refused !== undefined && (errors ?? []).length === 0 ? [tried.refused.problem.detail] : []
  return html`<section aria-labelledby="sessions"><h2 id="sessions">${t('sessions')}</h2>
${scrolling(
  t('sessions'),
  html`<table class="stack"><thead><tr>${(['session', 'clock', 'mode', 'seed', 'scripts', 'snapshots'] as const).map((one) => html`<th scope="col">${t(one)}</th>`)}</tr></thead>
<tbody>${sessions.map(
    (one) =>
      html`<tr><th scope="row"><a href="${withQuery('/simulator', { session: one.id })}"${one.id === id ? html` aria-current="true"` : ''}>${one.id}</a>${one.id === place.session ? html` <span class="tag">${t('ownSession')}</span>` : ''}</th>
<td data-label="${t('clock')}">${one.clock === undefined ? t('asleep') : html`<time datetime="${one.clock.now}">${atClock(one.clock.now)}</time>`}</td><td data-label="${t('mode')}">${one.clock === undefined ? '' : modeName(bench, one.clock.mode)}</td>
<td data-label="${t('seed')}">${one.seed ?? ''}</td><td data-label="${t('scripts')}">${one.scripts?.length ?? ''}</td><td data-label="${t('snapshots')}">${one.snapshots?.length ?? ''}</td></tr>`,
  )}</tbody></table>`,
)}
<details class="more" id="new"${tried === undefined ? '' : html` open`}><summary>${t('newSession')}</summary>
<form method="post" action="/simulator/sessions" class="entry" novalidate>${rest.map((one) => html`<p class="wrong" role="alert">${one}</p>`)}<div class="fields">
${lineField({ name: 'id', label: t('id'), value: value('id'), help: t('idHelp'), max: 63, errors: at('id') })}
${lineField({ name: 'seed', label: t('seed'), value: value('seed'), help: t('seedHelp'), max: 200, errors: at('seed') })}
${lineField({ name: 'startAt', label: t('startAt'), value: value('startAt'), help: t('startHelp'), example: '2026-11-20T09:00', errors: at('startAt') })}
${choiceField({ name: 'mode', label: t('mode'), value: value('mode') || 'frozen', errors: at('mode') }, [
  { value: 'frozen', name: t('frozen') },
  { value: 'run', name: t('run') },
  { value: 'jump', name: t('jump') },
])}
${lineField({ name: 'run', label: t('runId'), value: value('run'), help: t('runHelp'), max: 16, errors: at('run') })}
${lineField({ name: 'callbackUrl', label: t('callback'), value: value('callbackUrl'), help: t('callbackHelp'), example: 'http://127.0.0.1:8080', errors: at('callbackUrl') })}
</div><button type="submit">${t('make')}</button></form></details></section>`
}
