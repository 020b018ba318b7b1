import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { Issue } from '../../../schemas/issue.ts'
import type { ruleTableAnswer, ruleWouldChangeAnswer } from '../../../schemas/rules-answers.ts'
import { limits } from '../../limits.ts'
import type { Env } from '../../services.ts'
import { problemOver, type Refused } from '../desk.ts'
import { readBillForm } from '../fees/bill-form.ts'
import { areaField, choiceField, dayField, given, lineField, readForm, unseen, wrongAt } from '../form.ts'
import type { Html } from '../layout.ts'
import { choices } from '../pieces.ts'
import { say } from '../words.ts'
import { newOnce } from './desk.ts'
import { readRows } from './rule-rows.ts'
import { evidenceNames } from './rule-words.ts'
import { differencesBox, type RuleDesk, ruleHref } from './rules.ts'

type Table = z.infer<typeof ruleTableAnswer>
type WouldChange = z.infer<typeof ruleWouldChangeAnswer>

/** Publishing a version of a rule table 发布规则版本: written or brought as a file, checked row by row, shown with what changes, then confirmed. */
export function publishPages(pages: Hono<Env>, open: (context: Context<Env>) => RuleDesk): void {
  pages.get('/operations/rules/:table/new', async (context) => {
    const desk = open(context)
    const api = apiPath(context.req.param('table') ?? '')
    const [table, csv] = await Promise.all([desk.api.get<Table>(api), desk.api.get<string>(`${api}/rows.csv`)])
    if (!table.ok) return desk.refuse(table)
    // What would make the page too heavy is downloaded and brought back as a file.
    const rows = csv.ok && csv.body.length <= limits.ruleRowsPrefilled ? csv.body.replace(/^\uFEFF/, '') : ''
    const { source = '', evidence = '' } = table.body.holds ?? {}
    return form(desk, table.body, new URLSearchParams({ source, evidence, rows }))
  })

  pages.post('/operations/rules/:table/check', async (context) => {
    const desk = open(context)
    const { form: sent, file } = await readBillForm(context)
    const table = await desk.api.get<Table>(apiPath(context.req.param('table') ?? ''))
    if (!table.ok) return desk.refuse(table)
    const bytes = file === undefined ? Buffer.from(given(sent, 'rows')) : Buffer.from(await file.arrayBuffer())
    const rows = await readRows(bytes, table.body.rowSchema)
    if (rows !== undefined && file !== undefined) sent.set('rows', JSON.stringify(rows, null, 1))
    return rows === undefined
      ? form(desk, table.body, sent, undefined, desk.t('unreadable'))
      : check(desk, table.body, sent, rows)
  })

  pages.post('/operations/rules/:table/versions', async (context) => {
    const desk = open(context)
    const sent = await readForm(context)
    const api = apiPath(context.req.param('table') ?? '')
    const table = await desk.api.get<Table>(api)
    if (!table.ok) return desk.refuse(table)
    const rows = await readRows(Buffer.from(given(sent, 'rows')), table.body.rowSchema)
    if (rows === undefined) return form(desk, table.body, sent, undefined, desk.t('unreadable'))
    const headers = { 'if-match': given(sent, 'etag') || '"none"', 'idempotency-key': given(sent, 'once') || newOnce() }
    const answered = await desk.api.send('POST', `${api}/versions`, versionIn(sent, rows), headers)
    if (answered.ok) return context.redirect(`${ruleHref(table.body.id)}?on=${given(sent, 'validFrom')}`, 303)
    return answered.status === 412
      ? check(desk, table.body, sent, rows, desk.t('changedMeanwhile'))
      : form(desk, table.body, sent, answered)
  })
}

const apiPath = (id: string): string => `/v1/rules/${encodeURIComponent(id)}`

/** A version as the interface takes it. */
function versionIn(sent: URLSearchParams, rows: readonly unknown[]) {
  const value = (name: string) => given(sent, name).trim()
  const note = value('note')
  return {
    validFrom: value('validFrom'),
    source: value('source'),
    evidence: value('evidence'),
    ...(note === '' ? {} : { note }),
    reason: value('reason'),
    rows,
  }
}

/** Shows what would change, with the one way to publish exactly that. */
async function check(
  desk: RuleDesk,
  table: Table,
  sent: URLSearchParams,
  rows: readonly unknown[],
  notice?: string,
): Promise<Response> {
  const { api, t, language } = desk
  const path = `${apiPath(table.id)}/versions`
  const versions = await api.get<unknown>(path)
  const would = await api.send<WouldChange>('POST', `${path}?dryRun=true`, versionIn(sent, rows))
  if (!would.ok) return form(desk, table, sent, would)
  const kept = ['validFrom', 'source', 'evidence', 'note', 'reason'] as const
  const etag = versions.headers.get('etag') ?? ''
  const { from, ...change } = would.body
  return desk.show(
    { title: t('preview'), status: notice === undefined ? 200 : 412, sent, here: `${ruleHref(table.id)}/new` },
    html`<p class="crumbs"><a href="${ruleHref(table.id)}">${say(language, table.title)}</a></p><h1>${t('preview')} <small>${t('validFrom')} ${change.validFrom}</small></h1>
${notice === undefined ? '' : html`<p class="problem" role="alert">${notice}</p>`}
${differencesBox(desk, { ...change, ...(from === undefined ? {} : { from }) })}
<form method="post" action="${ruleHref(table.id)}/versions" class="panel step">${kept.map((name) => unseen(name, given(sent, name)))}${unseen('rows', JSON.stringify(rows))}${unseen('etag', etag)}${unseen('once', newOnce())}
<p>${t('reasonWhy')}: ${given(sent, 'reason')}</p><label class="tick"><input type="checkbox" name="looked" value="yes" required> ${t('sure')}</label>
<div class="actions"><button type="submit">${t('confirm')}</button> <a href="${ruleHref(table.id)}">${t('cancel')}</a></div></form>`,
  )
}

/** The form, what was typed kept; what is wrong with the head at its fields, what is wrong with the rows below them. */
function form(
  desk: RuleDesk,
  table: Table,
  sent: URLSearchParams,
  refused?: Refused,
  unreadable?: string,
): Promise<Response> {
  const { t, language } = desk
  const errors = refused?.problem.errors
  const atRows = (errors ?? []).filter(({ pointer }) => pointer.startsWith('/rows'))
  const field = (name: 'validFrom' | 'source' | 'evidence' | 'note' | 'reason', label: string, more = {}) => ({
    name,
    label,
    value: given(sent, name),
    required: name !== 'note',
    errors: wrongAt(errors, `/${name}`, language),
    ...more,
  })
  const api = apiPath(table.id)
  return desk.show(
    {
      title: t('publish'),
      status: refused?.status ?? (unreadable === undefined ? 200 : 422),
      sent,
      here: `${ruleHref(table.id)}/new`,
    },
    html`<p class="crumbs"><a href="${ruleHref(table.id)}">${say(language, table.title)}</a></p><h1>${t('publish')}</h1><p class="note">${t('publishAbout')}</p>
${refused === undefined ? '' : problemOver(desk, { ...refused, problem: { ...refused.problem, errors: (errors ?? []).filter((one) => !atRows.includes(one)) } })}
${atRows.length === 0 ? '' : rowIssues(desk, atRows)}
<form method="post" action="${ruleHref(table.id)}/check" enctype="multipart/form-data" class="entry" novalidate><div class="fields">
${dayField(field('validFrom', t('validFrom'), { help: t('validFromHelp') }))}${choiceField(field('evidence', t('evidence')), choices(language, evidenceNames))}
${lineField(field('source', t('source'), { help: t('sourceHelp'), max: 1_000 }))}${lineField(field('note', t('note'), { max: 1_000 }))}${lineField(field('reason', t('reasonWhy'), { max: 1_000 }))}</div>
${areaField({ name: 'rows', label: t('rowsField'), help: t('rowsHelp'), value: given(sent, 'rows'), errors: [...(unreadable === undefined ? [] : [unreadable]), ...wrongAt(errors, '/rows', language)] }, 14)}
<div class="field"><label for="file">${t('file')}</label><input id="file" type="file" name="file" accept=".csv,.json,text/csv,application/json"></div>
<p>${t('download')}: <a href="${api}/rows.csv" download>CSV</a> · <a href="${api}" download="${table.id}.json">JSON</a></p>
<div class="actions"><button type="submit">${t('check')}</button> <small>${t('checkAbout')}</small></div></form>`,
  )
}

function rowIssues({ t, language }: RuleDesk, issues: readonly Issue[]): Html {
  const shown = issues.slice(0, limits.ruleRowsShown)
  return html`<section class="problem" role="alert" aria-labelledby="wrong-rows"><h2 id="wrong-rows">${t('wrongRows')}</h2>
<table class="issues"><thead><tr><th scope="col" class="number">${t('row')}</th><th scope="col">${t('place')}</th><th scope="col">${t('whatWrong')}</th></tr></thead><tbody>${shown.map(
    ({ pointer, detail, detailZh }) => {
      const [, , row, ...place] = pointer.split('/')
      return html`<tr><th scope="row" class="number">${row === undefined ? '' : Number(row) + 1}</th><td><code>${place.join('/')}</code></td><td>${language === 'zh' ? detailZh : detail}</td></tr>`
    },
  )}</tbody></table>${issues.length > shown.length ? html`<p>${issues.length - shown.length} ${t('more')}</p>` : ''}</section>`
}
