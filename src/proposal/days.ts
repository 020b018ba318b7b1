/** A day as documents write it 日期; `others` where day and month may be the other way round. */
export interface ReadDay {
  readonly value: string
  readonly others: readonly string[]
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The first day in a text. */
export function dayIn(text: string): ReadDay | undefined {
  const said = text.slice(0, 100).normalize('NFKC')
  const ordered =
    /(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)/.exec(said) ??
    /(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)/.exec(said)
  if (ordered !== null) return only(ordered[1], ordered[2], ordered[3])
  const named = /([A-Za-z]{3})[a-z]{0,6}\.?\s*(\d{1,2})(?:st|nd|rd|th)?[,.\s]+(\d{4})/i.exec(said)
  if (named !== null) return only(named[3], monthOf(named[1]), named[2])
  const british = /(\d{1,2})(?:st|nd|rd|th)?[-\s./]*([A-Za-z]{3})[a-z]{0,6}[-\s.,/]*(\d{4}|\d\d)(?!\d)/i.exec(said)
  if (british !== null) return only(yearOf(british[3]), monthOf(british[2]), british[1])
  const figures = /(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)/.exec(said)
  if (figures === null) return undefined
  const [, first, second, year] = figures
  const [dayFirst, monthFirst] = [dayOf(year, second, first), dayOf(year, first, second)]
  const value = dayFirst ?? monthFirst
  if (value === undefined) return undefined
  return { value, others: monthFirst !== undefined && monthFirst !== value ? [monthFirst] : [] }
}

const monthOf = (word = ''): string => String(months.indexOf(word.toLowerCase()) + 1)
const yearOf = (year = ''): string => (year.length === 2 ? `20${year}` : year)
const only = (year?: string, month?: string, day?: string): ReadDay | undefined => {
  const value = dayOf(year, month, day)
  return value === undefined ? undefined : { value, others: [] }
}

/** RFC 3339 full-date; undefined for a day there is not. */
function dayOf(year = '', month = '', day = ''): string | undefined {
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const at = Date.parse(`${value}T00:00:00Z`)
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== value) return undefined
  return Number(year) >= 2000 && Number(year) < 2100 ? value : undefined
}
