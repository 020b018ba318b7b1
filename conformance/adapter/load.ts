/** Finds what is judged 载入适配器: an adapter by its module or its id, with its examples and its mock. */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Adapter } from '../../adapters/adapter.ts'
import { adapters } from '../../adapters/registry.ts'
import type { Agency } from '../../mocks/agency.ts'
import { agencies } from '../../mocks/registry.ts'
import { WrongUsage } from '../usage.ts'
import { type GoldenCase, goldenCases, goldenFolder, goldenReplies } from './goldens.ts'
import type { Subject } from './subject.ts'

export interface Wanted {
  /** An id of the registry, a module, or the folder it lies in. */
  readonly which: string
  readonly id?: string | undefined
  readonly mock?: string | undefined
  readonly golden?: string | undefined
}

/** @throws {WrongUsage} there is no such module, or it exports no adapter */
export async function loadSubject(wanted: Wanted): Promise<Subject> {
  const ours = Object.hasOwn(adapters, wanted.which) ? adapters[wanted.which] : undefined
  const found =
    ours === undefined ? await adapterAt(wanted) : { agency: wanted.which, adapter: ours, folder: undefined }
  const { agency, adapter, folder } = found
  const golden = wanted.golden ?? (folder === undefined ? undefined : join(folder, 'golden'))
  const at = golden === undefined ? goldenFolder(agency) : folderUrl(golden)
  return {
    agency,
    adapter,
    ...examplesAt(agency, adapter, at),
    mock: await mockOf(agency, wanted.mock, folder),
    registry: { ...adapters, [agency]: adapter },
    samples: sampleDeclarations(),
  }
}

export const folderUrl = (folder: string): URL => pathToFileURL(`${resolve(folder)}/`)

let samples: Subject['samples'] | undefined
/** Declarations as agencies get them: the golden cases of every adapter of the package, read once. Summaries say less than one. */
function sampleDeclarations(): Subject['samples'] {
  samples ??= Object.keys(adapters)
    .flatMap((agency) =>
      goldenCases(agency).map(({ name, submission }) => ({
        name: `${agency}/${name}`,
        declaration: submission.declaration,
      })),
    )
    .filter(({ declaration }) => declaration.declarationStep !== 'summary')
  return samples
}

function examplesAt(
  agency: string,
  adapter: Adapter,
  at: URL,
): { cases: readonly GoldenCase[] } & Pick<Subject, 'replies'> {
  try {
    return { cases: goldenCases(agency, adapter, at), replies: goldenReplies(agency, at) }
  } catch (cause) {
    throw new WrongUsage(`The golden examples cannot be read: ${(cause as Error).message}`, { cause })
  }
}

/** One word, as it stands in folders, addresses and pointers. */
const idShape = /^[a-z][a-z0-9-]{0,31}$/

async function adapterAt({ which, id }: Wanted): Promise<{ agency: string; adapter: Adapter; folder: string }> {
  const path = moduleAt(which)
  const folder = dirname(path)
  const agency = id ?? (basename(path).startsWith('index.') ? basename(folder) : basename(path).replace(/\..*$/, ''))
  if (!idShape.test(agency)) throw new WrongUsage(`${agency} is no id (${idShape.source}): name one with --id`)
  return { agency, adapter: await exportOf(path, 'adapter', isAdapter, agency), folder }
}

async function mockOf(agency: string, named: string | undefined, folder: string | undefined) {
  if (named !== undefined) return exportOf(moduleAt(named), 'mock agency', isAgency, agency)
  const ours = folder === undefined ? agencies.find(({ id }) => id === agency) : undefined
  if (ours !== undefined || folder === undefined) return ours
  const beside = ['ts', 'js', 'mjs'].map((end) => join(folder, '../../mocks', agency, `index.${end}`)).find(existsSync)
  return beside === undefined ? undefined : exportOf(beside, 'mock agency', isAgency, agency)
}

function moduleAt(named: string): string {
  const path = resolve(named)
  const candidates = [path, ...['ts', 'js', 'mjs'].map((end) => join(path, `index.${end}`))]
  const found = candidates.find((one) => existsSync(one) && statSync(one).isFile())
  if (found !== undefined) return found
  throw new WrongUsage(`There is no module ${path}, and no agency of that id (${Object.keys(adapters).join(', ')})`)
}

/** The one thing of its kind that a module exports; of several the one of that name. */
async function exportOf<T>(path: string, what: string, is: (value: unknown) => value is T, name: string): Promise<T> {
  let exported: { readonly [name: string]: unknown }
  try {
    exported = (await import(pathToFileURL(path).href)) as typeof exported
  } catch (cause) {
    throw new WrongUsage(`${path} cannot be loaded: ${(cause as Error).message}`, { cause })
  }
  const found = Object.entries(exported).filter(([, value]) => is(value))
  const [only] = found.length === 1 ? found : found.filter(([called]) => called === name || called === 'default')
  if (only !== undefined) return only[1] as T
  throw new WrongUsage(`${path} exports ${found.length === 0 ? 'no' : 'more than one'} ${what}`)
}

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null
const isAdapter = (value: unknown): value is Adapter =>
  isObject(value) && isObject(value['procedures']) && isObject(value['name']) && typeof value['decode'] === 'function'
const isAgency = (value: unknown): value is Agency =>
  isObject(value) && typeof value['open'] === 'function' && Array.isArray(value['outcomes'])
