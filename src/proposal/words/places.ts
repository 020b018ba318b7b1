import { type CodeItem, loadCodeList, textOf } from '../../../schemas/codes/index.ts'
import { countryIn, countryNamed } from './countries.ts'
import { fold, partsOf } from './fold.ts'

/** A place 地点 as a declaration has it. */
export interface Place {
  readonly countryCode: string
  readonly unLocode?: string
  readonly terminal?: string
}
export interface NamedPlace {
  readonly place: Place
  /** Other places of that name. */
  readonly others: readonly Place[]
}

/** Places that documents call otherwise than the lists do; terminals that have no UN/LOCODE of their own. Checked by hand. */
const aliases: Readonly<Record<string, Place>> = {
  guoyuan: { countryCode: 'CN', unLocode: 'CNCHQ', terminal: '果园港' },
  guoyuanport: { countryCode: 'CN', unLocode: 'CNCHQ', terminal: '果园港' },
  果园: { countryCode: 'CN', unLocode: 'CNCHQ', terminal: '果园港' },
  重庆果园: { countryCode: 'CN', unLocode: 'CNCHQ', terminal: '果园港' },
  cuntan: { countryCode: 'CN', unLocode: 'CNCHQ', terminal: '寸滩港' },
  寸滩: { countryCode: 'CN', unLocode: 'CNCHQ', terminal: '寸滩港' },
  yangshan: { countryCode: 'CN', unLocode: 'CNYSA', terminal: '洋山港' },
  洋山: { countryCode: 'CN', unLocode: 'CNYSA', terminal: '洋山港' },
  上海洋山: { countryCode: 'CN', unLocode: 'CNYSA', terminal: '洋山港' },
  团结村: { countryCode: 'CN', unLocode: 'CNCQI', terminal: '团结村站' },
  鱼嘴: { countryCode: 'CN', unLocode: 'CNCQI', terminal: '鱼嘴站' },
}

interface Known {
  readonly unLocode: string
  /** What UN/LOCODE says happens there: `1` in first place is a port, `2` in second a station, `4` in fourth an airport. */
  readonly functions: string
  /** The name is a part of a longer one: Singapore of Jurong/Singapore. */
  readonly isPart: boolean
}
let index: ReadonlyMap<string, readonly Known[]> | undefined
const functionAt: Readonly<Record<string, number>> = { '1': 0, '8': 0, '2': 1, '3': 2, '4': 3 }

/** @param mode UN/ECE Rec 19, where it is known: `Shanghai` is a port, an airport and a station */
export function placeNamed(text: string, mode?: string): NamedPlace | undefined {
  const said = text.normalize('NFKC').slice(0, 200).trim()
  const [head = '', ...tail] = said.split(/\s*[,，/;；(（]\s*/)
  const within = tail.map((part) => countryNamed(part)).find((country) => country !== undefined)
  index ??= readIndex()
  for (const name of namesIn(head)) {
    const alias = Object.hasOwn(aliases, name) ? aliases[name] : undefined
    if (alias !== undefined) return { place: alias, others: [] }
    const found = (index.get(name) ?? []).filter(({ unLocode }) => within === undefined || unLocode.startsWith(within))
    const whole = found.filter(({ isPart }) => !isPart)
    const ranked = (whole.length > 0 ? whole : found).toSorted(
      (a, b) => rankOf(a, mode) - rankOf(b, mode) || (a.unLocode < b.unLocode ? -1 : 1),
    )
    const [best, ...others] = ranked.map(({ unLocode }) => ({ unLocode, countryCode: unLocode.slice(0, 2) }))
    if (best !== undefined) return { place: best, others }
  }
  const country = within ?? countryNamed(said) ?? countryIn(said)
  return country === undefined ? undefined : { place: { countryCode: country }, others: [] }
}

/** Whether a place serves a mode comes first, then whether it is there for nothing else. */
const rankOf = ({ functions }: Known, mode = '1'): number => {
  const serves = functions === '' || functions[functionAt[mode] ?? 0] !== '-'
  return (serves ? 0 : 2) + (functions.replaceAll('-', '').length === 1 ? 0 : 1)
}

/** What a place may be called, most of it first: 中国重庆港 is 重庆港 and 重庆. */
function namesIn(text: string): string[] {
  const bare = text.replace(/^(port of|any port of)\s+/i, '').replace(/\s+(port|seaport|p\.?r\.?\s*china|china)$/i, '')
  const folded = fold(bare)
  const inland = folded.replace(/^(中国|china)/, '').replace(/(?<=.{3})(china|port)$/, '')
  const { han, latin } = partsOf(inland)
  const all = [fold(text), folded, inland, han, latin, withoutCountry(han)]
  return [...new Set(all.flatMap((name) => [name, name.replace(/(?<=..)(港口|口岸|港|市)$/, '')]))].filter(
    (name) => name !== '',
  )
}

/** 德国汉堡 is 汉堡. */
function withoutCountry(han: string): string {
  for (let length = Math.min(5, han.length - 2); length >= 2; length--)
    if (countryNamed(han.slice(0, length)) !== undefined) return han.slice(length)
  return ''
}

/** What happens at a place, told by how it is called. */
const functionsOf = (zh: string): string =>
  /机场/.test(zh)
    ? '---4----'
    : /铁路|站$/.test(zh)
      ? '-2------'
      : /公路/.test(zh)
        ? '--3-----'
        : zh.endsWith('港')
          ? '1-------'
          : ''

function readIndex(): Map<string, Known[]> {
  const found = new Map<string, Known[]>()
  const add = (name: string, known: Known) => {
    const key = fold(name)
    const all = found.get(key)
    if (key === '') return
    if (all === undefined) found.set(key, [known])
    else if (!all.some(({ unLocode }) => unLocode === known.unLocode)) all.push(known)
  }
  for (const { code, en = '', ...row } of loadCodeList('locations').items) {
    const known = {
      unLocode: code,
      functions: textOf(row as CodeItem, 'function') ?? '',
      isPart: en.includes('/'),
    }
    add(code, { ...known, isPart: false })
    for (const part of en.split('/')) add(part.replace(/ (Pt|International Apt|Apt|Railway Station)$/, ''), known)
  }
  for (const list of ['domestic-ports', 'foreign-ports'] as const)
    for (const row of loadCodeList(list).items) {
      const unLocode = textOf(row, 'unLocode')
      if (unLocode === undefined) continue
      const known = { unLocode, functions: functionsOf(row.zh ?? ''), isPart: false }
      const zh = (row.zh ?? '').replace(/（.*$/, '')
      for (const name of [unLocode, zh, zh.replace(/(?<=..)(港|国际机场|机场|站|铁路|公路)$/, '')]) add(name, known)
      add((row.en ?? '').split(',')[0] ?? '', known)
    }
  return found
}
