import { expect, test } from 'vitest'
import { ruleIds } from '../../schemas/fees/entries.ts'
import { catalogueOf } from '../../src/fees/catalogue.ts'
import { checksOf } from '../../src/fees/checks/index.ts'
import { rule, thresholds } from './assessment-sample.ts'

const issues = (...rules: ReturnType<typeof rule>[]) =>
  checksOf(catalogueOf({ number: 1, title: '', validFrom: '2026-01-01', digest: '' }, rules)).map(
    ({ severity, pointer, code }) => `${severity} ${pointer} ${code}`,
  )

test('rules with the thresholds they need can be published', () => {
  expect(issues(...ruleIds.map((name) => rule(name)))).toEqual([])
})

test.each(ruleIds.flatMap((name) => Object.keys(thresholds[name]).map((missing) => [name, missing] as const)))(
  '%s is refused without %s',
  (name, missing) => {
    const { [missing]: _, ...rest }: Record<string, string> = thresholds[name]
    expect(issues(rule(name, { thresholds: rest }))).toEqual([`error /rule/rule-${name}/thresholds/${missing} missing`])
  },
)

test('a threshold nobody knows, and one that is no decimal, are refused', () => {
  expect(issues(rule('legality', { thresholds: { mercy: '1' } }))).toEqual([
    'error /rule/rule-legality/thresholds/mercy unknown-field',
  ])
  expect(issues(rule('double', { thresholds: { violationLines: '-1' } }))).toEqual([
    'error /rule/rule-double/thresholds/violationLines invalid-format',
  ])
})
