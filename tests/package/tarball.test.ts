import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { build } from '../../cli/build.ts'
import { agencies } from '../../mocks/registry.ts'
import { importsIn, root, textOf } from '../support/source.ts'
import { machinePaths } from '../support/tidiness.ts'
import { lendPackages, nodes, ownFolder, programOf, run } from './support.ts'

interface Manifest {
  readonly version: string
  readonly dependencies: { readonly [name: string]: string }
  readonly optionalDependencies: { readonly [name: string]: string }
  readonly exports: { readonly [entry: string]: string | { readonly types: string; readonly default: string } }
}
const manifest = JSON.parse(textOf('package.json')) as Manifest
const entries = Object.entries(manifest.exports).flatMap(([entry, to]) =>
  typeof to === 'string' ? [] : [{ entry: entry.slice(2), ...to }],
)

/** A project of somebody else's, with the package as npm packs it and its dependencies beside it. */
const project = ownFolder()
const installed = join(project, 'node_modules/yuchuang')

beforeAll(async () => {
  const stage = join(project, 'stage')
  build(join(stage, 'dist'))
  for (const path of ['package.json', 'README.md', 'LICENSE', 'cli/yuchuang.js', 'src/main.ts', '.npmrc'])
    cpSync(join(root, path), join(stage, path))
  const packed = await run('npm', ['pack', '--ignore-scripts', '--offline'], stage)
  expect(packed.code, packed.err).toBe(0)
  mkdirSync(installed, { recursive: true })
  const tarball = join(stage, `yuchuang-${manifest.version}.tgz`)
  expect((await run('tar', ['xzf', tarball, '--strip-components=1'], installed)).code).toBe(0)
  lendPackages([...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)], project)
  lendPackages(['@types/node', 'undici-types'], project)
  writeFileSync(join(project, 'package.json'), '{ "name": "somebody", "private": true, "type": "module" }')
})

const filesIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))

test('it carries what was built and what that reads, and nothing else', () => {
  const files = filesIn(installed)
  const tops = new Set(files.map((path) => path.split('/').slice(0, 2).join('/')))
  expect([...tops].sort()).toEqual([
    'LICENSE',
    'README.md',
    'cli/yuchuang.js',
    'dist/adapters',
    'dist/cli',
    'dist/client',
    'dist/conformance',
    'dist/mocks',
    'dist/schemas',
    'package.json',
  ])
  for (const { types, default: module } of entries)
    expect(files).toEqual(expect.arrayContaining([types.slice(2), module.slice(2)]))
  expect(files).toContain('dist/schemas/codes/data/tariff.json')
  expect(files.filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))).toEqual(
    files.filter((path) => /^dist\/cli\/template\/.+\.ts$/.test(path)),
  )
})

test('it names no place on somebody’s machine and no registry', () => {
  const found = filesIn(installed).flatMap((path) => {
    const text = readFileSync(join(installed, path), 'utf8')
    return [...machinePaths(path, text), ...(/registry\.npm|\.tgz\b|_authToken/.test(text) ? [path] : [])]
  })
  expect(found).toEqual([])
})

/** Every module and package that a built module loads, however far down. */
function reach(module: string, known = new Set<string>()): Set<string> {
  if (known.has(module)) return known
  known.add(module)
  for (const imported of importsIn(readFileSync(join(installed, module), 'utf8')))
    if (!imported.startsWith('.')) known.add(imported)
    else if (imported.endsWith('.js')) reach(posix.join(dirname(module), imported), known)
  return known
}

test('no entry point drags in the gateway: neither its database nor its pages', () => {
  for (const { entry, default: module } of entries) {
    const packages = [...reach(module.slice(2))].filter((one) => !one.startsWith('dist/'))
    expect(
      packages.filter((one) => /^(pg|drizzle|graphile|exceljs|echarts|pino|prom-client)/.test(one)),
      entry,
    ).toEqual([])
  }
})

test('whatever it loads is one of its dependencies', () => {
  const modules = [...entries.map((one) => one.default.slice(2)), 'dist/cli/main.js']
  const loaded = modules.flatMap((module) => [...reach(module)]).filter((one) => !/^(dist\/|node:)/.test(one))
  const packages = new Set(loaded.map((one) => one.split('/', one.startsWith('@') ? 2 : 1).join('/')))
  expect([...packages].filter((name) => manifest.dependencies[name] === undefined)).toEqual([])
})

test('the client runs where there is no Node', () => {
  const packages = [...reach('dist/client/index.js')].filter((one) => !one.startsWith('dist/'))
  expect(
    packages.filter((one) => !['eventsource-parser', 'standardwebhooks', 'zod'].includes(one.replace(/\/.*/, ''))),
  ).toEqual([])
})

test('the client, the adapters’ door and the schemas use nothing that Node 20 lacks', async () => {
  const files = ['adapters/index.ts', 'client/index.ts', 'schemas/index.ts'].map((path) => join(root, path))
  const compilerOptions = {
    noEmit: true,
    lib: ['es2023'],
    target: 'es2023',
    typeRoots: [join(root, 'node_modules/@types')],
  }
  const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include: [], files }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config))
  expect(await run(programOf('tsc'), ['-p', project], project)).toEqual({ code: 0, out: '', err: '' })
})

const consumer = `
import { readXml, Unintelligible } from 'yuchuang/adapter'
import { createClient } from 'yuchuang/client'
import * as conformance from 'yuchuang/conformance'
import { agencies as handlers } from 'yuchuang/msw'
import { declaration, findCode } from 'yuchuang/schemas'
import { agencies, createSimulator, issuers } from 'yuchuang/simulator'

const simulator = createSimulator({ agencies, issuers, callbackUrl: 'http://127.0.0.1:9', mode: 'frozen' })
const home = await (await simulator.app.request('/')).json()
const client = createClient({ baseUrl: 'http://gateway.test', apiKey: 'k', fetch: async () => Response.json({}) })
console.log(JSON.stringify({
  office: readXml('<a><b>0100</b></a>').a.b,
  refuses: new Unintelligible('no').name,
  client: typeof client,
  conformance: Object.keys(conformance).length > 0,
  handlers: handlers({ baseUrl: 'http://simulator.test' }).length,
  china: findCode('countries', 'CHN')?.zh,
  declares: declaration.safeParse({}).success,
  agencies: home.agencies.length,
}))
await simulator.close()
process.exit()
`

describe.each(nodes())('on Node %s', (version, node) => {
  test('every entry point loads and does its work', async () => {
    writeFileSync(join(project, 'consumer.js'), consumer)
    const { code, out, err } = await run(node, ['consumer.js'], project)
    expect([code, err.replace(/^\(node:.*|^\(Use .*/gm, '').trim()]).toEqual([0, ''])
    expect(JSON.parse(out)).toEqual({
      office: '0100',
      refuses: 'Unintelligible',
      client: 'object',
      conformance: true,
      handlers: 1,
      china: '中国',
      declares: false,
      agencies: agencies.length,
    })
  })

  test('the command says what it can, makes an adapter in a project, and judges it there', async () => {
    const own = join(project, version)
    mkdirSync(own)
    const yuchuang = (...argv: readonly string[]) => run(node, [join(installed, 'cli/yuchuang.js'), ...argv], own)
    const helped = await yuchuang('help')
    expect([helped.code, helped.err]).toEqual([0, ''])
    expect(helped.out).toContain(`yuchuang ${manifest.version}`)
    expect(await yuchuang('new-adapter', 'plants')).toMatchObject({ code: 2, out: '' })
    expect(await yuchuang('new-adapter', 'plants', '--into', '.')).toMatchObject({ code: 0, err: '' })
    const judged = await yuchuang('conform', 'adapter', 'adapters/plants')
    expect([judged.code, judged.err]).toEqual([1, ''])
    expect(judged.out).toContain('replies-bring-what-they-say')
  })
})

test.each([
  ['nodenext', 'nodenext'],
  ['bundler', 'esnext'],
])('its types are found by a project that resolves as %s', async (moduleResolution, module) => {
  const text = `
import { readXml } from 'yuchuang/adapter'
import { createClient } from 'yuchuang/client'
import * as conformance from 'yuchuang/conformance'
import { agencies as handlers } from 'yuchuang/msw'
import { type Declaration, findCode } from 'yuchuang/schemas'
import { type Agency, agencies, createSimulator } from 'yuchuang/simulator'

// @ts-expect-error -- a key is text
createClient({ baseUrl: 'http://gateway.test', apiKey: 7 })
// @ts-expect-error -- an XML document is text
readXml(7)
// @ts-expect-error -- handlers need an address
handlers({})
// @ts-expect-error -- no such list
findCode('planets', 'CN')
// @ts-expect-error -- an office needs an address to push to
createSimulator({ agencies })
// @ts-expect-error -- nothing of that name
export const nothing = conformance.nothingOfThatName
export const first: Agency | undefined = agencies[0]
export const direction = (declaration: Declaration): 'import' | 'export' => declaration.direction
`
  const folder = join(project, moduleResolution)
  mkdirSync(folder)
  writeFileSync(join(folder, 'consumer.ts'), text)
  const compilerOptions = {
    module,
    moduleResolution,
    target: 'es2023',
    strict: true,
    noEmit: true,
    types: ['node'],
    skipLibCheck: true,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
  expect(await run(programOf('tsc'), ['-p', folder], project)).toEqual({ code: 0, out: '', err: '' })
})
