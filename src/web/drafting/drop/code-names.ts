import { countryByAlpha2, customsUnitsOf, packagingOfRec21 } from '../../../../schemas/codes/concordance.ts'
import { type CodeItem, type CodeListId, findCode } from '../../../../schemas/codes/index.ts'
import { transportModes } from '../../../../schemas/declaration/index.ts'
import type { Language } from '../../../problem.ts'

/** Fields whose value is a code of a list, by the end of their pointer. */
const lists: readonly (readonly [field: RegExp, list: CodeListId])[] = [
  [/\/hsCode$/, 'tariff'],
  [/\/(unLocode|locationId)$/, 'locations'],
  [/\/entryExitPortId$/, 'domestic-ports'],
  [/\/supervisionMode$/, 'supervision-modes'],
  [/\/levyNature$/, 'levy-natures'],
  [/\/dutyMode$/, 'duty-modes'],
  [/\/currency$/, 'currencies'],
  [/OfficeId$/, 'customs-offices'],
  [/\/undgId$/, 'un-numbers'],
]

/** What a code means 代码名称, for who does not know it by heart; undefined where a value is no code. */
export function codeName(language: Language, pointer: string, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  if (pointer.endsWith('/modeCode')) {
    const mode = Object.entries(transportModes).find(([code]) => code === value)?.[1]
    return mode?.[language]
  }
  const row = rowOf(pointer, value)
  return row && (language === 'zh' ? (row.zh ?? row.en) : (row.en ?? row.zh))
}

function rowOf(pointer: string, value: string): CodeItem | undefined {
  if (/[cC]ountry(Code)?$/.test(pointer)) return countryByAlpha2(value)
  if (pointer.endsWith('/packaging/typeCode')) return findCode('packaging', packagingOfRec21(value) ?? '')
  if (pointer.endsWith('/unitCode')) return unitRow(value)
  const list = lists.find(([field]) => field.test(pointer))?.[1]
  return list && findCode(list, value)
}

/** A unit that stands for several of customs' is none of them by name. */
function unitRow(value: string): CodeItem | undefined {
  const [only, ...others] = customsUnitsOf(value)
  return only === undefined || others.length > 0 ? undefined : findCode('units', only)
}
