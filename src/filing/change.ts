import type { Declaration } from '../../schemas/declaration/index.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import type { Plan } from '../../schemas/plan.ts'
import { isRefusal } from '../../schemas/status.ts'
import { type Case, type Filing, isHeld, isUnsent, type OpenChange } from './case.ts'
import { entryOf } from './enlist.ts'
import type { Adapters } from './plan.ts'
import { type Documents, particularsIn, saysTheSame } from './submission.ts'

/** A filing that a change concerns, and the procedure that brings the change to its agency. */
export interface Affected {
  readonly filing: Filing
  readonly kind: OpenChange['kind']
  readonly procedure: string
}

/** What a change comes to: whom it concerns and how. */
export interface Reach {
  readonly affected: readonly Affected[]
  readonly unaffected: readonly {
    readonly filing: Filing
    readonly because: { readonly en: string; readonly zh: string }
  }[]
  /** Filings an agency takes no such change of. */
  readonly issues: readonly Issue[]
}

/** The procedure by which an agency takes an amendment or a cancellation of a filing. */
export function changerOf(
  adapters: Adapters,
  { agency, procedure }: Pick<Filing, 'agency' | 'procedure'>,
  kind: OpenChange['kind'],
): string | undefined {
  const changes = kind === 'amendment' ? 'amends' : 'cancels'
  return Object.entries(adapters[agency]?.procedures ?? {}).find(([, its]) => its[changes]?.includes(procedure))?.[0]
}

const kept = {
  unsent: { en: 'Not sent yet: it will be made from the new version', zh: '尚未发送，将按新版本生成' },
  ended: { en: 'Over: a further attempt will be made from the new version', zh: '已终结，将按新版本重新申报' },
  done: { en: 'Not sent, and no longer to be', zh: '尚未发送，不再办理' },
  same: { en: 'Its agency would get the same bytes', zh: '该机构的报文内容不变' },
  over: { en: 'Over already', zh: '已终结' },
}

/**
 * Which filings an amendment concerns: those whose agency would get other bytes, and those no longer needed (cancelled).
 * What is not sent yet needs no word to anybody.
 */
export function reachOfAmendment(
  adapters: Adapters,
  at: Case,
  documents: Documents,
  { declaration, plan }: { declaration: Declaration; plan: Plan },
): Reach {
  const reach = collect(adapters)
  for (const filing of standing(at)) {
    if (isUnsent(filing)) reach.leave(filing, kept.unsent)
    else if (!isHeld(filing)) reach.leave(filing, kept.ended)
    else if (filing.occasion === 'plan' && entryOf(plan, filing) === undefined) reach.concern(filing, 'cancellation')
    else if (isSame(adapters, at, documents, filing, declaration)) reach.leave(filing, kept.same)
    else reach.concern(filing, 'amendment')
  }
  return reach
}

/** Which filings a cancellation concerns: every one an agency holds. */
export function reachOfCancellation(adapters: Adapters, at: Case): Reach {
  const reach = collect(adapters)
  for (const filing of standing(at))
    if (isUnsent(filing)) reach.leave(filing, kept.done)
    else if (isHeld(filing)) reach.concern(filing, 'cancellation')
    else reach.leave(filing, kept.over)
  return reach
}

/** The filings there is something to change about: all but changes. */
const standing = (at: Case) => at.filings.filter(({ occasion }) => occasion !== 'change')

function isSame(adapters: Adapters, at: Case, documents: Documents, filing: Filing, after: Declaration): boolean {
  const before = documents.version(filing.version)
  const is = { declaration: before, particulars: filing.particulars }
  const willBe = { declaration: after, particulars: particularsIn(after, before, filing) }
  return saysTheSame(adapters, at, filing, documents, is, willBe)
}

function collect(adapters: Adapters) {
  const affected: Affected[] = []
  const unaffected: Reach['unaffected'][number][] = []
  const issues: Issue[] = []
  return {
    affected,
    unaffected,
    issues,
    leave: (filing: Filing, because: { en: string; zh: string }) => unaffected.push({ filing, because }),
    concern(filing: Filing, kind: OpenChange['kind']) {
      const procedure = changerOf(adapters, filing, kind)
      if (procedure !== undefined) affected.push({ filing, kind, procedure })
      else issues.push(notTaken(adapters, filing, kind))
    },
  }
}

const notTaken = (adapters: Adapters, { agency, procedure }: Filing, kind: OpenChange['kind']) =>
  issue(
    `/particulars/${agency}/${procedure}`,
    'change-impossible',
    {
      en: `${adapters[agency]?.name.en ?? agency} takes no ${kind} of this`,
      zh: `${adapters[agency]?.name.zh ?? agency}不受理该项${kind === 'amendment' ? '修改' : '撤销'}`,
    },
    agency,
  )

/** A change filing that its agency has granted. */
export const isGranted = ({ status }: Filing): boolean => status === 'approved' || status === 'closed'

/** A change filing nobody has to answer any more. */
export const isEnded = (filing: Filing): boolean => isGranted(filing) || isRefusal(filing.status)
