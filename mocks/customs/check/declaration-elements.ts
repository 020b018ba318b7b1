import { declarationElements } from '../../../schemas/codes/tariff.ts'
import { type Finding, finding, type Item, isImport, type Message, textOf } from '../message.ts'
import { agreementPartners } from '../parameters.ts'

/** Elements at the end of a list that may be left out. */
const trailing: ReadonlySet<string> = new Set(['GTIN', 'CAS', '其他'])

/** Phase 4 申报要素: GModel against the element list of its HS code; a code not in the list takes any. */
export function checkDeclarationElements(message: Message): Finding[] {
  return message.items.flatMap((item) => checkItem(message, item))
}

function checkItem(message: Message, item: Item): Finding[] {
  const names = declarationElements(textOf(item, 'CodeTS'))
  const model = textOf(item, 'GModel')
  if (names === undefined || (textOf(message.sign, 'OperType') === 'G' && model === '')) return []
  const least = names.findLastIndex((name) => !trailing.has(name)) + 1
  const values = model === '' ? [] : model.split('|')
  const wrong = (code: number, text: string) => finding(item, 'GModel', code, text)

  if (values.length < least || values.length > names.length)
    return [wrong(401, `,申报要素应为${least}至${names.length}项（${names.join('|')}），实为${values.length}项`)]
  const found: Finding[] = []
  names.slice(0, least).forEach((name, index) => {
    const value = values[index]?.trim() ?? ''
    if (value === '') found.push(wrong(404, `,申报要素“${name}”未填`))
    else if (name === '品牌类型' && !/^[0-4]$/.test(value)) found.push(wrong(402, ',品牌类型填制不规范（应为0至4）'))
    else if (name === '出口享惠情况') found.push(...checkPreference(message, item, value))
  })
  return found
}

/** 0 not enjoyed, 1 enjoyed, 2 uncertain, 3 not applicable (import). */
function checkPreference(message: Message, item: Item, value: string): Finding[] {
  const wrong = (reason: string) => [finding(item, 'GModel', 403, `,出口享惠情况填制不规范（${reason}）`)]
  if (isImport(message)) return value === '3' ? [] : wrong('进口货物应为3不适用')
  if (!['0', '1', '2'].includes(value)) return wrong('出口货物应为0、1或2')
  // On export OriginCountry carries the country of destination.
  const destination = textOf(item, 'OriginCountry')
  return value === '1' && !agreementPartners.countries.has(destination)
    ? wrong(`与最终目的国${destination}无生效的优惠贸易协定`)
    : []
}
