import type { Quote } from '../../schemas/fees/quote.ts'

/** Lines are shown again and again: of each its JSON is made once. */
const texts = new WeakMap<object, string>()

/** A quote as JSON, put together from the JSON of its lines: a port with thousands of fees is quoted as fast as its lines are copied. */
export function quoteText({ lines, possible, exempt, ...rest }: Quote): string {
  const head = JSON.stringify(rest).slice(0, -1)
  return `${head},"lines":${listText(lines)},"possible":${listText(possible)},"exempt":${listText(exempt)}}`
}

function listText(parts: readonly object[]): string {
  let text = '['
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] as object
    let own = texts.get(part)
    if (own === undefined) texts.set(part, (own = JSON.stringify(part)))
    text += at === 0 ? own : `,${own}`
  }
  return `${text}]`
}
