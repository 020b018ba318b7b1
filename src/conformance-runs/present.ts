import type { JudgedScenario } from '../../schemas/conformance.ts'
import type { RunRow } from '../db/conformance-runs.ts'
import { type Adapters, findAdapter } from '../filing/plan.ts'

/** A run as whoever asked for it sees it. */
export const presentRun = (row: RunRow, adapters: Adapters) => ({
  id: row.id,
  what: row.what,
  ...(row.url === null ? {} : { url: row.url }),
  status: row.status,
  by: row.by,
  targets: row.targets.map((id) => {
    const {
      scenarios,
      conformant = 0,
      notConformant = 0,
      notApplicable = 0,
      complete = false,
    } = row.reports.find(({ target }) => target === id) ?? {}
    return {
      id,
      // One that was taken out of the registry since keeps its id.
      name: findAdapter(adapters, id)?.name ?? { en: id, zh: id },
      ...(scenarios === undefined ? {} : { scenarios }),
      conformant,
      notConformant,
      notApplicable,
      complete,
    }
  }),
  ...(row.trouble === null
    ? {}
    : { trouble: JSON.parse(row.trouble) as { code: string; detail: string; detailZh: string } }),
  createdAt: row.createdAt.toISOString(),
  ...(row.startedAt === null ? {} : { startedAt: row.startedAt.toISOString() }),
  ...(row.endedAt === null ? {} : { endedAt: row.endedAt.toISOString() }),
  links: linksOf(row.id),
})

const linksOf = (id: string) => {
  const self = `/v1/conformance-runs/${id}`
  return { self, json: `${self}/report.json`, junit: `${self}/report.xml`, markdown: `${self}/report.md` }
}

/** What was said of one target. */
export function presentReport({ target, report }: { target: string; report: string }) {
  const { subject, judged } = JSON.parse(report) as { subject: string; judged: JudgedScenario[] }
  return { target, subject, judged }
}
