import type { ChangeView, DeclarationView } from '../db/views.ts'
import type { Requested } from './change-request.ts'
import type { Adapters } from './plan.ts'
import { presentFiling } from './present.ts'

/** A change 修撤单 as a caller sees it: where it stands with each agency, in their own words. */
export function presentChange(adapters: Adapters, view: DeclarationView, change: ChangeView) {
  return {
    id: change.id,
    kind: change.kind,
    status: change.outcome ?? ('pending' as const),
    reason: change.reason,
    before: change.before,
    ...(change.kind === 'amendment' ? { version: change.version } : {}),
    filings: view.filings
      .filter(({ changeId }) => changeId === change.id)
      .map((filing) => presentFiling(adapters, filing)),
    at: change.at.toISOString(),
    ...(change.settledAt === undefined ? {} : { settledAt: change.settledAt.toISOString() }),
    links: {
      self: `/v1/declarations/${view.id}/changes/${change.id}`,
      declaration: `/v1/declarations/${view.id}`,
      ...(change.kind === 'amendment'
        ? { differences: `/v1/declarations/${view.id}/differences?from=${change.before}&to=${change.version}` }
        : {}),
    },
  }
}

/** What was asked, the moment it was asked: whom it concerns and whom not, and why. */
export const presentRequested = (declarationId: string, { change, reach, filings, differences }: Requested) => ({
  id: change.id,
  kind: change.kind,
  reason: change.reason,
  ...(change.kind === 'amendment' ? { version: change.version, differences } : {}),
  filings: filings.map(({ id, agency, procedure, changes, status, pending }) => ({
    id,
    agency,
    procedure,
    changes,
    status,
    ...pending,
  })),
  unaffected: reach.unaffected.map(({ filing, because }) => ({
    filingId: filing.id,
    agency: filing.agency,
    procedure: filing.procedure,
    status: filing.status,
    because,
  })),
  links: { self: `/v1/declarations/${declarationId}/changes/${change.id}` },
})
