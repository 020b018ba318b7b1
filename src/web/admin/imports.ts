import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { DraftAnswer } from '../../../schemas/fees/drafts.ts'
import type { ImportAnswer, importIssuesAnswer, importsAnswer } from '../../../schemas/fees/imports.ts'
import { readBody } from '../../body.ts'
import { limits } from '../../limits.ts'
import { Problem } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { problemOver } from '../desk.ts'
import { unseen } from '../form.ts'
import type { Html } from '../layout.ts'
import { atPort, fact, problemBox, scrolling, withQuery } from '../pieces.ts'
import { say } from '../words.ts'
import { type Desk, deskOf, draftPath } from './desk.ts'
import { draftApi } from './entry-read.ts'
import { importStatusNames, importWords } from './import-words.ts'

type Issues = z.infer<typeof importIssuesAnswer>
/** What a form adds to the file it sends: its fields and the lines between them. */
const formBytes = 10_000

/** Reading a file of fees into a draft 批量导入: sending it, watching it, and what was wrong with it. */
export function importPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/admin/fees/drafts/:id/import', async (context) => {
    const desk = deskOf(app, context)
    const draft = await desk.api.get<DraftAnswer>(draftApi(context.req.param('id')))
    return draft.ok ? uploadForm(desk, draft.body.id) : desk.refuse(draft)
  })

  pages.post('/admin/fees/drafts/:id/import', async (context) => {
    const desk = deskOf(app, context)
    const id = context.req.param('id')
    const bytes = await readBody(context, limits.sheetBytes + formBytes)
    const form = await formOf(bytes, context.req.header('content-type') ?? '')
    const [file, once] = [form.get('file'), form.get('once')]
    if (!(file instanceof File) || file.name === '') {
      const box = html`<section class="problem" role="alert"><p id="file-wrong">${say(desk.language, importWords.noFile)}</p></section>`
      return uploadForm(desk, id, 422, box)
    }
    const answered = await desk.api.send<ImportAnswer>(
      'POST',
      withQuery('/v1/fee-imports', { draft: id, fileName: file.name }),
      new Uint8Array(await file.arrayBuffer()),
      { 'content-type': typeOf(file), 'idempotency-key': typeof once === 'string' ? once : randomUUID() },
    )
    if (!answered.ok) return uploadForm(desk, id, answered.status, problemOver(desk, answered))
    return context.redirect(`/admin/fees/imports/${answered.body.id}`, 303)
  })

  pages.get('/admin/fees/imports/:id', async (context) => {
    const desk = deskOf(app, context)
    const path = `/v1/fee-imports/${encodeURIComponent(context.req.param('id'))}`
    const read = await desk.api.get<ImportAnswer>(path)
    if (!read.ok) return desk.refuse(read)
    const { status, issues: count } = read.body
    const isUnderWay = status === 'waiting' || status === 'reading'
    const page = { after: context.req.query('after'), limit: String(limits.pageMost) }
    const issues = count === 0 ? undefined : await desk.api.get<Issues>(withQuery(`${path}/issues`, page))
    const title = say(desk.language, importWords.title)
    return desk.show(
      { title, ...(isUnderWay ? { refreshSeconds: limits.importRefreshSeconds } : {}) },
      html`<p class="crumbs"><a href="${draftPath(read.body.draft)}">${desk.t('back')}</a></p><h1>${title}: ${read.body.fileName}</h1>
${progressOf(desk, read.body, isUnderWay)}
${issues === undefined ? '' : issues.ok ? issuesTable(desk, read.body, issues.body) : problemBox(desk.language, issues.problem)}`,
    )
  })
}

/** What browsers call a file depends on what is installed beside them: its own name tells more. */
const typeOf = ({ name, type }: File): string =>
  /\.csv$/i.test(name)
    ? 'text/csv'
    : /\.xlsx$/i.test(name)
      ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      : type

/** @throws {Problem} malformed-body */
async function formOf(bytes: Uint8Array, contentType: string): Promise<FormData> {
  try {
    return await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { 'content-type': contentType } }).formData()
  } catch (cause) {
    throw new Problem('malformed-body', { cause })
  }
}

function uploadForm(desk: Desk, draftId: string, status = 200, box: Html | '' = ''): Promise<Response> {
  const { language, t } = desk
  const w = (name: keyof typeof importWords) => say(language, importWords[name])
  const template = (end: 'csv' | 'xlsx') =>
    html`<a href="${withQuery(`/v1/fee-imports/template.${end}`, { language })}" download>${end.toUpperCase()}</a>`
  return desk.show(
    { title: w('title'), status },
    html`<p class="crumbs"><a href="${draftPath(draftId)}">${t('back')}</a></p><h1>${w('title')}</h1>${box}
<p>${w('about')}</p><p>${w('template')}: ${template('xlsx')} · ${template('csv')}</p>
<form method="post" action="${draftPath(draftId, 'import')}" enctype="multipart/form-data" class="narrow">${unseen('once', randomUUID())}
<label>${w('file')} <input type="file" name="file" required accept=".csv,.xlsx,text/csv"></label>
<button type="submit">${w('send')}</button></form>`,
  )
}

function progressOf({ language, t }: Desk, one: ImportAnswer, isUnderWay: boolean): Html {
  const w = (name: keyof typeof importWords) => say(language, importWords[name])
  const { status, rowsTotal, rowsRead, feesKept, rowsRefused, trouble } = one
  return html`<p role="status"><strong class="level ${status}">${say(language, importStatusNames[status])}</strong> ${isUnderWay ? w('refreshes') : ''}</p>
${isUnderWay ? html`<progress${rowsTotal === undefined ? '' : html` max="${rowsTotal}" value="${rowsRead}"`} aria-label="${w('read')}"></progress>` : ''}
${trouble === undefined ? '' : html`<section class="problem" role="alert"><p>${language === 'zh' ? trouble.detailZh : trouble.detail}</p></section>`}
<dl class="facts">${fact(w('read'), `${rowsRead} / ${rowsTotal ?? '?'}`)}${fact(w('kept'), String(feesKept))}${fact(w('refused'), String(rowsRefused))}
${fact(w('by'), one.by)}${fact(w('sent'), atPort(one.createdAt))}${fact(w('ended'), one.finishedAt && atPort(one.finishedAt))}
${fact(w('digest'), html`<code class="digest">${one.fileDigest}</code>`)}</dl>
${isUnderWay ? '' : html`<p><a role="button" href="${draftPath(one.draft)}">${t('back')}</a></p>`}`
}

function issuesTable({ language }: Desk, one: ImportAnswer, { data, nextCursor }: Issues): Html {
  const w = (name: keyof typeof importWords) => say(language, importWords[name])
  return html`<h2>${w('issues')} (${one.issues})</h2>
<p>${w('fix')} <a href="/v1/fee-imports/${one.id}/issues.csv" download>CSV</a></p>
${scrolling(
  w('issues'),
  html`<table class="issues"><thead><tr><th scope="col" class="number">${w('row')}</th><th scope="col">${w('column')}</th><th scope="col">${w('reason')}</th></tr></thead>
<tbody>${data.map(
    ({ row, column, header, detail, detailZh }) =>
      html`<tr><th scope="row" class="number">${row}</th><td>${column} ${header}</td><td>${language === 'zh' ? detailZh : detail}</td></tr>`,
  )}</tbody></table>`,
)}
${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery(`/admin/fees/imports/${one.id}`, { after: nextCursor })}">${w('more')}</a></p>`}`
}

/** Imports into a draft, the newest first; nothing where there are none. */
export async function importsOf({ api, language }: Desk, draft: string): Promise<Html | ''> {
  const answered = await api.get<z.infer<typeof importsAnswer>>(withQuery('/v1/fee-imports', { draft }))
  if (!answered.ok || answered.body.data.length === 0) return ''
  const w = (name: keyof typeof importWords) => say(language, importWords[name])
  return html`<h2>${w('imports')}</h2><ul>${answered.body.data.map(
    ({ id, fileName, status, feesKept, rowsRefused }) =>
      html`<li><a href="/admin/fees/imports/${id}">${fileName}</a> · <span class="level ${status}">${say(language, importStatusNames[status])}</span> · ${w('kept')} ${feesKept} · ${w('refused')} ${rowsRefused}</li>`,
  )}</ul>`
}
