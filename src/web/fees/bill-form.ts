import type { Context } from 'hono'
import { readBody } from '../../body.ts'
import { Problem } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { shipmentIn } from './shipment-form.ts'

/** What a visitor sent: the fields, and a file where one was chosen. */
export interface SentForm {
  readonly form: URLSearchParams
  readonly file: File | undefined
}

/** A form of parts, as a browser sends it with a file. @throws {Problem} malformed-body, body-too-large */
export async function readBillForm(context: Context<Env>): Promise<SentForm> {
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

/** The bill as the interface wants it: JSON, or beside a file of lines a form of parts. */
export function billIn({ form, file }: SentForm): { body: unknown; headers: Record<string, string> } {
  const text = (name: string) => (form.get(name) ?? '').trim()
  const payee = text('payee')
  const head = {
    billNumber: text('billNumber'),
    issuedOn: text('issuedOn'),
    payee: payee === '' ? { name: text('payeeName') } : payee,
    currency: 'CNY',
    shipment: shipmentIn(form),
  }
  if (file === undefined) return { body: { ...head, lines: linesIn(text('lines')) }, headers: {} }
  const parts = new FormData()
  parts.set('bill', JSON.stringify(head))
  parts.set('lines', file)
  return { body: parts, headers: {} }
}

/** Lines as they are typed 项目 | 数量 | 单位 | 单价 | 金额; the amount stands last, whatever is left out before it. */
export function linesIn(text: string): Record<string, string>[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const cells = line.split(/[|｜\t]/).map((cell) => cell.trim())
      const [description = '', ...rest] = cells
      const amount = rest.pop() ?? ''
      const [quantity = '', unit = '', unitPrice = ''] = rest
      const given = { description, quantity, unit, unitPrice, amount }
      return Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== '' || name === 'amount'))
    })
}
