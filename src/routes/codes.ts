import { Hono } from 'hono'
import {
  type CodeList,
  type CodeValue,
  codeLists,
  findCodes,
  isCodeListId,
  loadCodeList,
  searchCodes,
} from '../../schemas/codes/index.ts'
import { issue } from '../../schemas/issue.ts'
import { byteOrderMark, csvLines } from '../fees/sheet/write-csv.ts'
import { Problem } from '../problem.ts'
import type { Env } from '../services.ts'
import { describe } from './describe.ts'
import { page, readQuery } from './parameters.ts'
import { codesQuery } from './queries.ts'

/** Code lists 代码表: public, with source and validity. */
export function codeRoutes(): Hono<Env> {
  const routes = new Hono<Env>()
  routes.use(async (context, next) => {
    await next()
    if (context.res.status === 200) context.header('Cache-Control', 'public, max-age=3600')
  })
  routes.get('/', describe('listCodeLists'), (context) =>
    context.json({
      data: Object.entries(codeLists).map(([id, { title, source }]) => ({
        id,
        title,
        source,
        href: `/v1/codes/${id}`,
      })),
    }),
  )
  routes.get('/:list', describe('searchCodes'), (context) => {
    const id = context.req.param('list')
    if (!isCodeListId(id)) throw new Problem('not-found')
    const { limit, after, q } = readQuery(context, codesQuery)
    const { items, ...about } = loadCodeList(id)
    context.header(
      'Yuchuang-List',
      encodeURIComponent(JSON.stringify({ title: about.title, validFrom: about.validFrom, validTo: about.validTo })),
    )
    try {
      const found = searchCodes(id, {
        limit,
        ...(q === undefined ? {} : { q }),
        ...(after === undefined ? {} : { after }),
      })
      return page(context, found.items, found.next, { list: { ...about, count: items.length } })
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw new Problem('invalid-parameter', {
        errors: [issue('/after', 'cursor-unknown', { en: error.message, zh: '游标无效' })],
      })
    }
  })
  routes.get('/:list/export.csv', describe('exportCodes'), async (context) => {
    const id = context.req.param('list')
    if (!isCodeListId(id)) throw new Problem('not-found')
    return context.body(byteOrderMark + (await codesCsv(loadCodeList(id))), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${id}.csv"`,
    })
  })
  routes.get('/:list/:code', describe('readCode'), (context) => {
    const { list, code } = context.req.param()
    const found = isCodeListId(list) ? findCodes(list, code) : []
    if (!isCodeListId(list) || found.length === 0) throw new Problem('not-found')
    const { items: _, ...about } = loadCodeList(list)
    return context.json({ ...found[0], ...(found.length > 1 ? { all: found } : {}), list: about })
  })
  return routes
}

/** A whole list as rows under its columns. */
function codesCsv({ items }: CodeList): Promise<string> {
  const columns = [...new Set(['code', 'zh', 'en', ...items.flatMap((item) => Object.keys(item))])].filter((column) =>
    items.some((item) => item[column] !== undefined),
  )
  const cellOf = (value: CodeValue | undefined) =>
    value === undefined ? '' : typeof value === 'object' ? value.join('; ') : String(value)
  return csvLines([columns, ...items.map((item) => columns.map((column) => cellOf(item[column])))])
}
