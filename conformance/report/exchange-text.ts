/** An exchange as text 交互文本: the request, an empty line, and what was answered. */
import type { Exchange, Finding } from '../verdict.ts'

export const textOf = (exchange: Exchange): string => partsOf(exchange).join('\n\n')

/** What was asked, and what was answered. */
export function partsOf({ request, response, error }: Exchange): [string, string] {
  const asked = [`${request.method} ${request.url}`, ...linesOf(request.headers), ...bodyOf(request.body)]
  const answered =
    response === undefined
      ? [`(no answer${error === undefined ? '' : `: ${error}`})`]
      : [`${response.status}`, ...linesOf(response.headers), ...bodyOf(response.body)]
  return [asked.join('\n'), answered.join('\n')]
}

const linesOf = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
const bodyOf = (body = ''): string[] => (body === '' ? [] : ['', body.trimEnd()])

/** A finding in one line: what, and where. */
export const lineOf = ({ what, pointer }: Finding): string =>
  `${what.replaceAll(/\s+/g, ' ')}${pointer === undefined ? '' : ` [${pointer}]`}`
