import { hash } from 'node:crypto'
import { setImmediate as otherWork } from 'node:timers/promises'
import { type Context, Hono } from 'hono'
import { type FeeFilter, selectFees, unknownIn } from '../fees/list.ts'
import { columnRows, type Listed, listRows, sheetsOf, sourceRemarks } from '../fees/sheet/list.ts'
import { byteOrderMark, csvLines } from '../fees/sheet/write-csv.ts'
import { writeXlsx } from '../fees/sheet/write-xlsx.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Env, Services } from '../services.ts'
import { describe } from './describe.ts'
import { isUnchanged, readQuery } from './parameters.ts'
import { todaySeconds } from './public-answers.ts'
import { feeSheetQuery } from './queries-fees-sheets.ts'
import { createFileSender, sheetTypes } from './sheet-answers.ts'

type Form = 'columns' | 'list'

/** The list of a day as a file 目录下载. */
export function feeExportRoutes({ catalogues, now }: Services): Hono<Env> {
  const send = createFileSender()
  const answer = async (context: Context, end: keyof typeof sheetTypes, pieces: typeof csvPieces) => {
    const { day: asked, form, language, q, ...others } = readQuery(context, feeSheetQuery)
    const day = asked ?? catalogues.today()
    const catalogue = await catalogues.on(day)
    const filter: FeeFilter = { ...others, words: q }
    const unknown = catalogue === undefined ? [] : unknownIn(catalogue, filter)
    if (unknown.length > 0) throw new Problem('invalid-parameter', { errors: unknown })
    const { number = 0, digest = '' } = catalogue?.edition ?? {}
    const question = JSON.stringify([digest, day, form, language, Object.entries(filter).sort(), end])
    const etag = `"${hash('sha256', question, 'base64url')}"`
    const maxAge = asked === undefined ? todaySeconds(now()) : limits.feesMaxAgeSeconds
    // Weak: the same list, not the same bytes. A workbook tells when it was packed.
    const headers = { ETag: `W/${etag}`, 'Cache-Control': `public, max-age=${maxAge}` }
    if (isUnchanged(context, etag)) return context.body(null, 304, headers)
    const fees = catalogue === undefined ? [] : selectFees(catalogue, day, filter)
    const listed: Listed = { catalogue, day, fees, language }
    return send(context, {
      name: `${language === 'zh' ? '口岸收费目录清单' : 'port-fees'}-${day}-${number}.${end}`,
      plainName: `port-fees-${day}-${number}.${end}`,
      mediaType: sheetTypes[end],
      headers,
      pieces: () => pieces(listed, form),
    })
  }
  const routes = new Hono<Env>()
  routes.get('/fees.csv', describe('readFeesCsv'), (context) => answer(context, 'csv', csvPieces))
  routes.get('/fees.xlsx', describe('readFeesXlsx'), (context) => answer(context, 'xlsx', xlsxPieces))
  return routes
}

async function* csvPieces(listed: Listed, form: Form): AsyncGenerator<Uint8Array> {
  let rows: (readonly string[])[] = []
  yield Buffer.from(byteOrderMark)
  for (const row of form === 'list' ? listRows(listed) : columnRows(listed)) {
    rows.push(row)
    if (rows.length < limits.sheetPiece) continue
    yield Buffer.from(await csvLines(rows))
    rows = []
    await otherWork()
  }
  yield Buffer.from(await csvLines([...rows, ...sourceRemarks(listed)]))
}

const xlsxPieces = (listed: Listed, form: Form): AsyncGenerator<Uint8Array> =>
  writeXlsx(sheetsOf(listed, form), new Date(Date.parse(listed.day)), limits.sheetPiece)
