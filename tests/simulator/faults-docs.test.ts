import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { issuers } from '../../mocks/issuers.ts'
import { agencies } from '../../mocks/registry.ts'
import { faults } from '../../mocks/simulator/faults.ts'
import { outcomeDocs } from '../support/outcome-docs.ts'

const docs = outcomeDocs()

test.each([...docs])(
  '%s is what its table would be written as: node tests/support/write-outcome-docs.ts',
  (path, text) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(text)
  },
)

test('every agency and issuer has its page, and every row stands on it in both languages', () => {
  for (const { id, outcomes } of [...agencies, ...issuers]) {
    const page = docs.get(`mocks/${id}/outcomes.md`) ?? docs.get(`mocks/issuers/${id}/outcomes.md`) ?? ''
    for (const { procedure, magic, does } of outcomes)
      expect(page).toContain(`| \`${procedure}\` | \`${magic}\` | ${does.en} | ${does.zh} |`)
  }
})

test('every fault stands on the page of faults, with its parameters as they are when nothing is said', () => {
  const page = docs.get('mocks/faults.md') ?? ''
  for (const { fault } of faults) expect(page).toContain(`\n| \`${fault}\` | `)
  expect(page).toContain('`medianMs` 200, `p95Ms` 1000')
  expect(page).toContain('`from`, `until`, `forS`')
})
