import * as z from 'zod'
import { type Issue, issue, issuesOf } from '../../schemas/issue.ts'
import type { RuleTable } from '../../schemas/rules/index.ts'
import type { ruleVersionRequest } from '../../schemas/rules-answers.ts'
import type { Client } from '../db/database.ts'
import { type PublishedVersion, publishVersion } from '../db/rules.ts'
import { Problem } from '../problem.ts'
import { dayAt } from './rules.ts'

type Request = z.infer<typeof ruleVersionRequest>

/** Everything wrong with a version that is to be published: its rows by the table's schema, then what makes them contradict themselves. */
export function issuesOfVersion(table: RuleTable, { rows, validFrom }: Request, now: number): Issue[] {
  const tooEarly =
    validFrom > dayAt(now)
      ? []
      : [
          issue('/validFrom', 'too-early', {
            en: 'What already holds is not changed: from tomorrow on (in Chongqing) at the earliest',
            zh: '已生效的规则不得更改：最早自明日（重庆时间）起施行',
          }),
        ]
  const parsed = z.array(table.row).safeParse(rows)
  if (!parsed.success) return [...tooEarly, ...issuesOf(parsed.error, ['rows'])]
  const contradictions = (table.contradictions?.(parsed.data) ?? []).map(({ row, why }) =>
    issue(`/rows/${row}`, 'rules-contradict', why),
  )
  return [...tooEarly, ...contradictions]
}

/**
 * Publishes a version of a rule table 发布规则版本 in a transaction of the caller's. What held before stays as it was: decisions name the
 * version they were made by.
 * @param check is told how many versions were published before
 * @throws {Problem} body-invalid, and whatever `check` throws
 */
export async function publish(
  client: Client,
  table: RuleTable,
  request: Request,
  by: string,
  now: number,
  check: (published: number) => void,
): Promise<PublishedVersion> {
  const issues = issuesOfVersion(table, request, now)
  const { note, ...given } = request
  const version = {
    ...given,
    ...(note === undefined ? {} : { note }),
    rows: issues.length === 0 ? z.array(table.row).parse(request.rows) : [],
    table: table.id,
    by,
    at: new Date(now),
  }
  // Whoever saw an older state hears of that first: what is wrong may be wrong because of it.
  return {
    ...version,
    id: await publishVersion(client, version, (published) => {
      check(published)
      if (issues.length > 0) throw new Problem('body-invalid', { errors: issues })
    }),
  }
}
