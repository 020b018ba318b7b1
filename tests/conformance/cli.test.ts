import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { conform } from '../../conformance/main.ts'
import { root } from '../support/source.ts'

const folder = mkdtempSync(join(tmpdir(), 'conform-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(...argv: string[]) {
  let [out, err] = ['', '']
  const io = { out: (text: string) => void (out += text), err: (text: string) => void (err += text) }
  const code = await conform(argv, { ...io, isTty: false, width: 100 }, {})
  return { code, out, err }
}

/** The source of a module that re-exports an adapter of ours with something changed. */
const moduleWith = (name: string, source: string): string => {
  const at = join(folder, name)
  mkdirSync(at, { recursive: true })
  writeFileSync(join(at, 'index.ts'), source)
  return at
}
const [some = ''] = Object.keys(adapters).slice(3)
const ours = `import { ${some} } from ${JSON.stringify(join(root, 'adapters', some, 'index.ts'))}\n`

describe('called wrongly it judges nothing, says why, and ends with 2', () => {
  test.each<[string, string[], RegExp]>([
    ['another kind', ['ship'], /an adapter, an agency or a gateway, not ship/],
    ['no subject', ['adapter'], /adapter of what/],
    ['two subjects', ['adapter', some, some], /One adapter at a time/],
    ['an option nobody knows', ['--fast'], /--fast/],
    ['an option of another kind', ['adapter', some, '--api-key', 'x'], /--api-key means nothing to adapter/],
    ['a format nobody knows', ['--format', 'html'], /not html/],
    ['two formats in one place', ['--format', 'json,junit'], /--out/],
    ['a language nobody wrote', ['--lang', 'fr'], /not fr/],
    ['a time that is none', ['--timeout', '0'], /in seconds/],
    ['a time that is too long', ['--timeout', '86400'], /up to 3600/],
    [
      'a scenario that is none',
      ['adapter', some, '--only', 'golden-bytes,nonsense'],
      /no scenario nonsense.*golden-bytes/,
    ],
    ['no scenario at all', ['adapter', some, '--only', ','], /nothing would be judged/],
    ['a waiver without a reason', ['adapter', some, '--waive', 'golden-bytes'], /needs a reason/],
    ['a waiver with an empty reason', ['adapter', some, '--waive', 'golden-bytes= '], /needs a reason/],
    ['a waiver of nothing', ['adapter', some, '--waive', 'nonsense=why'], /no scenario nonsense/],
    ['a module that is not there', ['adapter', 'constructor'], /There is no module/],
    ['a module that is no adapter', ['adapter', join(root, 'conformance/limits.ts')], /exports no adapter/],
    ['a module that throws', ['adapter', moduleWith('throws', 'throw new Error("ouch")')], /cannot be loaded: ouch/],
    ['an id that is none', ['adapter', moduleWith('Bad Id', `${ours}export { ${some} }`)], /is no id/],
    ['no address', ['agency', 'nowhere', '--agency', some], /no http address/],
    ['an endpoint of nobody', ['agency', 'http://127.0.0.1:1'], /Which agency/],
    ['a gateway without a key', ['gateway', 'http://127.0.0.1:1'], /--api-key/],
    ['a gateway without a sample', ['gateway', 'http://127.0.0.1:1', '--api-key', 'x'], /--sample/],
    [
      'a sample that is none',
      ['gateway', 'http://127.0.0.1:1', '--api-key', 'x', '--sample', join(root, 'LICENSE')],
      /no JSON/,
    ],
    ['a port that is none', ['agency', 'http://127.0.0.1:1', '--agency', some, '--callback-port', '99999'], /no port/],
  ])('%s', async (_, argv, why) => {
    const { code, out, err } = await run(...argv)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(why)
    expect(err).toContain('--help')
  })
})

test('asked for help it tells how it is called, and ends with 0', async () => {
  const { code, out } = await run('--help')
  expect(code).toBe(0)
  for (const word of ['adapter', 'agency', 'gateway', '--waive', '--only', '--timeout']) expect(out).toContain(word)
})

const quick = ['--only', 'statuses-are-known,conditions-can-be-met,mailbox-from-a-cursor']

test('without a subject it judges every adapter of the registry, and ends with 0 when all is kept', async () => {
  const { code, out } = await run(...quick)
  expect(code).toBe(0)
  for (const agency of Object.keys(adapters)) expect(out).toContain(`\nAdapter ${agency}\n`)
  expect(out).toContain('Nothing of it is polled')
})

test('examples that are of another adapter are said, and nothing is judged', async () => {
  const at = moduleWith('adapters/harbour', `${ours}export const harbour = { ...${some}, procedures: {} }`)
  symlinkSync(join(root, 'adapters', some, 'golden'), join(at, 'golden'))
  const { code, out, err } = await run('adapter', at)
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(/golden examples cannot be read: harbour\/[\w-]+: harbour: there is no procedure/)
})

test('an adapter of somebody else is judged by its module, with the mock beside it; when it breaks a promise that ends with 1', async () => {
  const at = moduleWith(
    'adapters/pier',
    `${ours}export const pier = { ...${some}, procedures: Object.fromEntries(Object.entries(${some}.procedures).map(([id, one]) => [id, { ...one, statuses: ['queued'] }])) }`,
  )
  moduleWith('mocks/pier', `export const pier = { id: 'pier', replies: 'polled', outcomes: [], open() {} }`)
  const { code, out } = await run('adapter', at, '--only', 'statuses-are-known,outcomes-name-procedures')
  expect(code).toBe(1)
  expect(out).toContain('\nAdapter pier\n')
  expect(out).toContain('claims queued [/procedures/refund/statuses/0]')
  expect(out).toContain('its documents are polled [/replies]')
})

test('without a mock, what only a mock can show does not apply, and says so', async () => {
  const at = moduleWith('adapters/quay', `${ours}export default ${some}`)
  const { code, out } = await run('adapter', at, '--only', 'mock-takes-it-once,same-bytes-twice', '--format', 'json')
  const { conformant, reports } = JSON.parse(out) as { conformant: boolean; reports: { judged: object[] }[] }
  expect([code, conformant]).toEqual([0, true])
  expect(reports[0]?.judged).toMatchObject([
    { id: 'same-bytes-twice', verdict: 'conformant' },
    { id: 'mock-takes-it-once', verdict: 'not-applicable', reason: 'No mock of the agency was given (--mock)' },
  ])
})

test('every format at once is written into a folder, in the language asked for', async () => {
  const out = join(folder, 'reports/today')
  const waived = ['--waive', 'mailbox-from-a-cursor=the mailbox is another team’s']
  const formats = ['--format', 'terminal,junit,json,markdown', '--lang', 'zh', '--out', out]
  const told = await run('adapter', some, ...quick, ...waived, ...formats)
  expect(told.code).toBe(0)
  expect(told.out).toContain('适配器')
  expect(readdirSync(out).sort()).toEqual(['conformance.json', 'conformance.md', 'conformance.xml'])
  for (const file of readdirSync(out))
    expect(readFileSync(join(out, file), 'utf8')).toContain('the mailbox is another team’s')
  expect(readFileSync(join(out, 'conformance.md'), 'utf8')).toContain('收件箱自上次位置续取')
})

test('a folder that cannot be written to is said, and ends with 2', async () => {
  writeFileSync(join(folder, 'file'), '')
  const { code, err } = await run('adapter', some, ...quick, '--format', 'json', '--out', join(folder, 'file'))
  expect(code).toBe(2)
  expect(err).toContain('cannot be written')
})

test('an endpoint that answers everything with a page is not the agency it claims to be, and the page is shown', async () => {
  const server = createServer((_, response) => void response.end('<html>Welcome</html>'))
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/door`
    const { code, out } = await run(
      'agency',
      url,
      '--agency',
      some,
      '--only',
      'goldens-are-accepted,inquiry-knows-what-came',
      '--format',
      'json',
    )
    const { reports } = JSON.parse(out) as {
      reports: {
        kind: string
        subject: string
        judged: { id: string; verdict: string; findings?: { exchange?: object }[] }[]
      }[]
    }
    expect([code, reports[0]?.kind, reports[0]?.subject]).toEqual([1, 'agency', url])
    const not = reports[0]?.judged.filter(({ verdict }) => verdict === 'not-conformant') ?? []
    expect(not.map(({ id }) => id)).toEqual(['goldens-are-accepted', 'inquiry-knows-what-came'])
    expect(JSON.stringify(not)).toContain('Welcome')
  } finally {
    server.close()
  }
})

test('a gateway that is not there keeps nothing, and the report tells that nobody answered', async () => {
  const sample = join(folder, 'sample.json')
  writeFileSync(sample, '{"functionalReferenceId":"X"}')
  const argv = [
    'gateway',
    'http://127.0.0.1:1',
    '--api-key',
    'hunter2',
    '--sample',
    sample,
    '--only',
    'problems-are-documents',
  ]
  const { code, out } = await run(...argv)
  expect(code).toBe(1)
  expect(out).toContain('\nGateway http://127.0.0.1:1\n')
  expect(out).toMatch(/authorization: \*\*\*[\s\S]*\(no answer: /)
  expect(out).not.toContain('hunter2')
})

test('as lines it gives each verdict when it is given, with how many there will be', async () => {
  const { code, out } = await run('adapter', some, ...quick, '--format', 'lines')
  const [begins, ...verdicts] = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { of?: number; judged?: { id: string } })
  expect([code, begins]).toEqual([0, { kind: 'adapter', subject: some }])
  expect(verdicts.map(({ of, judged }) => [of, judged?.id])).toEqual([
    [3, 'statuses-are-known'],
    [3, 'conditions-can-be-met'],
    [3, 'mailbox-from-a-cursor'],
  ])
})

test('a report that was written as JSON is written in the other forms, and ends as it did then', async () => {
  const kept = join(folder, 'kept.json')
  const { out } = await run('adapter', some, ...quick, '--format', 'json')
  writeFileSync(kept, out)
  expect(await run('report', kept, '--format', 'json')).toEqual({ code: 0, out, err: '' })
  expect((await run('report', kept, '--format', 'junit')).out).toContain('<testsuites name="conformance" tests="3"')
  expect((await run('report', kept, '--format', 'markdown', '--lang', 'zh')).out).toContain('# 适配器')
  writeFileSync(
    kept,
    out
      .replace('"verdict": "conformant"', '"verdict": "not-conformant"')
      .replace('"durationMs"', '"findings": [], "durationMs"'),
  )
  expect((await run('report', kept, '--format', 'json')).code).toBe(1)
  for (const text of ['{}', '{"reports":[{"kind":7}]}', 'nonsense']) {
    writeFileSync(kept, text)
    const wrong = await run('report', kept)
    expect([wrong.code, wrong.out]).toEqual([2, ''])
  }
})
