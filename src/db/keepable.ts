import type { News } from '../filing/record.ts'
import { limits } from '../limits.ts'

/**
 * What an agency said, as the database can keep it. An agency's nonsense must not keep its other words from being recorded:
 * U+0000 and unpaired surrogates, which PostgreSQL's text and jsonb refuse, become U+FFFD; a name too long for an index is
 * left to the bytes.
 */
export function keepable(news: News): News {
  const { receipts, ...rest } = writable(news)
  return {
    ...rest,
    receipts: receipts.map((receipt) => ({
      ...receipt,
      references: receipt.references.filter(({ value }) => value.length <= limits.referenceLength),
    })),
  }
}

function writable<T>(value: T): T {
  if (typeof value === 'string') return writableText(value) as T
  if (Array.isArray(value)) return value.map((one: unknown) => writable(one)) as T
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [writableText(key), writable(one as unknown)]),
  ) as T
}

const writableText = (text: string): string =>
  text.isWellFormed() && !text.includes('\u0000') ? text : text.toWellFormed().replaceAll('\u0000', '\uFFFD')

/** An instant an agency names; null when there is none such (a 30 February, the year 0): PostgreSQL would refuse the whole. */
export function keepableInstant(text: string | undefined): Date | null {
  if (text === undefined) return null
  const at = new Date(text)
  const midnight = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  const isDay = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text.slice(0, 10))
  return Number.isNaN(at.getTime()) || !isDay || at.getUTCFullYear() < 1 ? null : at
}
