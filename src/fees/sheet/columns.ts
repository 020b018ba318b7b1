import { type AnyForm, bases, daying, digits, naming, oneOf, someOf, wording, wordings } from './cell.ts'
import { conditionsCell, factorsCell, measureCell, stepsCell } from './rate-cells.ts'
import {
  arisesWords,
  eventWords,
  evidenceWords,
  formWords,
  kindWords,
  natureWords,
  payerWords,
  priceWords,
} from './words.ts'

/** One column of a sheet of fees 列: what it says, how it is read and written, and which field it is. */
export interface Column {
  readonly zh: string
  readonly en: string
  /** Whose field it is: the fee's own, its rate's or its exemption's of that row. */
  readonly of: 'fee' | 'rate' | 'exemption'
  readonly path: readonly string[]
  readonly form: AnyForm
  /** A file without it is no file of fees. */
  readonly required?: true
  /** What an empty cell says, where it says something. */
  readonly empty?: string
}

const fee = (path: string, zh: string, en: string, form: AnyForm, more: Pick<Column, 'required' | 'empty'> = {}) =>
  ({ zh, en, of: 'fee', path: path.split('.'), form, ...more }) as const satisfies Column
const rate = (path: string, zh: string, en: string, form: AnyForm) =>
  ({ zh, en, of: 'rate', path: [path], form }) as const satisfies Column
const exemption = (path: string, zh: string, en: string, form: AnyForm) =>
  ({ zh, en, of: 'exemption', path: path.split('.'), form }) as const satisfies Column
const words = (list: Readonly<Record<string, string>>) => () => list
const required = { required: true } as const

/**
 * The columns of a sheet of fees, in the order they are written in; read in any. ONE ROW A RATE: rows of one fee share its id, and say the same
 * in the fee's own columns or leave them empty below the first. A fee with more exemptions than rates has rows without a rate.
 */
export const columns = {
  id: fee('id', '编号', 'Id', naming, required),
  kind: fee('kind', '项目类别', 'Kind', oneOf(kindWords), required),
  nameZh: fee('name.zh', '收费项目', 'Fee (Chinese)', wording, required),
  nameEn: fee('name.en', '收费项目（英文）', 'Fee', wording, required),
  aliases: fee('aliases', '别名', 'Other names', wordings),
  payee: fee('payee', '收费主体', 'Payee', naming, required),
  port: fee('port', '口岸', 'Port', naming, required),
  nature: fee('nature', '收费性质', 'Nature', oneOf(words(natureWords)), required),
  basis: fee('basis', '收费依据', 'Basis', bases),
  serviceZh: fee('service.zh', '服务内容', 'Service (Chinese)', wording, required),
  serviceEn: fee('service.en', '服务内容（英文）', 'Service', wording, required),
  payers: fee('payers', '付费人', 'Payers', someOf(words(payerWords)), required),
  applies: fee('applies', '适用范围', 'Applies to', conditionsCell),
  arises: fee('arises', '收取情形', 'Arises', oneOf(words(arisesWords)), required),
  price: fee('price.kind', '定价方式', 'Pricing', oneOf(words(priceWords)), required),
  saidZh: fee('price.said.zh', '代收或协议说明', 'Handed on or agreed (Chinese)', wording, { empty: '' }),
  saidEn: fee('price.said.en', '代收或协议说明（英文）', 'Handed on or agreed', wording, { empty: '' }),
  form: rate('form', '计价方式', 'Form', oneOf(words({ ...formWords, '[]': '[]' }))),
  when: rate('when', '适用条件', 'When', conditionsCell),
  per: rate('per', '计价单位', 'Per', factorsCell),
  amount: rate('amount', '金额', 'Amount', digits),
  least: rate('least', '下限', 'Least', digits),
  most: rate('most', '上限', 'Most', digits),
  stepOf: rate('of', '分段依据', 'Steps of', measureCell),
  steps: rate('steps', '阶梯', 'Steps', stepsCell),
  minimum: rate('minimum', '最低收费', 'Minimum', digits),
  maximum: rate('maximum', '最高收费', 'Maximum', digits),
  includes: fee('includes', '已含项目', 'Includes', someOf(kindWords)),
  exemptionZh: exemption('text.zh', '减免', 'Exemption (Chinese)', wording),
  exemptionEn: exemption('text.en', '减免（英文）', 'Exemption', wording),
  exemptionWhen: exemption('when', '减免条件', 'Exempt when', conditionsCell),
  exemptionEvent: exemption('event', '减免情形', 'Exempt upon', oneOf(words({ ...eventWords, '[]': '[]' }))),
  telephone: fee('telephone', '投诉电话', 'Telephone', naming, required),
  validFrom: fee('validFrom', '生效日期', 'Valid from', daying, required),
  validTo: fee('validTo', '失效日期', 'Valid to', daying),
  noteZh: fee('note.zh', '备注', 'Note (Chinese)', wording),
  noteEn: fee('note.en', '备注（英文）', 'Note', wording),
  evidence: fee('evidence.kind', '数据状态', 'Evidence', oneOf(words(evidenceWords)), required),
  evidenceText: fee('evidence.text', '数据出处', 'Evidence (text)', wording, { empty: '' }),
} as const satisfies Record<string, Column>
export type ColumnId = keyof typeof columns
export const columnIds = Object.keys(columns) as ColumnId[]
/** The same, without what only the table itself needs to know. */
export const columnOf = (id: ColumnId): Column => columns[id]

/** Letters of a column as spreadsheets count them: 0 is A, 26 is AA. */
export function lettersOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : lettersOf(Math.floor(index / 26) - 1) + last
}

/** The column of the letters a reference begins with (`AB12`), from 0; -1 where there are none. */
export const columnAt = (reference: string): number =>
  Array.from(/^[A-Z]{0,3}/.exec(reference)?.[0] ?? '').reduce(
    (column, letter) => (column + 1) * 26 + letter.charCodeAt(0) - 65,
    -1,
  )
