import { expect, test } from 'vitest'
import { issuers } from '../adapters/issuers.ts'
import { adapters } from '../adapters/registry.ts'
import { issuers as offices } from '../mocks/issuers.ts'
import { agencies as mocks } from '../mocks/registry.ts'
import { limits } from '../src/limits.ts'
import { agencyTable } from './support/agency-table.ts'
import { allFiles, textOf } from './support/source.ts'
import {
  agenciesNamed,
  anyTypes,
  forbiddenImports,
  impurities,
  machinePaths,
  testsSetAside,
  workLeft,
} from './support/tidiness.ts'

const agencies = Object.keys(adapters)
const files = allFiles()
const modules = files.filter((path) => path.endsWith('.ts')).map((path) => ({ path, source: textOf(path) }))
const modulesIn = (...folders: string[]) =>
  modules.filter(({ path }) => folders.some((folder) => path.startsWith(folder)))
const linesIn = (path: string) => textOf(path).trimEnd().split('\n').length

/** Modules longer than 300 lines, each with what makes it one thing. Nothing is added without a reason; nothing stays without need. */
const longModules: { readonly [path: string]: string } = {
  'adapters/customs/elements.ts': 'one table: every element of the DecMessage in wire order',
  'client/operations/fee-catalogue-drafting.ts': 'generated: every operation of one tag',
  'tests/adapters/fx.test.ts': 'two procedures, both ways, and their rules',
  'tests/adapters/maritime.test.ts': 'four procedures and their rules',
  'tests/adapters/singapore.test.ts': 'import and export permits and their rules',
  'tests/contract/broken.test.ts': 'one table: for each promise, ways to break it',
  'tests/mocks/customs.test.ts': 'every outcome of one office, in one place',
  'tests/mocks/maritime.test.ts': 'every outcome of one office, in one place',
}
const moduleLines = 300
const longModuleLines = 500

test('who may import whom', () => {
  expect(modules.flatMap(({ path, source }) => forbiddenImports(path, source, agencies))).toEqual([])
})

test.each([
  ['adapters/fx/index.ts', "import { decode } from '../customs/decode.ts'"],
  ['adapters/json.ts', "import { decode } from './customs/decode.ts'"],
  ['adapters/fx/index.ts', "import { open } from '../../mocks/fx/index.ts'"],
  ['adapters/fx/index.ts', "import { readFileSync } from 'node:fs'"],
  ['adapters/fx/decode.ts', "import { XMLParser } from 'fast-xml-parser'"],
  ['mocks/fx/index.ts', "import { readXml } from '../../adapters/xml.ts'"],
  ['mocks/fx/index.ts', "import { read } from '../tax/read.ts'"],
  ['adapters/issuers/commerce/index.ts', "import { decode } from '../inspection/decode.ts'"],
  ['src/certificates/ask.ts', "import { commerce } from '../../adapters/issuers/commerce/index.ts'"],
  ['mocks/issuers/commerce/index.ts', "import { decode } from '../../../adapters/issuers/commerce/decode.ts'"],
  ['mocks/server.ts', "const { limits } = await import('../src/limits.ts')"],
  ['src/filing/accept.ts', "import { customs } from '../../adapters/customs/index.ts'"],
  ['src/filing/accept.ts', "import { readXml } from '../../adapters/xml.ts'"],
  ['src/filing/accept.ts', "import { eq } from 'drizzle-orm'"],
  ['src/app.ts', "import { samples } from '../seeds/samples.ts'"],
  ['src/app.ts', "import '../mocks/main.ts'"],
  ['schemas/plan.ts', "import { limits } from '../src/limits.ts'"],
  ['schemas/plan.ts', "import { Hono } from 'hono'"],
  ['seeds/samples.ts', "import { readDeclaration } from '../src/filing/examine.ts'"],
  ['conformance/run.ts', "import { limits } from '../src/limits.ts'"],
  ['conformance/run.ts', "import { sampleDeclaration } from '../seeds/samples.ts'"],
  ['conformance/adapter/rules.ts', "import { decode } from '../../adapters/customs/decode.ts'"],
  ['conformance/agency/index.ts', "import { customs } from '../../mocks/customs/index.ts'"],
  ['mocks/server.ts', "import { run } from '../conformance/run.ts'"],
  ['client/retry.ts', "import { setTimeout } from 'node:timers/promises'"],
  ['client/index.ts', "import { adapters } from '../adapters/registry.ts'"],
  ['client/index.ts', "import { limits } from '../src/limits.ts'"],
  ['client/index.ts', "import { createClient } from 'yuchuang/client'"],
  ['src/web/api.ts', "import { createClient } from '../../client/index.ts'"],
  ['examples/trader/main.ts', "import { createClient } from '../../client/index.ts'"],
  ['examples/trader/main.ts', "import { Hono } from 'hono'"],
  ['cli/template/mock/index.ts', "import { magicOf } from '../../../mocks/agency.ts'"],
  ['cli/main.ts', "import { createSimulator } from 'yuchuang/simulator'"],
  ['cli/main.ts', "import { listen } from '../src/app.ts'"],
  ['cli/main.ts', "import { tax } from '../adapters/tax/index.ts'"],
])('the arrows catch %s: %s', (path, source) => {
  expect(forbiddenImports(path, source, agencies)).toHaveLength(1)
})

test('neither the core nor the simulator’s own part names an agency', () => {
  const shared = modulesIn(
    'src/',
    'mocks/simulator/',
    'mocks/server.ts',
    'mocks/agency.ts',
    'mocks/main.ts',
    'mocks/msw.ts',
    'mocks/index.ts',
    'adapters/adapter.ts',
    'adapters/index.ts',
    'conformance/',
    'client/',
    'cli/',
  )
  expect(shared.length).toBeGreaterThan(50)
  // Of an issuer whose name is a word of other matters too (an inspection fee), its folder alone tells.
  const named = [...agencies, ...Object.keys(issuers).filter((issuer) => issuer !== 'inspection')]
  expect(shared.flatMap(({ path, source }) => agenciesNamed(path, source, named))).toEqual([])
})

test.each([
  "if (agency === 'customs') send()",
  'adapters.customs.decode(reply)',
  'const rates = { tax: 1 }',
  "fetch('/v1/agencies/fx/receipts')",
  'go(`/border/${id}`)',
])('a third place that knows an agency is caught: %s', (source) => {
  expect(agenciesNamed('src/some.ts', `// customs may be spoken of\n${source}`, agencies)).toHaveLength(1)
})

test('words that only sound like an agency are none', () => {
  const source = "const style = `a { border: 1px }`; const text = 'duty and tax'; const taxes = customsUnitsOf(code)"
  expect(agenciesNamed('src/some.ts', source, agencies)).toEqual([])
})

test('adapters are pure values: no clock, chance, environment or network', () => {
  expect(modulesIn('adapters/').flatMap(({ path, source }) => impurities(path, source))).toEqual([])
  const seen = impurities(
    'a.ts',
    'const a = [Date.now(), new Date(), Math.random(), process.env, fetch(url), new Date(instant)]',
  )
  expect(seen).toHaveLength(5)
})

test('no any, no work left lying, no test set aside', () => {
  const found = modules.flatMap(({ path, source }) => [
    ...anyTypes(path, source),
    ...workLeft(path, source),
    ...testsSetAside(path, source),
  ])
  expect(found).toEqual([])
})

test('those three can be found', () => {
  expect(anyTypes('a.ts', 'function f(a: any, b: Array<any>): any { return { any: a as any } }')).toHaveLength(4)
  const left = ['TO', 'DO'].join('')
  expect(workLeft('a.ts', `// ${left}: later\nconst text = '${left}'`)).toHaveLength(1)
  expect(
    testsSetAside('a.ts', ['test', 'only'].join('.') + "('x', f); " + ['describe', 'skip'].join('.') + "('y', g)"),
  ).toHaveLength(2)
})

test('a file can be taken in at a glance', () => {
  const long = modules.filter(({ path }) => linesIn(path) > moduleLines).map(({ path }) => path)
  expect(long.filter((path) => longModules[path] === undefined)).toEqual([])
  expect(Object.keys(longModules).filter((path) => files.includes(path) && linesIn(path) > longModuleLines)).toEqual([])
  expect(Object.keys(longModules).filter((path) => !long.includes(path))).toEqual([])
})

test('a limit is named once, and is one of all, whichever folder it stands in', () => {
  const parts = files.filter((path) => /^src\/(.+\/)?limits\.ts$/.test(path))
  const names = parts.flatMap((path) => [...textOf(path).matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name))
  expect(names.sort()).toEqual(Object.keys(limits).sort())
})

test('there is no drawer for this and that', () => {
  expect(files.filter((path) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.)/i.test(path))).toEqual([])
})

const topFolders = [...new Set(files.filter((path) => path.includes('/')).map((path) => path.split('/')[0] ?? ''))]

test.each(topFolders.filter((folder) => !folder.startsWith('.')))('%s/ says in 20 lines what lives in it', (folder) => {
  const path = `${folder}/README.md`
  expect(files).toContain(path)
  expect(textOf(path)).toMatch(/May import/)
  // The vocabulary of the language is as long as it has words.
  expect(linesIn(path)).toBeLessThanOrEqual(folder === 'schemas' ? 120 : 20)
})

test('an agency is a folder and a line, on both sides', () => {
  const foldersIn = (side: string) =>
    [
      ...new Set(
        files
          .filter((path) => path.startsWith(`${side}/`) && path.split('/').length > 2)
          .map((path) => path.split('/')[1] ?? ''),
      ),
    ].sort()
  const others = ['carriers', 'issuers', 'simulator']
  expect(foldersIn('adapters').filter((folder) => !others.includes(folder))).toEqual(agencies.toSorted())
  expect(foldersIn('mocks').filter((folder) => !others.includes(folder))).toEqual(agencies.toSorted())
  expect(mocks.map(({ id }) => id).sort()).toEqual(agencies.toSorted())
})

test.each(agencies)('%s has the same file names as every agency', (agency) => {
  const [adapter, mock] = ['adapters', 'mocks'].map((side) => {
    const folder = `${side}/${agency}/`
    return files.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length))
  }) as [string[], string[]]
  expect(adapter).toEqual(expect.arrayContaining(['index.ts', 'codes.ts', 'decode.ts', 'particulars.ts', 'check.ts']))
  expect(adapter.filter((path) => /^encode(-[a-z-]+)?\.ts$/.test(path))).not.toEqual([])
  expect(mock).toEqual(expect.arrayContaining(['index.ts', 'outcomes.ts', 'specification.md']))
  expect(mock.filter((path) => path.startsWith('refused/'))).not.toEqual([])
  const golden = adapter.filter((path) => path.startsWith('golden/') && !path.startsWith('golden/replies/'))
  const cases = Map.groupBy(golden, (path) => path.split('/')[1])
  const odd = [...cases.values()].filter((inside) => {
    const names = inside.map((path) => path.split('/').slice(2).join('/')).sort()
    return !/^declaration\.json submission\.json submit\.(xml|json)$/.test(names.join(' '))
  })
  expect(odd).toEqual([])
})

test.each(Object.keys(issuers))(
  '%s, an issuer, is a folder and a line on both sides, with the same file names as every issuer',
  (issuer) => {
    const inside = (side: string) =>
      files.flatMap((path) =>
        path.startsWith(`${side}/issuers/${issuer}/`) ? [path.split('/').slice(3).join('/')] : [],
      )
    const dialect = inside('adapters')
    expect(dialect.filter((path) => !path.startsWith('golden/')).sort()).toEqual([
      'codes.ts',
      'decode.ts',
      'encode.ts',
      'index.ts',
    ])
    expect(dialect.filter((path) => path.startsWith('golden/replies/'))).not.toEqual([])
    expect(inside('mocks')).toEqual(
      expect.arrayContaining(['index.ts', 'outcomes.ts', 'register.ts', 'specification.md']),
    )
    expect(inside('mocks').filter((path) => path.startsWith('refused/'))).not.toEqual([])
    expect(offices.map(({ id }) => id)).toContain(issuer)
  },
)

test('nothing names a place on somebody’s machine', () => {
  const texts = files.filter((path) => !/\.(png|jpe?g|ico|woff2?)$/.test(path))
  expect(texts.flatMap((path) => machinePaths(path, textOf(path)))).toEqual([])
  expect(machinePaths('a.md', 'GET /homes/1, src/tmp/x')).toHaveLength(0)
  expect(machinePaths('a.md', `see ${['', 'tmp', 'x'].join('/')}`)).toHaveLength(1)
})

interface Wanted {
  readonly version?: string
  readonly resolved?: string
  readonly dependencies?: { readonly [name: string]: string }
  readonly devDependencies?: { readonly [name: string]: string }
  readonly optionalDependencies?: { readonly [name: string]: string }
}

test('the lock file is the package file’s, is complete, and names no registry', () => {
  const wanted = JSON.parse(textOf('package.json')) as Wanted
  const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: { readonly [path: string]: Wanted } }
  const top = packages['']
  expect({ ...top?.dependencies, ...top?.optionalDependencies }).toEqual({
    ...wanted.dependencies,
    ...wanted.optionalDependencies,
  })
  expect(top?.devDependencies).toEqual(wanted.devDependencies)
  // Every version is exact, and it is the one that is locked.
  const all = Object.entries({ ...wanted.dependencies, ...wanted.devDependencies, ...wanted.optionalDependencies })
  expect(all.filter(([name, version]) => packages[`node_modules/${name}`]?.version !== version)).toEqual([])
  // `npm ci` refuses a lock that lacks a package for another platform, even one it would not install.
  const isLocked = (from: string, name: string): boolean =>
    packages[`${from === '' ? '' : `${from}/`}node_modules/${name}`] !== undefined ||
    (from !== '' && isLocked(from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name))
  const absent = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !isLocked(path, name)),
  )
  expect(absent).toEqual([])
  expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
  expect(textOf('package-lock.json')).not.toMatch(/registry\.|\.tgz/)
})

test('the README’s table of agencies is the registry', () => {
  const [, between = ''] = /<!-- agencies -->([\s\S]*?)<!-- \/agencies -->/.exec(textOf('README.md')) ?? []
  const rowsOf = (lines: readonly string[]) =>
    lines
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
      .filter((cells) => cells.length > 0 && !cells.every((cell) => /^:?-+:?$/.test(cell)))
  expect(rowsOf(between.split('\n'))).toEqual(rowsOf(agencyTable()))
})
