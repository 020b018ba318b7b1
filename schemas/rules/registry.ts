import type { RuleTable } from './table.ts'

/** Every rule table 规则表: one line each. */
export const ruleTables: readonly RuleTable[] = []
