/** Characters of port vocabulary in their traditional form 繁体, as forwarders in Hong Kong and Taiwan print them, each with its simplified one. */
const simplifiedOf = new Map(
  (
    '費费 關关 報报 檢检 櫃柜 貨货 碼码 頭头 單单 證证 訂订 艙舱 換换 鉛铅 電电 轉转 運运 裝装 場场 庫库 滯滞 繫系 纜缆 過过 薰熏 燻熏 驗验 務务 ' +
    '設设 裏里 間间 鐵铁 進进 內内 異异 簽签 綁绑 綑捆 貿贸 輪轮 業业 乾干 幹干 製制 駁驳 備备 併并 載载 車车 處处 儲储 倉仓 殺杀 滅灭 稅税 國国 際际'
  )
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
)

/** Digits in words, plain and as on cheques 大写数字. */
const digits = new Map(
  ['〇零', '一壹', '二贰', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap((words, digit) =>
    Array.from(words, (word) => [word, digit] as const),
  ),
)
const digitWord = `[${[...digits.keys()].join('')}]`
const anyTraditional = new RegExp(`[${[...simplifiedOf.keys()].join('')}]`, 'g')
const anyDigit = new RegExp(digitWord, 'g')
const tens = new RegExp(`(${digitWord})?[十拾](${digitWord})?`, 'g')

/**
 * A name 名称 as it is compared: without width, case, spaces, punctuation and brackets, in simplified characters, digits in figures, and
 * without 费, 费用, fee and charge, which every one of them has.
 */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(anyTraditional, (character) => simplifiedOf.get(character) ?? character)
    .replace(tens, (_, before: string | undefined, after: string | undefined) =>
      String((before === undefined ? 1 : (digits.get(before) ?? 1)) * 10 + (digits.get(after ?? '') ?? 0)),
    )
    .replace(anyDigit, (word) => String(digits.get(word)))
    .replace(/\b(?:fees?|charges?)\b/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/费用?/g, '')
}

/** A firm's name as it is compared: only its width, case, spaces and punctuation are left out. */
export const plainFirm = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

const bracketed = /[(（[【〔]([^()（）[\]【】〔〕]*)[)）\]】〕]/g

/** The forms a name is known by: whole, and without what stands in brackets: “港口作业包干费（20'）” is the same fee. */
export function formsOf(name: string): string[] {
  const whole = plainName(name)
  const without = plainName(name.replace(bracketed, ' '))
  return [...new Set([whole, without])].filter((form) => form !== '')
}

/**
 * Further forms of a name in a list: what stands in its brackets, where that is a name of its own (“码头操作费（THC）” is also THC), and its
 * short form, the first character of each two: 港口建设费 is 港建费.
 */
export function shortFormsOf(name: string): string[] {
  const inside = [...name.matchAll(bracketed)].map(([, within = '']) => plainName(within))
  const [bare = ''] = formsOf(name).slice(-1)
  const characters = Array.from(bare)
  const short =
    characters.length >= 4 && characters.length % 2 === 0 && /^\p{Script=Han}+$/u.test(bare)
      ? characters.filter((_, at) => at % 2 === 0).join('')
      : ''
  return [...new Set([...inside.filter((form) => /^[a-z]{2,}$/.test(form)), short])].filter((form) => form !== '')
}

/** The pairs of neighbouring characters of a text. */
export function bigramsOf(text: string): ReadonlySet<string> {
  const characters = Array.from(text)
  const pairs = new Set<string>()
  for (let at = 0; at + 1 < characters.length; at++) pairs.add(`${characters[at]}${characters[at + 1]}`)
  return pairs
}

/**
 * How alike two names are that have so many pairs, and so many of these in common (Dice's coefficient), from 0 to 1 in hundredths: a figure that
 * prints as it is compared.
 */
export const likeness = (shared: number, one: number, other: number): number =>
  one + other === 0 ? 0 : Math.round((200 * shared) / (one + other)) / 100
