import type { Declaration } from '../../schemas/declaration/index.ts'
import type { PortFees } from '../../schemas/fees/quote.ts'
import { portFeesOf } from '../fees/estimate.ts'
import { shown } from '../problem.ts'
import type { Services } from '../services.ts'
import { prepareAll } from './compose.ts'
import { examine, type HandedIn } from './examine.ts'
import { describePending } from './summarize.ts'

type Trying = Pick<Services, 'adapters' | 'catalogues' | 'certificates' | 'now'>

/** A dry run 预演: the plan and everything anybody would refuse. Keeps nothing. */
export async function tryOut({ adapters, catalogues, certificates, now }: Trying, handedIn: HandedIn, tenant: string) {
  const { declaration, plan, issues } = examine(adapters, handedIn.candidate, tenant)
  const found = [...handedIn.issues, ...issues]
  const at = now()
  const prepared =
    declaration && plan && found.length === 0
      ? prepareAll(adapters, declaration, plan, at, () => 1, certificates.networkAt(at))
      : undefined
  const filings = prepared?.map(({ agency, procedure, status, pending }) => ({
    agency,
    procedure,
    status,
    ...describePending(pending),
  }))
  const uses = prepared?.flatMap((filing) => filing.uses) ?? []
  const verified = uses.length > 0 ? await certificates.verify(uses, at, false) : undefined
  const errors = [...found, ...(verified?.issues ?? [])]
  const portFees = declaration && errors.length === 0 ? await estimatePortFees({ catalogues }, declaration) : undefined
  return {
    acceptable: errors.length === 0,
    ...(plan ? { plan } : {}),
    ...(filings ? { filings } : {}),
    ...shown(errors),
    warnings: [...handedIn.warnings, ...(verified?.warnings ?? [])],
    ...(portFees ? { portFees } : {}),
  }
}

/** What a declaration comes to in port fees by today's list; undefined where none holds, or the port is none of it. */
export async function estimatePortFees(
  { catalogues }: Pick<Services, 'catalogues'>,
  declaration: Declaration,
): Promise<PortFees | undefined> {
  const day = catalogues.today()
  const catalogue = await catalogues.on(day)
  return catalogue && portFeesOf(declaration, catalogue, day)
}
