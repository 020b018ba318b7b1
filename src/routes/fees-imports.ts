import { hash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Auth } from '../auth.ts'
import { mediaTypeOf, readBody } from '../body.ts'
import { newId } from '../db/ids.ts'
import { type ImportRow, listImports, makeImport, readImport, readIssues } from '../db/imports.ts'
import { editable, findDraft } from '../fees/draft.ts'
import { presentImport, presentIssue } from '../fees/sheet/present.ts'
import { isSheetType } from '../fees/sheet/read-fees.ts'
import { allowedRows, templateRows } from '../fees/sheet/template.ts'
import { byteOrderMark, csvLines } from '../fees/sheet/write-csv.ts'
import { writeXlsx } from '../fees/sheet/write-xlsx.ts'
import { once } from '../filing/once.ts'
import { queueImport } from '../jobs/import-fees.ts'
import { prepareQueue } from '../jobs/runner.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { idempotencyKeyOf } from './bodies.ts'
import { describe } from './describe.ts'
import { page, readQuery } from './parameters.ts'
import { importIssuesQuery, importQuery, importsQuery, templateQuery } from './queries-fees-sheets.ts'
import { createFileSender, sheetTypes } from './sheet-answers.ts'

/** Files of fees read into drafts 批量导入, and what such a file looks like. */
export function feeImportRoutes({ database, log, now }: Services, auth: Auth): Hono<Env> {
  const drafting = auth('admin', 'payee')
  const send = createFileSender()
  /** The import a path names, where the caller may see its draft. */
  const seen = async (context: Context<Env>): Promise<ImportRow> => {
    const id = context.req.param('id') ?? ''
    const row = /^[0-9A-HJKMNP-TV-Z]{20}$/.test(id) ? await readImport(database.pool, id) : undefined
    if (row === undefined) throw new Problem('not-found')
    await findDraft(database.pool, row.draftId, context.get('caller'))
    return row
  }

  const routes = new Hono<Env>()
  routes.get('/template.csv', describe('readFeeTemplateCsv'), (context) => {
    const { language } = readQuery(context, templateQuery)
    return send(context, {
      ...templateNames(language, 'csv'),
      async *pieces() {
        yield Buffer.from(byteOrderMark + (await csvLines(templateRows(language))))
      },
    })
  })
  routes.get('/template.xlsx', describe('readFeeTemplateXlsx'), (context) => {
    const { language } = readQuery(context, templateQuery)
    const named = (en: string, zh: string) => (language === 'zh' ? zh : en)
    const rows = templateRows(language)
    const fees = { name: named('fees', '收费项目'), widths: rows[0]?.map(() => 16) ?? [], head: 1, rows: () => rows }
    const allowed = {
      name: named('values', '可用值'),
      widths: [20, 32, 32, 80],
      head: 1,
      rows: () => allowedRows(language),
    }
    return send(context, {
      ...templateNames(language, 'xlsx'),
      pieces: () => writeXlsx([fees, allowed], new Date(0), limits.sheetPiece),
    })
  })

  routes.post('/', describe('importFees'), drafting, async (context) => {
    const caller = context.get('caller')
    const { draft: draftId, fileName } = readQuery(context, importQuery)
    const mediaType = mediaTypeOf(context)
    if (!isSheetType(mediaType)) throw new Problem('unsupported-media-type')
    const key = idempotencyKeyOf(context)
    await findDraft(database.pool, draftId, caller)
    const file = await readBody(context, limits.sheetBytes)
    const fileDigest = hash('sha256', file, 'hex')
    await prepareQueue(database, log)
    const at = new Date(now())
    const slot = {
      tenant: caller.tenant ?? `key ${caller.keyHash}`,
      key,
      bodyHash: `${fileDigest} fee import ${mediaType} ${draftId} ${fileName}`,
    }
    const given = await once(database, slot, at, async (client) => {
      const { status } = await findDraft(client, draftId, caller)
      if (!editable.includes(status))
        throw new Problem('not-changeable', {
          detail: { en: `The draft is ${status}`, zh: `修订稿状态为 ${status}` },
        })
      const id = newId(at.getTime())
      const fresh = { id, draftId, fileName, mediaType, file, fileDigest, by: caller }
      if (!(await makeImport(client, fresh, limits.importsWaiting, at)))
        throw new Problem('limit-reached', {
          detail: {
            en: `At most ${limits.importsWaiting} imports of one key wait at once`,
            zh: `每个密钥同时最多 ${limits.importsWaiting} 个导入任务`,
          },
        })
      await queueImport(client, { id, draftId })
      const row = await readImport(client, id)
      if (row === undefined) throw new Error('The import is not where it was put')
      return { status: 202, body: presentImport(row), location: `/v1/fee-imports/${id}` }
    })
    context.header('Location', given.location ?? '')
    if (given.replayed) context.header('Idempotent-Replayed', 'true')
    context.header('Content-Type', 'application/json')
    return context.body(given.body, 202)
  })

  routes.get('/', describe('listFeeImports'), drafting, async (context) => {
    const { limit, after, draft } = readQuery(context, importsQuery)
    await findDraft(database.pool, draft, context.get('caller'))
    const rows = await listImports(database.pool, draft, after, limit + 1)
    const shown = rows.slice(0, limit)
    return page(context, shown.map(presentImport), rows.length > limit ? shown.at(-1)?.id : undefined)
  })

  routes.get('/:id', describe('readFeeImport'), drafting, async (context) =>
    context.json(presentImport(await seen(context))),
  )

  routes.get('/:id/issues', describe('listFeeImportIssues'), drafting, async (context) => {
    const { limit, after } = readQuery(context, importIssuesQuery)
    const { id } = await seen(context)
    const rows = await readIssues(database.pool, id, after, limit + 1)
    const shown = rows.slice(0, limit)
    return page(context, shown.map(presentIssue), rows.length > limit ? String(shown.at(-1)?.number) : undefined)
  })

  routes.get('/:id/issues.csv', describe('readFeeImportIssuesCsv'), drafting, async (context) => {
    const { id } = await seen(context)
    return send(context, {
      name: `导入问题-${id}.csv`,
      plainName: `issues-${id}.csv`,
      mediaType: sheetTypes.csv,
      headers: { 'Cache-Control': 'no-store' },
      async *pieces() {
        yield Buffer.from(byteOrderMark + (await csvLines([['row', 'column', 'header', 'code', 'reason', '原因']])))
        for (let after = 0; ; ) {
          const rows = await readIssues(database.pool, id, after, limits.issuePiece)
          if (rows.length === 0) return
          after = rows.at(-1)?.number ?? after
          const cells = rows.map(presentIssue).map((issue) => Object.values(issue).map(String))
          yield Buffer.from(await csvLines(cells))
        }
      },
    })
  })
  return routes
}

const templateNames = (language: 'en' | 'zh', end: 'csv' | 'xlsx') => ({
  name: language === 'zh' ? `口岸收费导入模板.${end}` : `fee-template.${end}`,
  plainName: `fee-template.${end}`,
  mediaType: sheetTypes[end],
  headers: { 'Cache-Control': 'public, max-age=3600' },
})
