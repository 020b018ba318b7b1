import { readdirSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))
/** Text of a file of the tree, by its path from the top. */
export const textOf = (path: string): string => readFileSync(`${root}${path}`, 'utf8')

const notOurs = new Set(['node_modules', '.git', '.yuchuang', 'coverage', 'dist'])

/** Every file of the tree, by its path from the top. */
export function allFiles(folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((one) => {
    if (notOurs.has(one.name)) return []
    const path = `${folder.replace(/\/$/, '')}/${one.name}`
    if (one.isDirectory()) return allFiles(path)
    return one.isFile() && !one.name.endsWith('.log') ? [relative(root, path)] : []
  })
}

/** A piece of source text: what it is matters more than what it does. */
export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'template' | 'regex' | 'comment' | 'sign'
  readonly text: string
  readonly line: number
}

const shapes = {
  comment: /\/\/[^\n]*|\/\*[\s\S]*?\*\//y,
  string: /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/y,
  word: /[\p{ID_Start}$_#@][\p{ID_Continue}$]*/uy,
  number: /\d[\w.]*/y,
  regex: /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y,
  /** From a backquote, or the end of a hole, to the next hole or the end. */
  template: /[`}](?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{)/y,
  sign: /=>|[^\s]/y,
} as const satisfies { readonly [kind in Token['kind']]: RegExp }
const wordsBeforeRegex = new Set(['return', 'typeof', 'case', 'in', 'of', 'await', 'yield'])

const known = new Map<string, readonly Token[]>()

/** Splits TypeScript into tokens: enough to tell code from comment and text, and a name from a part of a word. Each source is split once. */
export function tokensOf(source: string): readonly Token[] {
  let tokens = known.get(source)
  if (tokens === undefined) known.set(source, (tokens = split(source)))
  return tokens
}

function split(source: string): Token[] {
  const tokens: Token[] = []
  /** Braces open in each hole of the templates we are in. */
  const holes: number[] = []
  let last: Token | undefined
  let line = 1
  for (let at = 0; at < source.length; ) {
    const blank = blanks(source, at)
    line += linesIn(blank)
    at += blank.length
    if (at >= source.length) break
    const character = source.charAt(at)
    const endsHole = character === '}' && holes.at(-1) === 0
    const kinds =
      character === '`' || endsHole ? (['template'] as const) : mayStartRegex(last) ? withRegex : withoutRegex
    const token = tokenAt(source, at, kinds, line)
    if (endsHole) holes.pop()
    if (token.kind === 'template' && token.text.endsWith('${')) holes.push(0)
    const depth = token.kind !== 'sign' ? 0 : token.text === '{' ? 1 : token.text === '}' ? -1 : 0
    if (depth !== 0 && holes.length > 0) holes.push((holes.pop() ?? 0) + depth)
    tokens.push(token)
    if (token.kind !== 'comment') last = token
    at += token.text.length
    line += linesIn(token.text)
  }
  return tokens
}

const withoutRegex = ['comment', 'string', 'word', 'number', 'sign'] as const
const withRegex = ['comment', 'string', 'word', 'number', 'regex', 'sign'] as const
const linesIn = (text: string) => text.split('\n').length - 1

function blanks(source: string, at: number): string {
  let end = at
  while (end < source.length && /\s/.test(source.charAt(end))) end++
  return source.slice(at, end)
}

/** A slash begins an expression only where one may stand: not behind a value. */
const mayStartRegex = (last: Token | undefined): boolean =>
  last === undefined ||
  (last.kind === 'sign' && !')]}'.includes(last.text)) ||
  (last.kind === 'template' && last.text.endsWith('${')) ||
  wordsBeforeRegex.has(last.text)

function tokenAt(source: string, at: number, kinds: readonly Token['kind'][], line: number): Token {
  for (const kind of kinds) {
    const shape = shapes[kind]
    shape.lastIndex = at
    const text = shape.exec(source)?.[0]
    if (text !== undefined) return { kind, text, line }
  }
  throw new Error(`Line ${line}: no token`)
}

/** What a module imports, however: `from '…'`, `import '…'`, `import('…')`. */
export function importsIn(source: string): string[] {
  const code = tokensOf(source).filter(({ kind }) => kind !== 'comment')
  return code.flatMap(({ kind, text }, at) => {
    if (kind !== 'string') return []
    const [one, two] = [code[at - 1]?.text, code[at - 2]?.text]
    const isImport = one === 'from' || one === 'import' || (one === '(' && two === 'import')
    return isImport ? [text.slice(1, -1)] : []
  })
}
