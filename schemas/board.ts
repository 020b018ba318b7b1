import * as z from 'zod'
import { actionAnswer } from './answers.ts'
import { place } from './declaration/consignment.ts'
import { filingStatus, hold, overallStatus } from './status.ts'
import { text } from './text.ts'

const instant = z.iso.datetime({ offset: true })

/** A filing on the board: where it stands, and no more. */
const boardFiling = z.object({
  id: z.string(),
  agency: z.string(),
  agencyName: text,
  procedure: z.string(),
  procedureName: text,
  occasion: z.enum(['plan', 'request', 'change']),
  status: filingStatus,
  statusName: text,
  holds: z.array(hold),
  unknown: z.boolean().describe('the answer to its last submission never came'),
})
export type BoardFiling = z.infer<typeof boardFiling>

/** A declaration on the board 申报总览: where it stands with each agency, and what is to be done. */
export const boardLine = z.object({
  id: z.string(),
  functionalReferenceId: z.string(),
  tenant: z.string().optional().describe('whose it is; to operators, who see all'),
  direction: z.enum(['import', 'export']),
  status: overallStatus,
  statusName: text,
  journey: z
    .object({ from: place, to: place, modes: z.array(z.string()).describe('of its legs, in travel order') })
    .optional(),
  goods: z.object({ name: z.string().describe('of the first item'), items: z.int() }).optional(),
  needsAction: z.array(actionAnswer),
  filings: z.array(boardFiling),
  acceptedAt: instant,
  updatedAt: instant,
  links: z.object({ self: z.string() }),
})
export type BoardLine = z.infer<typeof boardLine>
