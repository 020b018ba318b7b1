import { existsSync } from 'node:fs'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * What takes longest, longest first: begun last, one of them would be at it alone while the other workers have nothing left to do. Files that
 * keep the processor busy and files that wait for processes take turns.
 */
const longest: readonly string[] = [
  'web/browser-window',
  'faults/kill-worker',
  'web/browser-pages',
  'scenarios/receipts-in-disorder',
  'faults/kill-simulator',
  'package/seventh-agency',
  'web/browser-declaring',
  'faults/kill-notices',
  'package/tarball',
  'web/browser-integrator',
  'scenarios/change-outcomes',
  'scenarios/outcomes',
  'faults/database-away',
  'routes/events',
  'conformance-runs/runs',
  'filing/any-order',
  'web/browser-trader',
  'faults/two-workers',
  'web/browser-drafting',
  'audit/export',
  'web/browser-public',
  'scenarios/faults-by-reference',
].map((name) => `tests/${name}.test.ts`)

/** Begins with the files that take longest; the others as vitest would have them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const unknown = longest.filter((path) => !existsSync(path))
    if (unknown.length > 0)
      throw new Error(`tests/support/longest-first.ts names what is not there: ${unknown.join(', ')}`)
    const rank = new Map(longest.map((path, at) => [path, at]))
    const rankOf = ({ moduleId }: TestSpecification) =>
      rank.get(moduleId.slice(moduleId.lastIndexOf('/tests/') + 1)) ?? longest.length
    return (await super.sort(files)).toSorted((a, b) => rankOf(a) - rankOf(b))
  }
}
