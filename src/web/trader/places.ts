import { type CodeItem, findCode, groupRows, textOf } from '../../../schemas/codes/index.ts'
import { transportModes } from '../../../schemas/declaration/index.ts'
import type { Language } from '../../problem.ts'

/** A place as the interface names it: on a leg, or of what was told of goods under way. */
export interface Somewhere {
  readonly unLocode?: string | undefined
  readonly countryCode?: string | undefined
  readonly terminal?: string | undefined
  readonly facility?: string | undefined
  readonly name?: string | undefined
}

let ports: Map<string, CodeItem[]> | undefined
/** What a place with a UN/LOCODE is called in Chinese: what the names of its ports begin with. */
function chineseNameOf(unLocode: string): string | undefined {
  ports ??= groupRows('domestic-ports', (item) => textOf(item, 'unLocode'))
  const [first, ...others] = (ports.get(unLocode) ?? []).map(({ zh = '' }) => zh)
  if (first === undefined) return undefined
  let shared = first
  while (shared.length > 0 && others.some((name) => !name.startsWith(shared))) shared = shared.slice(0, -1)
  return shared.length < 2 ? first : shared
}

const countries = {
  en: new Intl.DisplayNames('en', { type: 'region', fallback: 'code' }),
  zh: new Intl.DisplayNames('zh-CN', { type: 'region', fallback: 'code' }),
} as const
/** A country's name; what is no code of one stays as it is. */
export const countryName = (language: Language, code: string): string =>
  /^[A-Z]{2}$/.test(code) ? (countries[language].of(code) ?? code) : code

/** Where something is, as people say it: the terminal or the town, else the country. */
export function placeName(language: Language, { unLocode, countryCode, terminal, facility, name }: Somewhere): string {
  const within = terminal ?? facility
  if (within !== undefined) return within
  const town = unLocode === undefined ? undefined : findCode('locations', unLocode)?.en
  const country = countryCode ?? unLocode?.slice(0, 2)
  if (language === 'zh') {
    const known = unLocode === undefined ? undefined : chineseNameOf(unLocode)
    if (known !== undefined) return known
    // A town that is its country, as Singapore, is named once.
    if (country !== undefined && town !== undefined)
      return town === countryName('en', country) ? countryName('zh', country) : `${countryName('zh', country)} ${town}`
  }
  return town ?? name ?? (country === undefined ? (unLocode ?? '–') : countryName(language, country))
}

/** The mode of a leg in a word. */
export const modeName = (language: Language, code: string): string =>
  Object.hasOwn(transportModes, code) ? transportModes[code as keyof typeof transportModes][language] : code

/** Modes in travel order, one after another only once. */
export const modesInWords = (language: Language, modes: readonly string[]): string =>
  modes
    .filter((mode, at) => mode !== modes[at - 1])
    .map((mode) => modeName(language, mode))
    .join(language === 'zh' ? '、' : ', ')
