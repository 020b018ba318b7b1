/** A declaration as its reader sees it, as far as stories look at it. */
export interface Seen {
  id: string
  functionalReferenceId: string
  version: number
  status: string
  changes: { id: string; kind: string; status: string; href: string }[]
  coveredBy?: { declarationId: string; filingId: string; status: string }[]
  needsAction: {
    agency: string
    procedure: string
    filingId: string
    by: string
    what: { en: string; zh: string }
    until?: string
    href?: string
    needs?: { pointer: string }[]
  }[]
  filings: {
    id: string
    agency: string
    procedure: string
    status: string
    occasion: string
    version: number
    changes?: string
    covers?: string[]
    deadlines?: { id: string; dueAt: string; state: string }[]
    attempt: number
    holds: string[]
    unknown: boolean
    references: { scheme: string; value: string }[]
    lastReceipt?: { code: string; text: string; status: string }
    receipts: {
      code: string
      status: string
      attempt: number
      text: string
      agencyTime?: string
      details?: Record<string, unknown>
    }[]
    needs?: { pointer: string }[]
    waitsFor?: { agency: string; procedure: string; status: string }[]
    gates?: { kind: string; id: string; because: { en: string; zh: string } }[]
    waitsForChange?: string
    coveredBy?: string
    blockedBy?: { agency: string; procedure: string }[]
    trouble?: { en: string }
    delivery?: { tries: number; nextAttemptAt?: string; error?: string }
    etag: string
  }[]
  plan: { agency: string; procedure: string; files: boolean; because: { en: string; zh: string } }[]
  offers?: { agency: string; procedure: string; several: boolean }[]
  times: {
    releasedAt?: string
    overallHours?: number
    filings: { agency: string; hours?: number; steps: { step: string; hours?: number; to?: string }[] }[]
  }
  costs?: {
    estimates: { agency: string; total: string; notes: { en: string }[] }[]
    said: { kind: string; amount: string; currency: string }[]
    totals: { currency: string; due: string; paid: string; refunded: string }[]
  }
  timeline?: { type: string; subject?: string; data: Record<string, unknown> }[]
}
export type SeenFiling = Seen['filings'][number]

export const filingOf = (seen: Seen, agency: string, procedure?: string): SeenFiling => {
  const found = seen.filings.find(
    (filing) => filing.agency === agency && (procedure === undefined || filing.procedure === procedure),
  )
  if (found === undefined) throw new Error(`No filing with ${agency}/${procedure ?? '*'}`)
  return found
}

/** The answer to a declaration that was handed in. */
export interface Accepted {
  id: string
  functionalReferenceId: string
  status: string
  plan: Seen['plan']
  filings: { id: string; agency: string; procedure: string; status: string; needs?: { pointer: string }[] }[]
  errors?: { pointer: string; code: string; agency?: string; detail: string; detailZh: string }[]
  warnings?: { pointer: string; code: string }[]
  code?: string
}

/** What a failed wait shows of a declaration. */
export const describeSeen = (seen: Seen) =>
  JSON.stringify(
    seen.filings?.map(({ agency, procedure, status, holds, lastReceipt, needs, waitsFor, trouble }) => ({
      agency,
      procedure,
      status,
      holds,
      lastReceipt,
      needs,
      waitsFor,
      trouble,
    })) ?? seen,
    null,
    1,
  )
