import type { Text } from '../text.ts'
import { type CodeItem, findCode, textOf, textsOf } from './index.ts'

/**
 * One line of the tariff 税则号列: what a 10-digit commodity code costs, needs and is counted in.
 * Rates are decimal fractions: `0.13` is 13 %.
 */
export interface TariffLine {
  readonly hsCode: string
  readonly zh: string
  readonly note?: string
  /** Supervision conditions 监管条件: letters of `certificate-types`. */
  readonly supervision: readonly string[]
  /** Statutory units 法定单位, first and, where there is one, second: codes of `units`. */
  readonly statutoryUnits: readonly [string, string?]
  /** General rate 普通税率; three lines of the sample give none. */
  readonly generalRate?: string
  readonly mfnRate: string
  readonly exportRate: string
  readonly consumptionRate: string
  readonly vatRate: string
  /** What these numbers may be used for: shown wherever they are. */
  readonly validity: Text
}

/** Tariff and declaration elements are a sample of one year. */
export const tariffValidity: Text = { en: '2020 sample, not current law', zh: '2020年样本，非现行税则' }

/** The tariff line of a 10-digit commodity code 商品编号. */
export function tariffLine(hsCode: string): TariffLine | undefined {
  const row = findCode('tariff', hsCode)
  if (row === undefined) return undefined
  let line = lines.get(row)
  if (line === undefined) lines.set(row, (line = lineOf(hsCode, row)))
  return line
}
const lines = new WeakMap<CodeItem, TariffLine>()

function lineOf(hsCode: string, row: CodeItem): TariffLine {
  const required = (column: string): string => {
    const value = textOf(row, column)
    if (value === undefined) throw new Error(`tariff ${hsCode} has no ${column}`)
    return value
  }
  const note = textOf(row, 'note')
  const generalRate = textOf(row, 'generalRate')
  const secondUnit = textOf(row, 'unit2')
  return {
    hsCode,
    zh: row.zh ?? '',
    ...(note !== undefined && { note }),
    supervision: (textOf(row, 'supervision') ?? '').split(''),
    statutoryUnits: secondUnit === undefined ? [required('unit1')] : [required('unit1'), secondUnit],
    ...(generalRate !== undefined && { generalRate }),
    mfnRate: required('mfnRate'),
    exportRate: required('exportRate'),
    consumptionRate: required('consumptionRate'),
    vatRate: required('vatRate'),
    validity: tariffValidity,
  }
}

/** The declaration elements 申报要素 of a commodity code, in the order in which they are declared. */
export function declarationElements(hsCode: string): readonly string[] | undefined {
  const row = findCode('declaration-elements', hsCode)
  return row && textsOf(row, 'elements')
}
