import { expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { adapterScenarios } from '../../conformance/adapter/index.ts'
import { loadSubject } from '../../conformance/adapter/load.ts'
import { judge } from '../../conformance/run.ts'
import { brokenOnes } from './broken/index.ts'

test('of every agency one is broken', () => {
  expect(brokenOnes.map(({ agency }) => agency)).toEqual(Object.keys(adapters))
})

test.each(brokenOnes)('$agency, $how: fails exactly where it should', async ({ agency, breaks, fails }) => {
  const subject = breaks(await loadSubject({ which: agency }))
  const report = await judge({ kind: 'adapter', name: agency, subject, scenarios: adapterScenarios })
  const not = report.judged.filter((one) => one.verdict === 'not-conformant')
  expect(not.map(({ id }) => id).sort()).toEqual(fails.toSorted())
  // Every finding says what, and what concerns a document says where or shows the exchange.
  expect(not.flatMap(({ findings }) => findings).every(({ what }) => what.length > 0)).toBe(true)
})
