import type { Context } from 'hono'
import { type Bill, bill as billShape } from '../../schemas/fees/bill.ts'
import { type Issue, issue, issuesOf } from '../../schemas/issue.ts'
import { mediaTypeOf, readBody, textOfBody } from '../body.ts'
import { readBillLines, type SheetLines } from '../fees/bills/sheet.ts'
import { FileTrouble } from '../fees/sheet/header.ts'
import { isSheetType, type SheetType } from '../fees/sheet/read-fees.ts'
import { hashOf } from '../filing/accept.ts'
import { Problem } from '../problem.ts'
import type { Env } from '../services.ts'
import { readStrictJson } from '../strict-json.ts'
import { readJsonBody } from './bodies.ts'

/** A bill as it was sent, and a hash of all it says: the same for the same parts, whatever a sender's software put between them. */
export interface SentBill {
  readonly bill: Bill
  readonly hash: string
}

/**
 * A bill: as JSON; or in two parts (`multipart/form-data`), `bill` as JSON without its lines, and `lines` as a CSV or XLSX file.
 * @throws {Problem} unsupported-media-type, malformed-body, body-invalid, body-too-large
 */
export async function readBill(context: Context<Env>): Promise<SentBill> {
  if (mediaTypeOf(context) !== 'multipart/form-data') {
    const { value, bytes } = await readJsonBody(context, billShape)
    return { bill: value, hash: hashOf(bytes) }
  }
  const { head, file, type } = await readParts(context)
  const read = readStrictJson(textOfBody(head))
  if (read.issues !== undefined) throw new Problem('malformed-body', { errors: read.issues })
  const shape = billShape.omit({ lines: true }).safeParse(read.value)
  const sheet = await readSheet(type, file)
  const issues = [...(shape.success ? [] : issuesOf(shape.error)), ...sheet.issues]
  const whole = billShape.safeParse({
    ...(shape.success ? shape.data : {}),
    ...(sheet.total === undefined ? {} : { total: sheet.total }),
    lines: sheet.lines,
  })
  if (!whole.success)
    issues.push(
      ...issuesOf(whole.error)
        .filter(({ pointer }) => isOfSheet(pointer))
        .map(placed(sheet)),
    )
  if (!whole.success || issues.length > 0) throw new Problem('body-invalid', { errors: issues })
  return { bill: whole.data, hash: hashOf(Buffer.concat([head, Buffer.of(0), file])) }
}

const isOfSheet = (pointer: string): boolean => /^\/(lines|total)(\/|$)/.test(pointer)

/** An issue of a line with the row it stands in. */
const placed =
  ({ rowOf }: SheetLines) =>
  (found: Issue): Issue => {
    const [, line] = /^\/lines\/(\d+)/.exec(found.pointer) ?? []
    if (line === undefined) return found
    const { en, zh } = rowOf(Number(line))
    return { ...found, detail: `${found.detail} (${en})`, detailZh: `${found.detailZh}（${zh}）` }
  }

async function readSheet(type: SheetType, file: Buffer): Promise<SheetLines> {
  try {
    return await readBillLines(type, file)
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error
    throw new Problem('body-invalid', { errors: [issue('/lines', error.code, error.text)], cause: error })
  }
}

/** The two parts of a form. */
async function readParts(context: Context<Env>): Promise<{ head: Buffer; file: Buffer; type: SheetType }> {
  const bytes = await readBody(context)
  let form: FormData
  try {
    const type = context.req.header('content-type') ?? ''
    form = await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { 'content-type': type } }).formData()
  } catch (cause) {
    throw new Problem('malformed-body', { detail: { en: 'Not a form of parts', zh: '不是有效的表单数据' }, cause })
  }
  const issues: Issue[] = [...new Set(form.keys())].flatMap((name) => {
    if (name !== 'bill' && name !== 'lines')
      return [issue(`/${name}`, 'unknown-field', { en: `Unknown part "${name}"`, zh: `未知部分“${name}”` })]
    return form.getAll(name).length > 1
      ? [issue(`/${name}`, 'duplicate-key', { en: `The part "${name}" stands twice`, zh: `“${name}”部分重复` })]
      : []
  })
  const [bill, lines] = [form.get('bill'), form.get('lines')]
  if (bill === null) issues.push(missing('bill'))
  if (lines === null || typeof lines === 'string') issues.push(missing('lines'))
  if (issues.length > 0 || bill === null || lines === null || typeof lines === 'string')
    throw new Problem('body-invalid', { errors: issues })
  const type = typeOf(lines)
  if (type === undefined)
    throw new Problem('unsupported-media-type', {
      detail: { en: 'Lines are CSV or XLSX', zh: '账单行须为 CSV 或 XLSX 文件' },
    })
  const head = typeof bill === 'string' ? Buffer.from(bill) : Buffer.from(await bill.arrayBuffer())
  return { head, file: Buffer.from(await lines.arrayBuffer()), type }
}

const missing = (name: string): Issue =>
  issue(`/${name}`, 'missing', { en: `The part "${name}" is missing`, zh: `缺少“${name}”部分` })

/** The format of a file: by its media type, else (browsers on Windows call CSV a workbook) by its name. */
function typeOf({ type, name }: File): SheetType | undefined {
  const bare = type.split(';')[0]?.trim().toLowerCase() ?? ''
  const ending = /\.(csv|xlsx)$/i.exec(name)?.[1]?.toLowerCase()
  if (ending === 'csv') return 'text/csv'
  if (ending === 'xlsx') return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return isSheetType(bare) ? bare : undefined
}
