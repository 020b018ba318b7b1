import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { adapterScenarios } from '../../conformance/adapter/index.ts'
import { loadSubject } from '../../conformance/adapter/load.ts'
import { judge } from '../../conformance/run.ts'
import { brokenOnes } from './broken/index.ts'

test('six different agencies have one each', () => {
  const broken = new Set(brokenOnes.map(({ agency }) => agency))
  expect(broken.size).toBe(6)
  expect(Object.keys(adapters)).toEqual(expect.arrayContaining([...broken]))
})

test.each(brokenOnes)('$agency, $how: fails exactly where it should', async ({ agency, breaks, fails }) => {
  const subject = breaks(await loadSubject({ which: agency }))
  const report = await judge({ kind: 'adapter', name: agency, subject, scenarios: adapterScenarios })
  const not = report.judged.filter((one) => one.verdict === 'not-conformant')
  expect(not.map(({ id }) => id).sort()).toEqual(fails.toSorted())
  // Every finding says what, and what concerns a document says where or shows the exchange.
  expect(not.flatMap(({ findings }) => findings).every(({ what }) => what.length > 0)).toBe(true)
})
