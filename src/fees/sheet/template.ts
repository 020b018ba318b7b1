import type { Fee } from '../../../schemas/fees/entries.ts'
import type { Language } from '../../problem.ts'
import { columnIds, columns } from './columns.ts'
import { rowsOf } from './fee-rows.ts'
import {
  arisesWords,
  dimensionWords,
  eventWords,
  evidenceWords,
  formWords,
  kindWords,
  measureWords,
  natureWords,
  payerWords,
  priceWords,
  type Words,
} from './words.ts'

/** The header of a sheet of fees 表头. */
export const headerRow = (language: Language): string[] => columnIds.map((id) => columns[id][language])

/** An invented fee with as many of the columns filled in as one can have. */
const example: Fee = {
  kind: 'yard',
  name: { en: 'Yard use (example)', zh: '库场使用费（示例）' },
  aliases: ['堆存费'],
  payee: 'example-terminal',
  port: 'example-port',
  nature: 'market',
  basis: [{ id: 'example-basis', article: '第十条' }],
  service: { en: 'Keeping containers in the yard', zh: '集装箱堆存' },
  payers: ['shipper', 'consignee'],
  applies: { directions: ['import', 'export'], trades: ['foreign'] },
  arises: { when: 'always' },
  price: {
    kind: 'rates',
    currency: 'CNY',
    rates: [
      {
        form: 'slices',
        when: { sizes: ['20'], states: ['laden'] },
        per: ['container', 'storage-day'],
        of: 'storage-day',
        steps: [{ upTo: '7', amount: '0' }, { upTo: '14', amount: '4' }, { amount: '8' }],
      },
      {
        form: 'fixed',
        when: { sizes: ['40', '45'] },
        per: ['container', 'storage-day'],
        amount: '8.50',
        maximum: '500',
      },
    ],
  },
  exemptions: [
    { text: { en: 'Kept for an inspection that found nothing', zh: '查验无问题期间' }, event: 'inspection-clean' },
  ],
  telephone: '023-00000000',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  note: { en: 'Delete these rows', zh: '请删除示例行' },
  evidence: { kind: 'synthetic', text: '' },
}

/** The rows of a template: the header, and an example. */
export const templateRows = (language: Language): string[][] => [
  headerRow(language),
  ...rowsOf('example-yard', example, language),
]

/** What every column may hold 可用值: column, value, word, remark. */
export function allowedRows(language: Language): string[][] {
  const lists: [keyof typeof columns, Words][] = [
    ['nature', natureWords],
    ['payers', payerWords],
    ['arises', arisesWords],
    ['price', priceWords],
    ['form', formWords],
    ['per', measureWords],
    ['exemptionEvent', eventWords],
    ['evidence', evidenceWords],
    ['kind', kindWords()],
  ]
  const said = (en: string, zh: string) => (language === 'zh' ? zh : en)
  const conditions = Object.entries(dimensionWords).flatMap(([name, [zh, words]]) =>
    Object.entries(words).map(([value, word]) => [columns.when[language], `${name}=${value}`, `${zh}=${word}`, '']),
  )
  return [
    [said('Column', '列'), said('Value', '值'), said('In Chinese', '中文'), said('Remark', '说明')],
    ...notes.map(([id, en, zh]) => [columns[id][language], '', '', said(en, zh)]),
    ...lists.flatMap(([id, words]) =>
      Object.entries(words).map(([value, word]) => [columns[id][language], value, word, '']),
    ),
    ...conditions,
  ]
}

const notes: readonly (readonly [keyof typeof columns, string, string])[] = [
  [
    'id',
    'One row a rate: rows of one fee share its id. The fee’s own columns are filled in the first row, and left empty or the same below',
    '每个收费标准一行；同一收费项目的各行编号相同，项目自身各列首行填写，其余行相同或留空',
  ],
  [
    'aliases',
    'Several values: with ; between them. A backslash before one that belongs to a text',
    '多个值以“；”分隔；文本中的分号前加反斜杠',
  ],
  ['basis', 'id of the basis, and its article behind a colon', '收费依据编号，条款写在冒号之后，如 basis-1：第十条'],
  [
    'applies',
    'As sizes=20,40; states=laden. Likewise “When” and “Exempt when”',
    '如 箱型=20、40；空重=重箱。“适用条件”“减免条件”同',
  ],
  [
    'per',
    'Several factors: container×storage-day. The larger of two: larger(tonne,cubic-metre)',
    '多个因素相乘：箱×堆存天；择大计费：择大(吨,立方米)',
  ],
  ['steps', 'Each up to and including: 7=0; 14=85; rest=170', '含上限：7=0；14=85；其余=170'],
  ['validFrom', 'As 2026-04-01', '如 2026-04-01'],
  ['id', 'A row whose only cell begins with # is a remark', '仅有一个以 # 开头的单元格的行视为注释'],
]
