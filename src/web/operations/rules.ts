import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type {
  ruleDifferencesAnswer,
  ruleTableAnswer,
  ruleTablesAnswer,
  ruleVersionAnswer,
} from '../../../schemas/rules-answers.ts'
import { limits } from '../../limits.ts'
import type { Env, Services } from '../../services.ts'
import type { Html } from '../layout.ts'
import { atPort, fact, scrolling, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { type Desk as AnyDesk, cell, deskOf, morePages } from './desk.ts'
import type { List } from './lanes.ts'
import { publishPages } from './rule-publish.ts'
import { evidenceNames, ruleWords } from './rule-words.ts'

export type RuleDesk = AnyDesk<keyof typeof ruleWords>
export type Version = z.infer<typeof ruleVersionAnswer>
type Tables = z.infer<typeof ruleTablesAnswer>
type Table = z.infer<typeof ruleTableAnswer>
type Differences = z.infer<typeof ruleDifferencesAnswer>

/** Rule tables 规则表: which version holds when, its rows, what changed between two, publishing another. */
export function rulePages(pages: Hono<Env>, app: Hono<Env>, services: Services): void {
  const open = (context: Parameters<typeof deskOf>[1]): RuleDesk => deskOf(app, context, services, 'rules', ruleWords)

  pages.get('/operations/rules', async (context) => {
    const desk = open(context)
    const { t, language } = desk
    const listed = await desk.api.get<Tables>('/v1/rules')
    if (!listed.ok) return desk.refuse(listed)
    return desk.show(
      { title: t('title') },
      html`<h1>${t('title')}</h1><p class="note">${t('about')}</p>
<table class="stack"><thead><tr><th scope="col">${t('table')}</th><th scope="col">${t('holds')}</th><th scope="col">${t('evidence')}</th><th scope="col" class="number">${t('rows')}</th><th scope="col" class="number">${t('versions')}</th></tr></thead>
<tbody>${listed.body.data.map(
        ({ id, title, purpose, holds, versionCount }) =>
          html`<tr><th scope="row"><a href="${ruleHref(id)}">${say(language, title)}</a><small>${say(language, purpose)}</small></th>${cell(t('holds'), holds?.validFrom ?? t('notYet'), 'nowrap')}${cell(t('evidence'), holds === undefined ? '' : say(language, evidenceNames[holds.evidence]))}${cell(t('rows'), holds?.rowCount ?? 0, 'number')}${cell(t('versions'), versionCount, 'number')}</tr>`,
      )}</tbody></table>`,
    )
  })

  publishPages(pages, open)

  pages.get('/operations/rules/:table', async (context) => {
    const desk = open(context)
    const id = context.req.param('table')
    const { on, from, to } = context.req.query()
    const api = `/v1/rules/${encodeURIComponent(id)}`
    const [table, versions, differences] = await Promise.all([
      desk.api.get<Table>(withQuery(api, { on })),
      desk.api.get<List<Version>>(`${api}/versions`),
      from === undefined || from === ''
        ? undefined
        : desk.api.get<Differences>(withQuery(`${api}/differences`, { from, to })),
    ])
    if (!table.ok) return desk.refuse(table)
    if (!versions.ok) return desk.refuse(versions)
    if (differences !== undefined && !differences.ok) return desk.refuse(differences)
    return tablePage(desk, table.body, versions.body.data, differences?.body)
  })
}

/** The page of a rule table. */
export const ruleHref = (id: string): string => `/operations/rules/${encodeURIComponent(id)}`

function tablePage(
  desk: RuleDesk,
  table: Table,
  versions: readonly Version[],
  differences: Differences | undefined,
): Promise<Response> {
  const { t, language, context } = desk
  const { id, title, purpose, holds, on } = table
  const api = `/v1/rules/${id}`
  return desk.show(
    { title: say(language, title) },
    html`<p class="crumbs"><a href="/operations/rules">${t('title')}</a></p><h1>${say(language, title)}</h1><p class="note">${say(language, purpose)}</p>
<dl class="facts">${fact(t('holds'), holds?.validFrom ?? t('notYet'))}${fact(t('source'), holds?.source)}${fact(t('evidence'), holds && say(language, evidenceNames[holds.evidence]))}${fact(t('note'), holds?.note)}</dl>
<p><a role="button" href="${ruleHref(id)}/new">${t('publish')}</a> ${t('download')}: <a href="${withQuery(`${api}/rows.csv`, { on })}">CSV</a> · <a href="${withQuery(api, { on })}">JSON</a></p>
${differences === undefined ? '' : differencesBox(desk, differences)}
<section aria-labelledby="rows"><h2 id="rows">${t('rowsTitle')}</h2>
<search><form method="get" action="${ruleHref(id)}" class="filters"><label>${t('on')} <input type="date" name="on" value="${on}"></label><label>${t('find')} <input name="q" value="${context.req.query('q') ?? ''}" maxlength="100"></label><button type="submit">${t('search')}</button></form></search>
${rowsBox(desk, table.rows)}</section>
<section aria-labelledby="versions"><h2 id="versions">${t('versions')}</h2>${versionsTable(desk, id, versions, holds?.id)}</section>`,
  )
}

/** Rows that have what is looked for anywhere in them, a page at a time. */
function rowsBox(desk: RuleDesk, rows: readonly unknown[]): Html {
  const { t, context } = desk
  const { q = '', after = '0' } = context.req.query()
  const wanted = q.trim().toLowerCase()
  const found = wanted === '' ? rows : rows.filter((row) => JSON.stringify(row).toLowerCase().includes(wanted))
  const from = /^\d{1,5}$/.test(after) ? Number(after) : 0
  const shown = found.slice(from, from + limits.ruleRowsShown)
  if (shown.length === 0) return html`<p>${t('noRows')}</p>`
  const next = found.length > from + shown.length ? String(from + shown.length) : undefined
  return html`<p><small>${found.length} ${t('found')}</small></p>${rowsTable(desk, shown)}${morePages(desk, next)}`
}

/** Rows with a column for every key any of them has. */
export function rowsTable(
  { t, language }: Pick<RuleDesk, 't' | 'language'>,
  rows: readonly unknown[],
  mark = '',
): Html {
  const records = rows.map((row) => Object.entries(row as object) as [string, unknown][])
  const columns = [...new Set(records.flatMap((record) => record.map(([name]) => name)))]
  return scrolling(
    t('rowsTitle'),
    html`<table class="rules ${mark}"><thead><tr>${columns.map((name) => html`<th scope="col"><code>${name}</code></th>`)}</tr></thead>
<tbody>${records.map((record) => {
      const values = new Map(record)
      return html`<tr>${columns.map((name) => html`<td>${valueIn(language, values.get(name))}</td>`)}</tr>`
    })}</tbody></table>`,
  )
}

/** A value of a row: texts in both languages in the visitor's, lists a line each, the rest as it is written. */
function valueIn(language: 'en' | 'zh', value: unknown): Html | string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  if (Array.isArray(value))
    return html`${value.map((one, place) => html`${place === 0 ? '' : html`<br>`}${valueIn(language, one)}`)}`
  if (typeof value === 'object') {
    const { en, zh } = value as { en?: unknown; zh?: unknown }
    if (typeof en === 'string' && typeof zh === 'string') return language === 'zh' ? zh : en
  }
  return JSON.stringify(value)
}

function versionsTable(
  { t, language }: RuleDesk,
  id: string,
  versions: readonly Version[],
  holds: string | undefined,
): Html {
  const radio = (name: 'from' | 'to', version: Version, place: number) =>
    html`<input type="radio" name="${name}" value="${version.id}" aria-label="${t('compare')}: ${name === 'from' ? t('gone') : t('come')} ${version.id}"${place === versions.length - (name === 'to' ? 1 : 2) ? html` checked` : ''}>`
  return html`<form method="get" action="${ruleHref(id)}" class="plain"><table class="stack"><thead><tr><th scope="col">${t('version')}</th><th scope="col" class="number">${t('rows')}</th><th scope="col">${t('source')}</th><th scope="col">${t('published')}</th>${versions.length > 1 ? html`<th scope="col">${t('compare')}</th>` : ''}</tr></thead>
<tbody>${versions.map(
    (version, place) =>
      html`<tr><th scope="row"><a href="${withQuery(ruleHref(id), { on: version.validFrom })}">${version.id}</a>${version.id === holds ? html` <span class="level published">${t('inForce')}</span>` : ''}</th>${cell(t('rows'), version.rowCount, 'number')}
${cell(t('source'), html`${version.source}<small>${say(language, evidenceNames[version.evidence])}${version.note === undefined ? '' : ` · ${version.note}`}</small>`)}${cell(t('published'), version.published === undefined ? t('withProject') : html`${version.published.by} · ${atPort(version.published.at)}<small>${version.published.reason}</small>`)}
${versions.length > 1 ? cell(t('compare'), html`${radio('from', version, place)} ${radio('to', version, place)}`, 'nowrap') : ''}</tr>`,
  )}</tbody></table>${versions.length > 1 ? html`<button type="submit" class="secondary">${t('compareWith')}</button>` : ''}</form>`
}

/** What went and what came between two versions. */
export function differencesBox(
  desk: Pick<RuleDesk, 't' | 'language'>,
  {
    gone,
    come,
    unchangedCount,
    from,
    to,
  }: Pick<Differences, 'gone' | 'come' | 'unchangedCount'> & { from?: Version; to?: Version },
): Html {
  const { t } = desk
  const part = (name: 'gone' | 'come', rows: readonly unknown[]) =>
    rows.length === 0
      ? ''
      : html`<h3><span class="what ${name === 'gone' ? 'removed' : 'added'}">${name === 'gone' ? '−' : '+'} ${t(name)}</span> <small>${rows.length}</small></h3>${rowsTable(desk, rows.slice(0, limits.ruleRowsShown), name)}${rows.length > limits.ruleRowsShown ? html`<p>${rows.length - limits.ruleRowsShown} ${t('more')}</p>` : ''}`
  return html`<section class="panel" aria-labelledby="compare"><h2 id="compare">${t('compare')} <small>${from?.id ?? ''}${to === undefined ? '' : ` → ${to.id}`}</small></h2>
${gone.length + come.length === 0 ? html`<p>${t('noDifference')}</p>` : html`${part('gone', gone)}${part('come', come)}`}<p><small>${unchangedCount} ${t('unchanged')}</small></p></section>`
}
