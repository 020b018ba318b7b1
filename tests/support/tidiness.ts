import { posix } from 'node:path'
import { importsIn, type Token, tokensOf } from './source.ts'

/** Where a folder's modules may import from, and which packages. What is not listed is not allowed. */
interface Arrow {
  readonly folders: readonly string[]
  readonly packages: readonly string[]
}

/** Each package beside zod has its reason. */
const arrows: { readonly [folder: string]: Arrow } = {
  // big.js: masses and prices are compared as decimals, never as floats; node: code lists lie in files.
  schemas: { folders: ['schemas'], packages: ['zod', 'zod/locales', 'big.js', 'node:'] },
  // Pure values: nothing of node. fast-xml-parser: in adapters/xml.ts alone, the one place where value parsing is off.
  adapters: { folders: ['schemas'], packages: ['zod', 'big.js', 'fast-xml-parser'] },
  mocks: { folders: ['schemas'], packages: ['*'] },
  conformance: { folders: ['conformance', 'schemas', 'adapters', 'mocks'], packages: ['*'] },
  // It runs in a browser as well: nothing of node.
  client: { folders: ['client', 'schemas'], packages: ['zod', 'eventsource-parser', 'standardwebhooks'] },
  // What an integrator may write: the published entry points, and packages of their own.
  examples: { folders: ['examples'], packages: ['yuchuang/', 'msw', 'msw/node', 'vitest', 'vitest/config', 'node:'] },
  // Becomes part of a project of somebody's own.
  'cli/template': { folders: ['cli/template'], packages: ['yuchuang/', 'hono', 'zod'] },
  cli: { folders: ['cli', 'conformance', 'mocks', 'adapters', 'schemas'], packages: ['*'] },
  src: { folders: ['src', 'schemas', 'adapters'], packages: ['*'] },
  seeds: { folders: ['seeds', 'schemas', 'src/db'], packages: ['node:'] },
  bench: { folders: ['bench', 'src', 'adapters', 'schemas', 'seeds', 'mocks'], packages: ['*'] },
}

/** Single modules that one import more is allowed to, and why. */
const exceptions: { readonly [module: string]: readonly string[] } = {
  // The story hands in a sample, as a trader's software would.
  'src/story.ts': ['seeds/samples.ts'],
  // Whoever tries the window hands in a sample without having software of their own.
  'src/demonstration.ts': ['seeds/samples.ts'],
  // A draft may be begun with one.
  'src/drafts/sample.ts': ['seeds/samples.ts'],
  // Whoever has no papers at hand tries it with invented ones.
  'src/proposal/samples.ts': ['seeds/documents.ts'],
  // A demonstration has a list of fees, as it has keys.
  'src/demo-catalogue.ts': ['seeds/fees.ts'],
}

/** What the core knows of the dialects: their registries, and what they are. */
const srcMayImport = ['adapters/registry.ts', 'adapters/adapter.ts', 'adapters/issuers.ts', 'adapters/issuer.ts']

/** Imports that no arrow allows, as `module -> import`. `agencies` are the folders that know nothing of one another. */
export function forbiddenImports(module: string, source: string, agencies: readonly string[]): string[] {
  const [folder = '', part = ''] = module.split('/')
  const arrow = arrows[`${folder}/${part}`] ?? arrows[folder]
  if (arrow === undefined) return []
  return importsIn(source)
    .filter((imported) => !isAllowed(module, imported, arrow, agencies))
    .map((imported) => `${module} -> ${imported}`)
}

function isAllowed(module: string, imported: string, arrow: Arrow, agencies: readonly string[]): boolean {
  if (!imported.startsWith('.')) return packageIsAllowed(module, imported, arrow)
  const target = posix.join(posix.dirname(module), imported)
  if (exceptions[module]?.includes(target)) return true
  const [own = '', sub = ''] = module.split('/')
  const [top = '', part = ''] = target.split('/')
  const isAgency = agencies.includes(part) && target.split('/').length > 2
  const issuer = target.split('/')[2] ?? ''
  // An issuer's folder is known to its registry alone, and what issuers share to each of them.
  const ofIssuer = part === 'issuers' && target.split('/').length > 3
  if (top === 'adapters' && own === 'src') return srcMayImport.includes(target)
  if ((top === 'adapters' || top === 'mocks') && top === own && ofIssuer)
    return (sub === 'issuers' && module.split('/')[2] === issuer) || module === `${own}/issuers.ts`
  if ((top === 'adapters' || top === 'mocks') && top === own)
    return !isAgency || part === sub || module === `${own}/registry.ts`
  // Who judges or starts them knows the agencies by their registries alone.
  if ((own === 'conformance' || own === 'cli') && (isAgency || ofIssuer)) return false
  return arrow.folders.some((folder) => target.startsWith(`${folder}/`))
}

function packageIsAllowed(module: string, imported: string, { packages }: Arrow): boolean {
  if (imported.startsWith('drizzle')) return module.startsWith('src/db/')
  if (module.startsWith('adapters/') && imported === 'fast-xml-parser') return module === 'adapters/xml.ts'
  // An entry point leads round the arrows: only what lives in somebody's own project comes in by that door.
  if (imported.startsWith('yuchuang/')) return packages.includes('yuchuang/')
  return packages.some((one) => one === '*' || imported === one || (one.endsWith(':') && imported.startsWith(one)))
}

const codeOf = (source: string) => tokensOf(source).filter(({ kind }) => kind !== 'comment')
const isWhere = (module: string, { line, text }: Token) => `${module}:${line} ${text}`

/** An agency named in code: as a property, a variable, a whole text or a part of a path. Comments may name what they like. */
export const agenciesNamed = (module: string, source: string, agencies: readonly string[]): string[] =>
  codeOf(source)
    .filter(({ kind, text }) => {
      const names =
        kind === 'word'
          ? [text]
          : kind === 'string'
            ? text.slice(1, -1).split('/')
            : kind === 'template'
              ? pathParts(text)
              : []
      return names.some((name) => agencies.includes(name))
    })
    .map((token) => isWhere(module, token))

/** The parts of a path in a template; of other texts only the whole. */
const pathParts = (text: string) =>
  /^[`}][\w/.-]*[`$]/.test(text) ? text.replace(/^[`}]|`$|\$\{$/g, '').split('/') : []

const typePositions = new Set([':', '<', ',', '|', '&', '=', '=>', 'as', 'extends', 'readonly', '('])

/** The type that switches the compiler off. */
export function anyTypes(module: string, source: string): string[] {
  const code = codeOf(source)
  return code
    .filter(({ kind, text }, at) => {
      if (kind !== 'word' || text !== 'any') return false
      return typePositions.has(code[at - 1]?.text ?? '') && ![':', '?', '.'].includes(code[at + 1]?.text ?? '')
    })
    .map((token) => isWhere(module, token))
}

/** Work left lying: in comments. */
export const workLeft = (module: string, source: string): string[] =>
  tokensOf(source)
    .filter(({ kind, text }) => kind === 'comment' && /\b(TODO|FIXME|XXX|HACK)\b/.test(text))
    .map((token) => isWhere(module, token))

/** Tests that run alone, or do not run. */
export function testsSetAside(module: string, source: string): string[] {
  const code = codeOf(source)
  return code
    .filter(({ text }, at) => {
      const caller = code[at - 2]?.text ?? ''
      return (
        ['only', 'skip', 'todo', 'fails'].includes(text) &&
        code[at - 1]?.text === '.' &&
        ['test', 'it', 'describe', 'each'].includes(caller)
      )
    })
    .map((token) => isWhere(module, token))
}

const impure = new Set([
  'process',
  'fetch',
  'setTimeout',
  'setInterval',
  'performance',
  'crypto',
  'globalThis',
  'console',
])

/** Clock, chance, environment or network in what should be a pure value. */
export function impurities(module: string, source: string): string[] {
  const code = codeOf(source)
  return code
    .filter(({ kind, text }, at) => {
      const [before, after, behind] = [code[at - 1]?.text, code[at + 1]?.text, code[at + 2]?.text]
      if (kind !== 'word' || before === '.') return false
      if (text === 'Date')
        return (after === '.' && behind === 'now') || (before === 'new' && after === '(' && behind === ')')
      if (text === 'Math') return after === '.' && behind === 'random'
      return impure.has(text) && after !== ':' && (after === '.' || after === '(')
    })
    .map((token) => isWhere(module, token))
}

/** Paths that exist on somebody's machine only. */
const homes = ['work', 'root', 'tmp', 'home', 'Users'].map((name) => `/${name}/`)
export const machinePaths = (path: string, text: string): string[] =>
  text
    .split('\n')
    .flatMap((line, at) =>
      homes
        .filter((home) => new RegExp(`(^|[\\s"'\`(=:])${home}\\w`).test(line))
        .map((home) => `${path}:${at + 1} ${home}`),
    )
