/** The template 样板: real files, compiled and tested where they lie; here they become those of an agency. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import type { Wanted } from './wanted.ts'

/** A file of a new agency, by its path from where `adapters/` and `mocks/` lie. */
export interface NewFile {
  readonly path: string
  readonly text: string
}

const folder = new URL('../template/', import.meta.url)
const sides = { adapter: 'adapters', mock: 'mocks' } as const

interface TemplateFile {
  readonly side: keyof typeof sides
  readonly path: string
  readonly text: string
}

function templateFiles(): TemplateFile[] {
  return (['adapter', 'mock'] as const).flatMap((side) => {
    const top = new URL(`${side}/`, folder)
    return readdirSync(top, { withFileTypes: true, recursive: true })
      .filter((one) => one.isFile())
      .map(({ parentPath, name }) => {
        const path = posix.join(posix.relative(filePath(top), parentPath.replaceAll('\\', '/')), name)
        return { side, path, text: readFileSync(new URL(path, top), 'utf8') }
      })
  })
}
const filePath = (url: URL) => decodeURIComponent(url.pathname).replace(/\/$/, '')

/** Names in the template's code: an agency called by one of them would clash. */
export const templateWords = (): ReadonlySet<string> =>
  new Set(
    templateFiles().flatMap(({ path, text }) =>
      path.endsWith('.ts') ? (text.replace(noCode, ' ').match(/[A-Za-z_$][\w$]*/g) ?? []) : [],
    ),
  )
const noCode = /\/\*[^]*?\*\/|\/\/.*|'[^'\n]*'/g

/** The files of an agency. `sources`: the checkout whose modules they import; without it they import the package. */
export function filesFor(wanted: Wanted, sources?: URL): NewFile[] {
  return templateFiles().map(({ side, path, text }) => {
    const at = `${sides[side]}/${wanted.id}/${path}`
    const named = withNames(text, wanted, path.endsWith('.ts'))
    return { path: at, text: path.endsWith('.ts') && sources !== undefined ? withSources(named, at, sources) : named }
  })
}

/** The template's own names, wherever they stand, become the agency's. */
function withNames(text: string, { id, letter, nameEn, nameZh }: Wanted, isSource: boolean): string {
  const quote = nameEn.includes("'") ? '"' : "'"
  const quoted = isSource ? text.replaceAll("'Template station'", () => `${quote}${nameEn}${quote}`) : text
  return quoted
    .replaceAll('Template station', () => nameEn)
    .replaceAll('样板机构', () => nameZh)
    .replaceAll('templateid', id)
    .replaceAll("'Z'", `'${letter}'`)
    .replaceAll('-Z.', `-${letter}.`)
}

interface Import {
  readonly from: string
  readonly names: readonly string[]
}

/** Imports of the package become imports of the modules behind its entry points, in the order the formatter wants. */
function withSources(text: string, at: string, sources: URL): string {
  const statement = /^import (type )?\{ ([^}]+) \} from '([^']+)'\n/gm
  const others: string[] = []
  const found: Import[] = []
  for (const [line, isType, names = '', from = ''] of text.matchAll(statement)) {
    const all = names
      .split(', ')
      .map((name) => (isType === undefined || name.startsWith('type ') ? name : `type ${name}`))
    const entry = /^yuchuang\/(\w+)$/.exec(from)?.[1]
    if (entry === undefined) others.push(line)
    else
      found.push(...behind(entry, all, sources).map(({ from: path, names }) => ({ from: relativeTo(at, path), names })))
  }
  if (found.length === 0) return text
  const [packages, own] = [others.filter((line) => !line.includes("'.")), others.filter((line) => line.includes("'."))]
  const rest = text.replace(statement, '').replace(/^import \* as .+\n/gm, (line) => {
    packages.push(line)
    return ''
  })
  const written = [...found.map(writeImport), ...own].sort(byModule)
  return [...packages.sort(byModule), ...written].join('') + rest
}

const moduleOf = (line: string) => /'([^']+)'\n$/.exec(line)?.[1] ?? ''
const byModule = (a: string, b: string) => (moduleOf(a) < moduleOf(b) ? -1 : 1)

function writeImport({ from, names }: Import): string {
  const areTypes = names.every((name) => name.startsWith('type '))
  return areTypes
    ? `import type { ${names.map((name) => name.slice('type '.length)).join(', ')} } from '${from}'\n`
    : `import { ${names.join(', ')} } from '${from}'\n`
}

function relativeTo(at: string, path: string): string {
  const relative = posix.relative(dirname(at), path)
  return relative.startsWith('.') ? relative : `./${relative}`
}

/** The modules that an entry point takes each name from. @throws {Error} the template names what the entry point does not have */
function behind(entry: string, names: readonly string[], sources: URL): Import[] {
  const index = { adapter: 'adapters/index.ts', schemas: 'schemas/index.ts', simulator: 'mocks/index.ts' }[entry] ?? ''
  const at = new URL(index, sources)
  const text = existsSync(at) ? readFileSync(at, 'utf8') : ''
  const home = new Map<string, string>()
  for (const [, isType, exported = '', from = ''] of text.matchAll(/export (type )?\{([^}]*)\} from '([^']+)'/g))
    for (const name of exported.split(',').map((one) => one.trim()))
      home.set(isType === undefined ? name : `type ${name}`, posix.join(posix.dirname(index), from))
  const imports = new Map<string, string[]>()
  for (const name of names) {
    const path = home.get(name)
    if (path === undefined) throw new Error(`${index} has no ${name}`)
    imports.set(path, [...(imports.get(path) ?? []), name])
  }
  return [...imports].map(([from, all]) => ({ from, names: all }))
}
