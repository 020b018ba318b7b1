import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { DeclarationDraftAnswer } from '../../../../schemas/declaration-draft.ts'
import { readBody } from '../../../body.ts'
import { limits } from '../../../limits.ts'
import { Problem } from '../../../problem.ts'
import { isSampleDocument, sampleFile } from '../../../proposal/samples.ts'
import { sheetTypes } from '../../../routes/sheet-answers.ts'
import type { Env } from '../../../services.ts'
import type { ProblemShown } from '../../api.ts'
import { type Desk, openDesk, problemOver, type Refused } from '../../desk.ts'
import type { Html } from '../../layout.ts'
import { dropBox } from './box.ts'
import { proposalPages } from './proposal-page.ts'
import { type DropWord, dropWords } from './words.ts'

export { dropBox } from './box.ts'

/** What a form adds to the files it sends: its fields and the lines between them. */
const formBytes = 10_000

/** Drafts proposed from documents 智能单证申报: sending them, what was read from where, and samples to try it with. */
export function dropPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/drafts/proposals', (context) => showBox(openDesk(app, context, 'newDraft', dropWords)))

  pages.post('/drafts/proposals', async (context) => {
    const desk = openDesk(app, context, 'newDraft', dropWords)
    const bytes = await readBody(context, limits.proposalBytes + formBytes)
    const form = await formOf(bytes, context.req.header('content-type') ?? '')
    const [once, pasted] = [form.get('once'), form.get('pasted')]
    const handed = new FormData()
    // A form without a choice sends a file of no name and no bytes.
    for (const file of form.getAll('files'))
      if (typeof file !== 'string' && (file.name !== '' || file.size > 0)) handed.append('files', file, file.name)
    if (typeof pasted === 'string' && pasted.trim() !== '') handed.append('pasted', pasted)
    const answered = await desk.api.send<DeclarationDraftAnswer>('POST', '/v1/declaration-drafts/proposals', handed, {
      'idempotency-key': typeof once === 'string' && /^[\w-]{36}$/.test(once) ? `propose ${once}` : randomUUID(),
    })
    if (answered.ok) return context.redirect(`/drafts/${answered.body.id}/proposal`, 303)
    return showBox(desk, answered, typeof pasted === 'string' ? pasted.replaceAll('\r\n', '\n') : '')
  })

  pages.get('/drafts/samples/:file', async (context) => {
    const [, name = '', form] = /^([a-z-]+)\.(csv|xlsx)$/.exec(context.req.param('file')) ?? []
    if (!isSampleDocument(name) || (form !== 'csv' && form !== 'xlsx')) throw new Problem('not-found')
    const file = await sampleFile(name, form)
    // The encoding of a CSV file is its own: one of them is GB18030.
    const type = form === 'csv' ? 'text/csv' : sheetTypes.xlsx
    return context.body(new Uint8Array(file), 200, {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${name}.${form}"`,
      'X-Content-Type-Options': 'nosniff',
    })
  })
  proposalPages(pages, app)
}

/** @throws {Problem} malformed-body */
async function formOf(bytes: Uint8Array, contentType: string): Promise<FormData> {
  try {
    return await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { 'content-type': contentType } }).formData()
  } catch (cause) {
    throw new Problem('malformed-body', { cause })
  }
}

function showBox(desk: Desk<DropWord>, refused?: Refused, pasted = ''): Promise<Response> {
  const { t, language } = desk
  return desk.show(
    { title: t('title'), here: '/drafts/proposals', ...(refused === undefined ? {} : { status: refused.status }) },
    html`<p class="crumbs"><a href="/drafts/new">${t('way')}</a></p><h1>${t('newDeclaration')}</h1>${
      refused === undefined ? '' : html`<div data-refused>${refusal(desk, refused)}</div>`
    }${dropBox(language, pasted)}`,
  )
}

/** What could not be read, file by file. */
function refusal(desk: Desk<DropWord>, refused: Refused): Html {
  const { t, language } = desk
  const { title, detail, errors = [] }: ProblemShown = refused.problem
  if (refused.status === 401 || errors.length === 0) return problemOver(desk, refused)
  return html`<section class="problem" role="alert"><h2>${title}</h2>${detail === title ? '' : html`<p>${detail}</p>`}
<ul>${errors.map((one) => html`<li>${language === 'zh' ? one.detailZh : one.detail}</li>`)}</ul><p data-without-script>${t('chosenAgain')}</p></section>`
}
