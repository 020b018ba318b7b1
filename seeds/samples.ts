import { readFileSync } from 'node:fs'
import type { Declaration } from '../schemas/declaration/index.ts'

/** Sample declarations: real structure, every firm, person and number invented. */
export const samples = {
  'ev-batteries': {
    en: 'Electric-vehicle batteries (UN 3480), by barge from Guoyuan to Yangshan and on by sea to Singapore: concerns every agency',
    zh: '电动汽车锂电池（UN 3480），果园港—洋山港江船、洋山港—新加坡海船：涉及全部机构',
  },
  laptops: {
    en: 'Notebook computers, by barge from Guoyuan to Yangshan and on by sea to Singapore: no dangerous goods',
    zh: '笔记本电脑，果园港—洋山港江船、洋山港—新加坡海船：无危险货物',
  },
  'frozen-beef': {
    en: 'Frozen beef from Kazakhstan, by rail through Alashankou: quarantine, import licence 7, duty and VAT; its payment certificates come once customs has billed',
    zh: '哈萨克斯坦冻牛肉，铁路经阿拉山口进境：检疫、自动进口许可证（7）、应税；缴款书待海关开单后补充',
  },
} as const
export type SampleName = keyof typeof samples

/** The day the samples are written for: their dates are moved as a whole, so that they are as far ahead as they were then. */
const writtenFor = Date.UTC(2026, 10, 21)
const dayMs = 86_400_000

/**
 * A sample as somebody would hand it in on a given day. Numbers that an agency takes only once (VAT invoice, bank's report)
 * carry `run`, 0 to 999,999.
 */
export function sampleDeclaration(
  name: SampleName,
  { lrn, on, today = on, run }: { lrn: string; on: Date; today?: Date; run: number },
): Declaration {
  const text = readFileSync(new URL(`declarations/${name}.json`, import.meta.url), 'utf8')
  const days = Math.floor((on.getTime() - writtenFor) / dayMs)
  // Papers that are older than the declaration stay behind today, even where the agencies' clock runs ahead.
  const daysOfPapers = Math.min(days, Math.floor((today.getTime() - writtenFor) / dayMs))
  const moved = JSON.parse(text, (key, value: unknown) => {
    if (typeof value !== 'string' || longLived.has(key) || !/^20\d\d-\d\d-\d\d(T|$)/.test(value)) return value
    const day = Date.parse(value.slice(0, 10))
    return new Date(day + (day < writtenFor ? daysOfPapers : days) * dayMs).toISOString().slice(0, 10) + value.slice(10)
  }) as Declaration
  const serial = String(run % 1_000_000).padStart(6, '0')
  const booked = new Date(writtenFor + days * dayMs).toISOString().slice(2, 10).replaceAll('-', '')
  const unique = JSON.stringify(moved)
    .replaceAll('26502000000012345678', `26502000000012${serial}`)
    .replaceAll('500000000101261121N001', `5000000001${serial.slice(1, 3)}${booked}N${serial.slice(3)}`)
    .replaceAll('IR26120100001', `IR${booked}${serial}`)
  return { ...(JSON.parse(unique) as Declaration), functionalReferenceId: lrn }
}

/** Dates that belong to a person or a paper, not to the journey. */
const longLived = new Set(['dateOfBirth', 'expiryDate'])
