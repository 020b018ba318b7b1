import type { Context } from 'hono'
import { mediaTypeOf, readBody } from '../../body.ts'
import { Problem } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { given, readForm } from '../form.ts'
import { shipmentIn } from './shipment-form.ts'

/** What a visitor sent: the fields, and a file where one was chosen. */
export interface SentForm {
  readonly form: URLSearchParams
  readonly file?: File | undefined
}

/** A form of parts, as a browser sends it with a file; or of fields alone. @throws {Problem} malformed-body, body-too-large, unsupported-media-type */
export async function readBillForm(context: Context<Env>): Promise<SentForm> {
  if (mediaTypeOf(context) !== 'multipart/form-data') return { form: await readForm(context) }
  const bytes = await readBody(context)
  const type = context.req.header('content-type') ?? ''
  let parts: FormData
  try {
    parts = await new Response(bytes as Uint8Array<ArrayBuffer>, { headers: { 'content-type': type } }).formData()
  } catch (cause) {
    throw new Problem('malformed-body', { detail: { en: 'Not a form of parts', zh: '不是有效的表单数据' }, cause })
  }
  const form = new URLSearchParams()
  for (const [name, value] of parts) if (typeof value === 'string') form.append(name, value)
  const file = parts.get('file')
  return { form, file: file instanceof File && file.size > 0 ? file : undefined }
}

/** What goes to the interface. */
interface Wanted {
  readonly body: unknown
  readonly headers: Record<string, string>
}

/**
 * The bill as the interface wants it: JSON, or beside a file of lines a form of parts. One that was read from a file before comes along whole,
 * as `bill`: browsers do not send a file twice.
 */
export function billIn({ form, file }: SentForm): Wanted {
  const read = form.get('bill')
  if (file === undefined && read !== null) return { body: read, headers: { 'content-type': 'application/json' } }
  const text = (name: string) => (form.get(name) ?? '').trim()
  const payee = text('payee')
  const head = {
    billNumber: text('billNumber'),
    issuedOn: text('issuedOn'),
    payee: payee === '' ? { name: text('payeeName') } : payee,
    currency: 'CNY',
    shipment: shipmentIn(form),
  }
  if (file === undefined) return { body: { ...head, lines: linesIn(given(form, 'lines')) }, headers: {} }
  const parts = new FormData()
  parts.set('bill', JSON.stringify(head))
  parts.set('lines', file)
  return { body: parts, headers: {} }
}

/** Lines as they are typed 项目 | 数量 | 单位 | 单价 | 金额; the amount stands last, whatever is left out before it. */
export function linesIn(text: string): Record<string, string>[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [description = '', ...rest] = line.split(/[|｜\t]/).map((cell) => cell.trim())
      // More cells than a line has: nobody can say which is which.
      if (rest.length > 4) return { description: line.trim() }
      const amount = plainNumber(rest.pop() ?? '')
      const [quantity = '', unit = '', unitPrice = ''] = rest
      const cells = { quantity: plainNumber(quantity), unit, unitPrice: plainNumber(unitPrice) }
      const filled = Object.entries(cells).filter(([, value]) => value !== '')
      return { description, ...Object.fromEntries(filled), amount }
    })
}

/** A number as people write it, "￥1,440.00元"; what is none stays as it is. */
function plainNumber(text: string): string {
  const bare = text.replace(/^(-?)[¥￥]\s*/, '$1').replace(/\s*元$/, '')
  return /^-?\d{1,3}([,，]\d{3})+(\.\d+)?$/.test(bare) ? bare.replaceAll(/[,，]/g, '') : bare
}
