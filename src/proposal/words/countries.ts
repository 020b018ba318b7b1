import { loadCodeList, textOf } from '../../../schemas/codes/index.ts'
import { fold } from './fold.ts'

/** Names of countries 国别（地区） beside those of the code list, by ISO 3166-1 alpha-2. */
const further: Readonly<Record<string, string>> = {
  CN: 'p r china | prc | peoples republic of china | mainland china | made in china | chinese | 中华人民共和国 | 中国大陆',
  US: 'usa | us | u s a | america | united states of america',
  GB: 'uk | u k | great britain | england | britain',
  KR: 'korea | south korea | republic of korea',
  VN: 'vietnam | viet nam',
  RU: 'russia',
  AE: 'uae | u a e | dubai',
  NL: 'holland | the netherlands',
  HK: 'hong kong | hongkong | hong kong sar | 中国香港 | 香港',
  TW: 'taiwan | 台湾 | 中国台湾',
  MO: 'macau | macao | 澳门 | 中国澳门',
  LA: 'laos',
  CZ: 'czech republic | czechia',
}
/** Provinces and cities that say an address is in China, without their country. */
const chinese =
  /重庆|四川|北京|上海|天津|广东|广西|江苏|浙江|山东|福建|湖北|湖南|河南|河北|陕西|云南|贵州|新疆|甘肃|辽宁|吉林|黑龙江|安徽|江西|山西|海南|青海|宁夏|西藏|内蒙古/
let names: ReadonlyMap<string, string> | undefined

/** The country a text is the name or the code of. */
export function countryNamed(text: string): string | undefined {
  if (names === undefined) {
    const listed = loadCodeList('countries').items.flatMap((item) => {
      const alpha2 = textOf(item, 'alpha2')
      return alpha2 === undefined
        ? []
        : [alpha2, item.code, item.zh ?? '', item.en ?? ''].map((name) => [fold(name), alpha2] as const)
    })
    const added = Object.entries(further).flatMap(([code, words]) =>
      words.split('|').map((word) => [fold(word), code] as const),
    )
    names = new Map([...listed, ...added])
  }
  const folded = fold(text)
  return folded === '' ? undefined : (names.get(folded) ?? names.get(folded.replace(/^madein|^中国(?=.)/, '')))
}

/** The country an address ends with, or says by a Chinese province. */
export function countryIn(address: string): string | undefined {
  const parts = address.slice(0, 800).split(/[,，;；\n]/)
  for (const part of parts.reverse()) {
    const words = part
      .replaceAll(/[\d.()（）-]+/g, ' ')
      .trim()
      .split(/\s+/)
    for (let taken = Math.min(4, words.length); taken > 0; taken--) {
      const end = words.slice(-taken).join(' ')
      // Two letters at an end are as likely a state or a form of a firm.
      const country = end.length < 3 ? undefined : countryNamed(end)
      if (country !== undefined) return country
    }
  }
  return /^\s*中国(?!香港|澳门|台湾)/.test(address) || chinese.test(address) ? 'CN' : undefined
}
