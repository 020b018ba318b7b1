import { expect, test } from 'vitest'
import * as z from 'zod'
import { decimal, line } from '../../schemas/formats.ts'
import { issuesOf } from '../../schemas/issue.ts'

const said = (schema: z.ZodType, value: unknown) => {
  const { error } = schema.safeParse(value)
  return error === undefined ? [] : issuesOf(error).map(({ detail, detailZh }) => [detail, detailZh])
}

test.each([
  [decimal(5), 'seven', 'A number like 1234.5, with at most 5 decimals', '应为数字（如 1234.5），小数不超过5位'],
  [decimal(0), '1.5', 'A whole number of at most 14 digits', '应为不超过14位的整数'],
  [line(9), 'a\nb', 'One line of text, without control characters', '应为单行文本，不含控制字符'],
  [z.string().regex(/^\d{18}$/), '1', '18 digits', '应为18位数字'],
  [z.string().regex(/^\d{8,32}$/), 'x', '8 to 32 digits', '应为8至32位数字'],
  [z.string().regex(/^[0-9A-Z]{15,20}$/), 'x', '15 to 20 digits or capital letters', '应为15至20位数字或大写字母'],
])('what the form of %o should be is said in words', (schema, value, en, zh) => {
  expect(said(schema, value)).toEqual([[en, zh]])
})

test('where there are no words for it, the pattern is said', () => {
  expect(said(z.string().regex(/^CN\d{11}$/), 'x')[0]?.[0]).toContain('/^CN\\d{11}$/')
})
