import type { FeeAnswer } from '../../../schemas/fees/answers.ts'
import type { Language } from '../../problem.ts'
import type { Catalogue, NamedFee } from '../catalogue.ts'
import { presentFee } from '../present.ts'
import { rowsOf } from './fee-rows.ts'
import { headerRow } from './template.ts'
import { natureWords, wordFor } from './words.ts'
import { sheetName, type Written } from './write-xlsx.ts'

/** What a sheet of fees is taken from, and how it is written. */
export interface Listed {
  /** Absent: no edition holds on that day. */
  readonly catalogue: Catalogue | undefined
  readonly day: string
  /** In the order of the list: those of one port stand together. */
  readonly fees: readonly NamedFee[]
  readonly language: Language
}
const said = (language: Language, en: string, zh: string) => (language === 'zh' ? zh : en)

/** Every field, a row a rate: to be imported again. */
export function* columnRows({ fees, language }: Listed): Generator<string[]> {
  yield headerRow(language)
  for (const { id, fee } of fees) yield* rowsOf(id, fee, language)
}

/** The seven columns of a published list 收费目录清单. */
const listHeader = {
  zh: ['序号', '收费主体', '收费项目', '收费标准', '计价单位', '服务内容', '备注'],
  en: ['No.', 'Payee', 'Fee', 'Price', 'Unit', 'Service', 'Remarks'],
} as const
const listWidths = [8, 24, 28, 48, 16, 40, 40]

/** The fees of each port, by the port's name. */
const byPort = ({ catalogue, fees, language }: Listed) =>
  [...Map.groupBy(fees, ({ fee }) => fee.port)].map(([port, there]) => ({
    port: catalogue?.of('port').get(port)?.name[language] ?? port,
    there,
  }))

function* portRows(catalogue: Catalogue, fees: readonly NamedFee[], language: Language): Generator<readonly string[]> {
  yield listHeader[language]
  for (const [index, { id, fee }] of fees.entries())
    yield listRow(presentFee(catalogue, id, fee), String(index + 1), language)
}

function listRow(fee: FeeAnswer, number: string, language: Language): string[] {
  const remarks = [
    wordFor(natureWords, fee.nature, language),
    ...fee.basis.map(({ number: of, article }) => [of, article].filter(Boolean).join(' ')),
    ...(fee.exemptions ?? []).map(({ text }) => text[language]),
    fee.note?.[language] ?? '',
  ]
  return [
    number,
    fee.payee.name[language],
    fee.name[language],
    fee.priceText[language],
    fee.unitText[language],
    fee.service[language],
    remarks.filter((remark) => remark !== '').join(said(language, '; ', '；')),
  ]
}

/** The list as one file: port by port, with a line between them. */
export function* listRows(listed: Listed): Generator<readonly string[]> {
  const { catalogue, language } = listed
  for (const { port, there } of byPort(listed)) {
    yield [port]
    if (catalogue !== undefined) yield* portRows(catalogue, there, language)
    yield []
  }
}

/** Where the list was taken from 版次信息: name and value. */
function sourceRows({ catalogue, day, fees, language }: Listed): string[][] {
  const { edition } = catalogue ?? {}
  const rows = [
    [said(language, 'Day', '日期'), day],
    [said(language, 'Fees', '收费项目数'), String(fees.length)],
  ]
  if (edition === undefined) return [...rows, [said(language, 'Edition', '版次'), said(language, 'none', '无')]]
  return [
    [said(language, 'Edition', '版次'), String(edition.number)],
    [said(language, 'Title', '标题'), edition.title],
    [said(language, 'Valid from', '生效日期'), edition.validFrom],
    ...rows,
    [said(language, 'SHA-256 of the edition', '版次 SHA-256'), edition.digest],
    [said(language, 'To be read at', '查询地址'), `/v1/fee-editions/${edition.number}`],
  ]
}

/** The same at the end of a file: rows that are remarks. */
export const sourceRemarks = (listed: Listed): string[][] =>
  sourceRows(listed).map(([name = '', value = '']) => [`# ${name}${said(listed.language, ': ', '：')}${value}`])

/** The sheets of a workbook: the fees, or a sheet a port; where they were taken from comes last. */
export function sheetsOf(listed: Listed, form: 'columns' | 'list'): Written[] {
  const { catalogue, language } = listed
  const source = said(language, 'edition', '版次')
  const taken = [source]
  const named = (name: string) => {
    const free = sheetName(name, taken)
    taken.push(free)
    return free
  }
  const lists = byPort(listed).flatMap(({ port, there }): Written[] =>
    catalogue === undefined
      ? []
      : [{ name: named(port), widths: listWidths, head: 1, rows: () => portRows(catalogue, there, language) }],
  )
  const all = {
    name: said(language, 'fees', '收费项目'),
    widths: headerRow(language).map(() => 16),
    head: 1,
    rows: () => columnRows(listed),
  }
  return [
    ...(form === 'list' ? lists : [all]),
    { name: source, widths: [24, 80], head: 0, rows: () => sourceRows(listed) },
  ]
}
