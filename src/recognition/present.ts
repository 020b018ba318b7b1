import type { Covers } from '../../schemas/recognition.ts'
import type { ResultView } from '../db/recognition-uses.ts'

/** A result as its readers see it. */
export const presentResult = (view: ResultView) => ({
  id: view.id,
  category: view.category,
  agency: view.agency,
  ...(view.procedure === null ? {} : { procedure: view.procedure }),
  ...(view.declaration_id === null ? {} : { declarationId: view.declaration_id }),
  ...(view.filing_id === null ? {} : { filingId: view.filing_id }),
  ...(view.firm === null ? {} : { firm: view.firm }),
  number: view.number,
  covers: JSON.parse(view.covers) as Covers,
  at: view.at.toISOString(),
  ...(view.valid_until === null ? {} : { validUntil: view.valid_until.toISOString() }),
  status: view.revoked_at === null ? ('recorded' as const) : ('revoked' as const),
  ...(view.revoked_at === null ? {} : { revokedAt: view.revoked_at.toISOString() }),
  ...(view.revoked_reason === null ? {} : { revokedReason: view.revoked_reason }),
  uses: (view.uses ?? []).map(({ at, honouredAt, ...use }) => ({
    ...use,
    at: new Date(at).toISOString(),
    ...(honouredAt === null ? {} : { honouredAt: new Date(honouredAt).toISOString() }),
  })),
})
