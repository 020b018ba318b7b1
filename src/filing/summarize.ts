import type { Condition } from '../../adapters/adapter.ts'
import type { Issue } from '../../schemas/issue.ts'
import {
  type FilingStatus,
  type Hold,
  holds as holdTable,
  type OverallStatus,
  rankOf,
  statuses,
} from '../../schemas/status.ts'
import type { Text } from '../../schemas/text.ts'
import { limits } from '../limits.ts'
import type { Folded } from './fold.ts'
import type { Pending } from './prepare.ts'

/** What somebody has to do, in plain words: what, by whom, until when. */
export interface Action {
  readonly agency: string
  readonly procedure: string
  readonly filingId: string
  readonly what: Text
  readonly by: 'trader' | 'agency' | 'operator'
  readonly until?: string
  /** Where it is done. */
  readonly href?: string
  readonly needs?: readonly Issue[]
}

export interface Standing {
  readonly status: FilingStatus
  readonly holds: readonly Hold[]
  /** What the declaration is not released without: filings that let goods and conveyances pass. */
  readonly releasing?: boolean
  /** Nothing more will be said of it, though it is not closed. */
  readonly done?: boolean
  /** It waits for what its trader had cancelled. */
  readonly stranded?: boolean
}

/**
 * Overall status, from the filings alone. Released: every filing without anything to wait for but the goods' own release is
 * granted, i.e. those that are not merely sequels of it.
 */
export function overallStatusOf(filings: readonly Standing[]): OverallStatus {
  if (filings.some(needsTrader)) return 'action-needed'
  const live = filings.filter(({ status }) => status !== 'withdrawn')
  if (live.length === 0) return 'cancelled'
  if (live.every(({ status, done }) => done === true || rankOf(status) >= rankOf('closed'))) return 'completed'
  const releasing = live.filter(({ releasing }) => releasing)
  if (releasing.length > 0 && releasing.every(({ status }) => rankOf(status) >= rankOf('approved'))) return 'released'
  return 'in-progress'
}

const needsTrader = ({ status, holds, stranded }: Standing) =>
  stranded === true ||
  status === 'refused' ||
  status === 'awaiting-particulars' ||
  holds.some((hold) => holdTable[hold].by === 'trader')

/** Why a filing is not on its way, as a caller reads it. */
export function describePending(pending: Pending | undefined): {
  needs?: readonly Issue[]
  waitsFor?: readonly Condition[]
  blockedBy?: readonly Condition[]
  trouble?: Text
} {
  return pending ?? {}
}

export interface Summarized {
  readonly id: string
  readonly agency: string
  readonly agencyName: Text
  readonly procedure: string
  readonly procedureName: Text
  readonly attempt: number
  readonly status: FilingStatus
  readonly holds: readonly Hold[]
  readonly pending: Pending | undefined
  readonly occasion: 'plan' | 'request' | 'change'
  readonly unknown: boolean
  readonly stranded: boolean
  readonly folded: Folded
  readonly delivery:
    | { readonly tries: number; readonly dueAt: Date; readonly error: string | undefined; readonly exhausted: boolean }
    | undefined
}

/** What is to be done about a filing, by whom and until when; none when it goes its way. */
export function actionsOf(declarationId: string, filing: Summarized): Action[] {
  const { id: filingId, agency, procedure, agencyName: name } = filing
  const about = { agency, procedure, filingId }
  const self = `/v1/declarations/${declarationId}`
  const said = filing.folded.last?.receipt
  const actions: Action[] = []
  if (filing.folded.contradiction)
    actions.push({
      ...about,
      by: 'operator',
      what: {
        en: `${name.en} both granted and refused it: ask the agency`,
        zh: `${name.zh}先后作出放行与退单，请与机构核实`,
      },
    })
  if (filing.status === 'refused')
    actions.push({
      ...about,
      by: 'trader',
      href: self,
      what:
        filing.occasion === 'request'
          ? {
              en: `${name.en} refused: “${said?.text ?? ''}”. Bring it corrected (PUT particulars), or drop it (DELETE)`,
              zh: `${name.zh}退回：“${said?.text ?? ''}”。请更正补充数据后重报（PUT），或放弃该事项（DELETE）`,
            }
          : {
              en: `${name.en} refused: “${said?.text ?? ''}”. Correct the declaration and hand it in again (PUT)`,
              zh: `${name.zh}退回：“${said?.text ?? ''}”。请修改后重新提交（PUT）`,
            },
    })
  if (filing.stranded)
    actions.push({
      ...about,
      by: 'trader',
      href: self,
      what: {
        en: `${name.en} (${filing.procedureName.en}) waits for what was cancelled. Hand the declaration in again if it is still needed (PUT), or cancel what is left`,
        zh: `${name.zh}（${filing.procedureName.zh}）所依赖的事项已撤销。如仍需办理请重新提交（PUT），否则请撤销其余事项`,
      },
    })
  if (filing.status === 'withdrawn' && said !== undefined && filing.pending?.dropped !== true)
    actions.push({
      ...about,
      by: 'trader',
      href: self,
      what: {
        en: `${name.en} ended it: “${said.text}”. Hand it in again if it is still needed (PUT)`,
        zh: `${name.zh}已终止：“${said.text}”。如仍需办理请重新提交（PUT）`,
      },
    })
  if (filing.status === 'awaiting-particulars') actions.push({ ...about, ...needsAction(self, filing) })
  for (const hold of filing.holds) actions.push(holdAction(about, name, hold, filing))
  if (filing.pending?.trouble !== undefined) actions.push({ ...about, by: 'operator', what: filing.pending.trouble })
  if (filing.status === 'reversed')
    actions.push({
      ...about,
      by: 'trader',
      what: { en: `${name.en} undid it: “${said?.text ?? ''}”`, zh: `${name.zh}已冲回：“${said?.text ?? ''}”` },
    })
  const { delivery } = filing
  if (delivery !== undefined && (delivery.exhausted || delivery.tries >= limits.deliveryTriesShown))
    actions.push({
      ...about,
      by: 'operator',
      what: {
        en: `${name.en} could not be reached ${delivery.tries} times: ${delivery.error ?? ''}`,
        zh: `${delivery.tries}次无法送达${name.zh}：${delivery.error ?? ''}`,
      },
      ...(delivery.exhausted ? {} : { until: delivery.dueAt.toISOString() }),
    })
  return actions
}

/** What is missing can be brought with the particulars, unless the declaration itself lacks it: then both come with the declaration. */
function needsAction(self: string, filing: Summarized): Omit<Action, 'agency' | 'procedure' | 'filingId'> {
  const { agencyName: name, procedureName, pending } = filing
  const needs = pending?.needs ?? []
  const ofDeclaration = needs.some(({ pointer }) => !pointer.startsWith('/particulars/'))
  const [what, zh] = ofDeclaration
    ? ['complete the declaration', '请补全申报单']
    : ['bring the particulars', '请补充数据']
  return {
    by: 'trader',
    href: ofDeclaration ? self : `${self}/filings/${filing.id}/particulars`,
    needs,
    what: {
      en: `${name.en} (${procedureName.en}) waits for ${needs.length} ${needs.length === 1 ? 'thing' : 'things'}: ${what} (PUT)`,
      zh: `${name.zh}（${procedureName.zh}）缺少${needs.length}项，${zh}（PUT）`,
    },
  }
}

function holdAction(
  about: Pick<Action, 'agency' | 'procedure' | 'filingId'>,
  name: Text,
  hold: Hold,
  filing: Summarized,
): Action {
  const { by, en, zh } = holdTable[hold]
  const said = filing.folded.heldBy.get(hold)?.receipt
  const until = said?.details?.['until']
  return {
    ...about,
    by,
    what: {
      en: `${name.en}: ${en}${said ? ` (“${said.text}”)` : ''}`,
      zh: `${name.zh}：${zh}${said ? `（“${said.text}”）` : ''}`,
    },
    ...(typeof until === 'string' ? { until } : {}),
  }
}

/** A status with its name in both languages. */
export const named = (status: FilingStatus) => ({
  status,
  statusName: { en: statuses[status].en, zh: statuses[status].zh },
})
