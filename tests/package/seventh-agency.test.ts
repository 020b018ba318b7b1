import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../../conformance/verdict.ts'
import { forbiddenImports, impurities } from '../support/tidiness.ts'
import { copyTree, ownFolder, programOf, run } from './support.ts'
import { written } from './written.ts'

/** A copy of the whole tree, to which a seventh agency is added as CONTRIBUTING.md says. */
const tree = ownFolder()
copyTree(tree)
const yuchuang = (...argv: readonly string[]) => run(process.execPath, ['cli/yuchuang.js', ...argv], tree)

/** What the test runner reports, as far as it is read here. */
interface Tested {
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** Ids of the scenarios that are kept, and of those that are not with what was found. */
async function conform(): Promise<{ code: number; kept: string[]; broken: { [id: string]: string } }> {
  const { code, out, err } = await yuchuang('conform', 'adapter', 'plants', '--format', 'json')
  expect(err).toBe('')
  const [report] = (JSON.parse(out) as { reports: readonly Report[] }).reports
  const judged = report?.judged ?? []
  return {
    code,
    kept: judged.filter(({ verdict }) => verdict !== 'not-conformant').map(({ id }) => id),
    broken: Object.fromEntries(
      judged.flatMap((one) => (one.verdict === 'not-conformant' ? [[one.id, JSON.stringify(one.findings)]] : [])),
    ),
  }
}

test('a new agency compiles, keeps the structure, and shows what is still to be written', async () => {
  const made = await yuchuang('new-adapter', 'plants', '--name-en', 'Plant station', '--name-zh', '植物检疫站')
  expect([made.code, made.err]).toEqual([0, ''])
  for (const { file } of written) expect(made.out).toContain(`adapters/plants/${file}`)

  const compiled = join(tree, 'tsconfig.plants.json')
  const files = ['adapters/plants/index.ts', 'mocks/plants/index.ts']
  writeFileSync(compiled, JSON.stringify({ extends: './tsconfig.json', include: [], files }))
  expect(await run(programOf('tsc'), ['--noEmit', '-p', compiled], tree)).toEqual({ code: 0, out: '', err: '' })

  for (const side of ['adapters', 'mocks'])
    for (const name of readdirSync(join(tree, side, 'plants')).filter((one) => one.endsWith('.ts'))) {
      const [path, source] = [`${side}/plants/${name}`, readFileSync(join(tree, side, 'plants', name), 'utf8')]
      expect(forbiddenImports(path, source, ['plants'])).toEqual([])
      expect(side === 'adapters' ? impurities(path, source) : []).toEqual([])
    }

  const { code, broken, kept } = await conform()
  expect(code).toBe(1)
  // Every scenario that needs no word of the agency is kept; each of the others says what is missing.
  expect(Object.keys(broken)).toEqual([
    'replies-bring-what-they-say',
    'mock-accepts-goldens',
    'mock-is-understood',
    'mock-takes-it-once',
    'mock-answers-inquiries',
  ])
  expect(kept.length).toBeGreaterThan(20)
  expect(broken['replies-bring-what-they-say']).toContain('passed.approved.json')
  expect(broken['mock-accepts-goldens']).toContain('/goods')
})

test('with those lines written it keeps the whole contract, and the gateway plans a filing with it', async () => {
  for (const { file, was, becomes } of written) {
    const path = join(tree, 'adapters/plants', file)
    const text = readFileSync(path, 'utf8')
    expect(text).toContain(was)
    writeFileSync(
      path,
      text.replace(was, () => becomes),
    )
  }
  expect((await conform()).broken).toHaveProperty('golden-bytes')
  expect((await yuchuang('goldens', 'plants')).out).toContain('3 changed')
  expect(await conform()).toMatchObject({ code: 0, broken: {} })
  expect(await run(process.execPath, ['tests/support/write-outcome-docs.ts'], tree)).toMatchObject({ code: 0, err: '' })

  // The tree's own tests take the agency up by themselves: only they run, and none of them knows it.
  const config = `import { defineConfig } from 'vitest/config'
export default defineConfig({ test: { include: ['tests/tidy.test.ts', 'tests/contract/contract.test.ts', 'tests/simulator/faults-{docs,variants}.test.ts'], maxWorkers: 1, reporters: ['json'], outputFile: 'tested.json' } })
`
  writeFileSync(join(tree, 'vitest.plants.config.ts'), config)
  const tested = await run(
    programOf('vitest'),
    ['run', '--config', 'vitest.plants.config.ts', '-t', 'plants|a folder and a line|table of agencies'],
    tree,
  )
  const { testResults, numFailedTests } = JSON.parse(readFileSync(join(tree, 'tested.json'), 'utf8')) as Tested
  expect([numFailedTests, tested.code]).toEqual([0, 0])
  const about = testResults.filter(({ assertionResults }) =>
    assertionResults.some(({ status, fullName }) => status === 'passed' && fullName.includes('plants')),
  )
  expect(about.map(({ name }) => name.slice(tree.length)).sort()).toEqual([
    '/tests/contract/contract.test.ts',
    '/tests/simulator/faults-docs.test.ts',
    '/tests/simulator/faults-variants.test.ts',
    '/tests/tidy.test.ts',
  ])

  const plan = `
    import { adapters } from './adapters/registry.ts'
    import { planOf } from './src/filing/plan.ts'
    import { readFileSync } from 'node:fs'
    const plansOf = (path) => planOf(adapters, JSON.parse(readFileSync(path, 'utf8'))).filter(({ agency }) => agency === 'plants')
    console.log(JSON.stringify([
      plansOf('adapters/plants/golden/notice-one-item/declaration.json'), plansOf('seeds/declarations/laptops.json'),
    ]))`
  const planned = await run(process.execPath, ['--input-type=module', '-e', plan], tree)
  expect(JSON.parse(planned.out)).toMatchObject([
    [{ agency: 'plants', procedure: 'notice', files: true }],
    [{ agency: 'plants', procedure: 'notice', files: false }],
  ])
})
