import { describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { goldenCases, goldenReplies } from '../../conformance/adapter/goldens.ts'
import { adapterScenarios } from '../../conformance/adapter/index.ts'
import type { Subject } from '../../conformance/adapter/subject.ts'
import { agencies } from '../../mocks/registry.ts'
import { sampleDeclarations } from '../support/samples.ts'

const samples = sampleDeclarations()
/** What the agencies at hand may lack; a mock they must have. */
const mayBeLacking = ['Nothing of it is polled: it has no mailbox', 'No procedure of it changes another']

describe.each(Object.entries(adapters))('%s', (agency, adapter) => {
  const subject: Subject = {
    agency,
    adapter,
    cases: goldenCases(agency),
    replies: goldenReplies(agency),
    mock: agencies.find(({ id }) => id === agency),
    registry: adapters,
    samples,
  }
  test.each(adapterScenarios.map((scenario) => [scenario.title.en, scenario] as const))('%s', async (_, scenario) => {
    expect([undefined, ...mayBeLacking]).toContain(scenario.notApplicable?.(subject))
    expect(await scenario.judge(subject)).toEqual([])
  })
})

test('every adapter has a mock, and every mock an adapter', () => {
  expect(agencies.map(({ id }) => id).sort()).toEqual(Object.keys(adapters).sort())
})

test('the suite looks at three broker’s documents and every sample', () => {
  expect(samples.length).toBeGreaterThanOrEqual(4)
})
