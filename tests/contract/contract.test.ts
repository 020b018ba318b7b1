import { describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { agencies } from '../../mocks/registry.ts'
import { goldenCases, goldenReplies } from '../support/goldens.ts'
import { sampleDeclarations } from '../support/samples.ts'
import { rules } from './rules.ts'
import type { Subject } from './subject.ts'

const samples = sampleDeclarations()

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
  test.each(Object.entries(rules))('%s', async (_, rule) => {
    expect(await rule(subject)).toEqual([])
  })
})

test('every adapter has a mock, and every mock an adapter', () => {
  expect(agencies.map(({ id }) => id).sort()).toEqual(Object.keys(adapters).sort())
})

test('the suite looks at three broker’s documents and every sample', () => {
  expect(samples.length).toBeGreaterThanOrEqual(4)
})
