/** What the command line asks for 命令行选项. */
import { parseArgs } from 'node:util'
import { limits } from './limits.ts'
import type { Language } from './report/words.ts'
import { WrongUsage } from './usage.ts'

export const formats = ['terminal', 'lines', 'junit', 'json', 'markdown'] as const
export type Format = (typeof formats)[number]

const known = {
  help: { type: 'boolean', short: 'h' },
  format: { type: 'string' },
  out: { type: 'string' },
  only: { type: 'string', multiple: true },
  waive: { type: 'string', multiple: true },
  timeout: { type: 'string' },
  lang: { type: 'string' },
  simulator: { type: 'string' },
  id: { type: 'string' },
  mock: { type: 'string' },
  golden: { type: 'string' },
  agency: { type: 'string' },
  adapter: { type: 'string' },
  refused: { type: 'string' },
  control: { type: 'string' },
  session: { type: 'string' },
  'callback-port': { type: 'string' },
  'callback-url': { type: 'string' },
  secret: { type: 'string' },
  'api-key': { type: 'string' },
  'other-api-key': { type: 'string' },
  sample: { type: 'string' },
  xml: { type: 'string' },
} as const

/** Options that only mean something to one kind; the others are for every one. */
const kinds = {
  own: ['simulator'],
  adapter: ['id', 'mock', 'golden'],
  agency: [
    'agency',
    'adapter',
    'golden',
    'refused',
    'control',
    'session',
    'callback-port',
    'callback-url',
    'secret',
    'api-key',
  ],
  gateway: ['api-key', 'other-api-key', 'sample', 'xml'],
  report: [],
} as const satisfies { readonly [kind: string]: readonly string[] }
const forAll = ['help', 'format', 'out', 'only', 'waive', 'timeout', 'lang']

export interface Options {
  readonly kind: keyof typeof kinds
  /** A module, an id, an address or a file; '' for the own ones. */
  readonly subject: string
  readonly help: boolean
  readonly formats: readonly Format[]
  readonly out: string | undefined
  readonly only: readonly string[] | undefined
  readonly waived: ReadonlyMap<string, string>
  readonly timeoutMs: number
  readonly language: Language
  /** The options of its kind, by name. */
  readonly given: { readonly [name: string]: string | undefined }
}

/** @throws {WrongUsage} */
export function readOptions(argv: readonly string[]): Options {
  const { values, positionals } = parsed(argv)
  const [named, subject = '', ...more] = positionals
  const kind = kindOf(named)
  const { help = false, format = 'terminal', out, only, waive = [], timeout, lang = 'en', ...given } = values
  if (more.length > 0) throw new WrongUsage(`One ${kind} at a time: what is ${more.join(' ')}?`)
  if (!help && kind !== 'own' && subject === '') throw new WrongUsage(`conform ${kind} of what?`)
  const mine: readonly string[] = [...kinds[kind], ...forAll]
  const foreign = Object.keys(given).filter((name) => !mine.includes(name))
  if (foreign.length > 0) throw new WrongUsage(`--${foreign[0]} means nothing to ${named ?? 'conform'}`)
  if (lang !== 'en' && lang !== 'zh') throw new WrongUsage(`--lang is en or zh, not ${lang}`)
  return {
    kind,
    subject,
    help,
    formats: formatsOf(format, out),
    out,
    only: only?.flatMap((one) => one.split(',').map((id) => id.trim())).filter((id) => id !== ''),
    waived: new Map(waive.map(waiverOf)),
    timeoutMs: timeoutOf(timeout),
    language: lang,
    given,
  }
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: known, allowPositionals: true, strict: true })
  } catch (cause) {
    throw new WrongUsage((cause as Error).message, { cause })
  }
}

function kindOf(named: string | undefined): Options['kind'] {
  if (named === undefined) return 'own'
  if (named === 'adapter' || named === 'agency' || named === 'gateway' || named === 'report') return named
  throw new WrongUsage(`conform judges an adapter, an agency or a gateway, not ${named}`)
}

/** Without a folder there is one place to write to: lines and a document would be mixed there. */
function formatsOf(format: string, out: string | undefined): readonly Format[] {
  const asked = [...new Set(format.split(',').map((one) => one.trim()))]
  const wrong = asked.find((one) => !formats.some((other) => other === one))
  if (wrong !== undefined) throw new WrongUsage(`--format is ${formats.join(', ')}, not ${wrong}`)
  if (out === undefined && asked.length > 1)
    throw new WrongUsage(`Several formats (${asked.join(', ')}) need a folder: --out <folder>`)
  return asked as Format[]
}

function waiverOf(text: string): [string, string] {
  const at = text.indexOf('=')
  const [id, reason] = at < 0 ? [text, ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()]
  if (id === '' || reason === '')
    throw new WrongUsage(`--waive ${text}: what does not apply needs a reason (id=reason)`)
  return [id, reason]
}

function timeoutOf(text: string | undefined): number {
  if (text === undefined) return limits.scenarioMs
  const ms = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) * 1_000 : 0
  if (ms <= 0 || ms > limits.longestScenarioMs)
    throw new WrongUsage(`--timeout is in seconds, up to ${limits.longestScenarioMs / 1_000}, not ${text}`)
  return ms
}
