import type { Text } from './text.ts'

/**
 * What a pattern asks for, as a person would say it: the ways in which fields here are written. Absent for any other pattern: then the
 * pattern itself is the most that can be said.
 * @param source of the regular expression
 */
export function patternText(source: string): Text | undefined {
  if (source === '^[^\\p{Cc}]*$')
    return { en: 'One line of text, without control characters', zh: '应为单行文本，不含控制字符' }
  const decimals = /^\^\(0\|\[1-9\]\\d\{0,(\d+)\}\)(?:\(\\\.\\d\{1,(\d+)\}\)\?)?\$$/.exec(source)
  if (decimals !== null) return decimalText(Number(decimals[1]) + 1, decimals[2])
  const [, least, most] = /^\^\\d\{(\d+)(?:,(\d+))?\}\$$/.exec(source) ?? []
  if (least !== undefined)
    return most === undefined
      ? { en: `${least} digits`, zh: `应为${least}位数字` }
      : { en: `${least} to ${most} digits`, zh: `应为${least}至${most}位数字` }
  const [, from, to] = /^\^\[0-9A-Z\]\{(\d+)(?:,(\d+))?\}\$$/.exec(source) ?? []
  if (from === undefined) return undefined
  return to === undefined
    ? { en: `${from} digits or capital letters`, zh: `应为${from}位数字或大写字母` }
    : { en: `${from} to ${to} digits or capital letters`, zh: `应为${from}至${to}位数字或大写字母` }
}

const decimalText = (digits: number, decimals: string | undefined): Text =>
  decimals === undefined
    ? { en: `A whole number of at most ${digits} digits`, zh: `应为不超过${digits}位的整数` }
    : {
        en: `A number like 1234.5, with at most ${decimals} ${decimals === '1' ? 'decimal' : 'decimals'}`,
        zh: `应为数字（如 1234.5），小数不超过${decimals}位`,
      }
