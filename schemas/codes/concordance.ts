import { type CodeItem, type CodeListId, findCode, groupRows, loadCodeList, textOf, textsOf } from './index.ts'

/**
 * Between the codes of Chinese customs and the international ones. The columns are this project's own work; each file says in
 * `concordance` by what rule. What has no exact counterpart answers `undefined`: the caller must say so, not guess.
 */

/** Rec 20 codes that count what C62 and PR count: each, piece and number; number of pairs. */
const sameCount: { readonly [rec20: string]: string } = { EA: 'C62', H87: 'C62', NMB: 'C62', NPR: 'PR' }

/** The row that stands for a UN/LOCODE which several customs codes share. */
const preferredPort: { readonly [unLocode: string]: string } = {
  SGSIN: 'SGP000', // what declarations to Singapore carry, rather than SGP012
  CNAKL: '650302', // the railway; 650301 is the road crossing beside it
}

/** The country 国别 with an ISO 3166-1 alpha-3 code, which is also the customs code. */
export function countryByAlpha3(alpha3: string): CodeItem | undefined {
  return findCode('countries', alpha3)
}

/** The country 国别 with an ISO 3166-1 alpha-2 code. */
export function countryByAlpha2(alpha2: string): CodeItem | undefined {
  return rowsBy('countries', 'alpha2', alpha2)[0]
}

/** The customs country code of an alpha-2 code: `CN` is `CHN`. */
export function alpha3Of(alpha2: string): string | undefined {
  return countryByAlpha2(alpha2)?.code
}

/** The alpha-2 code of a customs country code; customs-only areas have none. */
export function alpha2Of(alpha3: string): string | undefined {
  return textOf(countryByAlpha3(alpha3), 'alpha2')
}

/** The UN/ECE Rec 20 code of a customs unit 计量单位: `035` is `KGM`; `CN` and the customs code where Rec 20 has none: `120` (箱) is `CN120`. */
export function rec20OfUnit(customsCode: string): string | undefined {
  const unit = findCode('units', customsCode)
  return unit && (textOf(unit, 'rec20') ?? `CN${customsCode}`)
}

/** Every customs unit a Rec 20 code may be; many for `C62`, where the statutory unit decides. */
export function customsUnitsOf(rec20: string): readonly string[] {
  const known = unitsByRec20.get(rec20)
  if (known !== undefined) return known
  const found = findCustomsUnits(rec20)
  // Only what there is, is remembered: anybody can ask for what there is not.
  if (found.length > 0) unitsByRec20.set(rec20, found)
  return found
}
const unitsByRec20 = new Map<string, readonly string[]>()

function findCustomsUnits(rec20: string): readonly string[] {
  const national = /^CN(\d{3})$/.exec(rec20)?.[1]
  if (national !== undefined) {
    const unit = findCode('units', national)
    return unit === undefined || textOf(unit, 'rec20') !== undefined ? [] : [national]
  }
  return rowsBy('units', 'rec20', sameCount[rec20] ?? rec20).map((unit) => unit.code)
}

/** The UN/ECE Rec 21 code of a customs kind of packaging 包装种类: `22` is `4G`. */
export function rec21OfPackaging(customsCode: string): string | undefined {
  return textOf(findCode('packaging', customsCode), 'rec21')
}

/** The customs packaging for a Rec 21 code: its counterpart, or the wider kind it belongs to (`CT` is `22`). */
export function packagingOfRec21(rec21: string): string | undefined {
  return exactOrWider('packaging', 'rec21', rec21)
}

/** The UN/ECE Rec 19 code of a customs mode of transport 运输方式: `2` (water) is `1`. */
export function rec19OfTransportMode(customsCode: string): string | undefined {
  return textOf(findCode('transport-modes', customsCode), 'rec19')
}

/** The customs mode of transport for a Rec 19 code; maritime (`1`) and inland water (`8`) are both `2`. */
export function transportModeOfRec19(rec19: string): string | undefined {
  return exactOrWider('transport-modes', 'rec19', rec19)
}

/** The UN/LOCODE of a customs port code 港口代码 or 口岸代码, foreign (`SGP000`) or domestic (`500002`). */
export function locodeOfPort(portCode: string): string | undefined {
  return textOf(findCode('foreign-ports', portCode) ?? findCode('domestic-ports', portCode), 'unLocode')
}

/**
 * The customs code 港口代码 of a port abroad. A country that customs lists by its generic code alone (`BLR000`) gives that one;
 * where customs has ports of the country but not this one, see `genericPortOf`.
 */
export function portOfLocode(unLocode: string): string | undefined {
  const generic = genericPortOf(unLocode.slice(0, 2))
  const alone = generic !== undefined && portsOf(generic.slice(0, 3)).length === 1
  return portIn('foreign-ports', unLocode) ?? (alone ? generic : undefined)
}

/** The code of a country's ports taken together (`KAZ000`), for a place that customs has no code of its own for. */
export function genericPortOf(alpha2: string): string | undefined {
  const country = alpha3Of(alpha2)
  return country && findCode('foreign-ports', `${country}000`)?.code
}

/** The customs code 口岸代码 of a Chinese port or border crossing. */
export function domesticPortOfLocode(unLocode: string): string | undefined {
  return portIn('domestic-ports', unLocode)
}

function portIn(id: CodeListId, unLocode: string): string | undefined {
  const ports = rowsBy(id, 'unLocode', unLocode)
  return (ports.find((port) => port.code === preferredPort[unLocode]) ?? ports[0])?.code
}

type Index = ReadonlyMap<string, readonly CodeItem[]>
const columns = new Map<CodeListId, Map<string, Index>>()

/** The rows of a list with a value in a column, by an index made when first asked for. */
function rowsBy(id: CodeListId, column: string, value: string): readonly CodeItem[] {
  return indexed(id, column, (item) => textOf(item, column)).get(value) ?? none
}
const none: readonly CodeItem[] = []

/** The customs ports whose code starts with a country. */
function portsOf(alpha3: string): readonly CodeItem[] {
  return indexed('foreign-ports', 'country', (item) => item.code.slice(0, 3)).get(alpha3) ?? none
}

function indexed(id: CodeListId, name: string, by: (item: CodeItem) => string | undefined): Index {
  let indexes = columns.get(id)
  if (indexes === undefined) columns.set(id, (indexes = new Map()))
  let index = indexes.get(name)
  if (index === undefined) indexes.set(name, (index = groupRows(id, by)))
  return index
}

/** The code of the row with a value in its one-to-one column, or among the narrower values of `<column>Also`. */
function exactOrWider(id: CodeListId, column: string, value: string): string | undefined {
  const wider = (item: CodeItem): boolean => textsOf(item, `${column}Also`).includes(value)
  return (rowsBy(id, column, value)[0] ?? loadCodeList(id).items.find(wider))?.code
}
