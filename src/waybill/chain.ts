import type { Text } from '../../schemas/text.ts'
import type { WaybillAction, WaybillStatus } from '../../schemas/waybill.ts'
import { beginning, digestOf } from '../audit/hash.ts'
import { type Actor, type Move, moves, type Title } from './moves.ts'

/** A single document as its chain makes it 单证状态. */
export interface Standing {
  readonly status: WaybillStatus
  /** The one firm that holds it; before it is issued, and once it is given back or voided, its carrier. */
  readonly holder: string
  readonly title: Title
  /** Who gave it back, while the carrier has it for that. */
  readonly surrenderer: string | undefined
  readonly version: number
  readonly delivered: boolean
  readonly negotiable: boolean
  readonly carrier: string
  readonly shipper: string
}

/** What somebody wants to do. */
export interface Step {
  readonly action: WaybillAction
  readonly actor: string
  readonly recipient: string | undefined
}

/** How a document stands when it is drawn up. */
export const drawnUp = (about: Pick<Standing, 'negotiable' | 'carrier' | 'shipper'>): Standing => ({
  ...about,
  status: 'DRAFT',
  holder: about.carrier,
  title: 'order',
  surrenderer: undefined,
  version: 1,
  delivered: false,
})

/** How it stands after a step, or why the step is refused. */
export function after(before: Standing, step: Step): { readonly standing: Standing } | { readonly refused: Text } {
  if (before.delivered)
    return { refused: { en: 'The goods were delivered: nothing comes after', zh: '货物已交付，不可再办理' } }
  const ofAction = moves.filter(({ action }) => action === step.action)
  const fitting = ofAction.filter(({ only }) => only === undefined || (only === 'negotiable') === before.negotiable)
  if (fitting.length === 0)
    return {
      refused: {
        en: `A document that is no document of title knows no ${step.action}`,
        zh: '非物权凭证不可办理此操作',
      },
    }
  const move = fitting.find(({ from }) => from.includes(before.status))
  if (move === undefined)
    return { refused: { en: `Not while it is ${before.status}`, zh: `单证状态为 ${before.status} 时不可办理` } }
  const wrong = wrongWith(move, before, step)
  return wrong === undefined ? { standing: moved(move, before, step) } : { refused: wrong }
}

const isActor: Readonly<Record<Actor, (standing: Standing) => string>> = {
  carrier: ({ carrier }) => carrier,
  shipper: ({ shipper }) => shipper,
  holder: ({ holder }) => holder,
}
const only: Readonly<Record<Actor, Text>> = {
  carrier: { en: 'Only its carrier may', zh: '仅签发的承运人可办理' },
  shipper: { en: 'Only its shipper may', zh: '仅托运人可办理' },
  holder: { en: 'Only its holder may', zh: '仅持有人可办理' },
}

function wrongWith(move: Move, before: Standing, { actor, recipient }: Step): Text | undefined {
  if (isActor[move.by](before) !== actor) return only[move.by]
  if (move.needs !== undefined && !move.needs.includes(before.title)) {
    if (before.title === 'named')
      return { en: 'It was endorsed to its holder alone: it can only be given back', zh: '单证已记名背书，仅可交还' }
    return before.title === 'order'
      ? { en: 'It is not endorsed in blank: endorse it', zh: '未作空白背书，应背书转让' }
      : { en: 'It is endorsed in blank already', zh: '已作空白背书' }
  }
  if ((move.holder === 'recipient') !== (recipient !== undefined))
    return move.holder === 'recipient'
      ? { en: 'Name its recipient', zh: '应填写受让方' }
      : { en: 'This has no recipient', zh: '此操作无受让方' }
  if (move.holder === 'recipient' && move.by === 'holder' && recipient === actor)
    return { en: 'Its holder cannot pass it to itself', zh: '不得转让给自身' }
  return undefined
}

function moved(move: Move, before: Standing, { action, actor, recipient }: Step): Standing {
  const toCarrier = move.holder === 'carrier'
  const holders = { recipient, carrier: before.carrier, surrenderer: before.surrenderer }
  return {
    ...before,
    status: move.to,
    holder: (move.holder === undefined ? undefined : holders[move.holder]) ?? before.holder,
    title: move.title ?? before.title,
    surrenderer: toCarrier ? actor : move.holder === 'surrenderer' ? undefined : before.surrenderer,
    version: action === 'AMEND' ? before.version + 1 : before.version,
    delivered: move.delivers ?? before.delivered,
  }
}

/** What somebody may do with it as it stands. */
export const mayDo = (standing: Standing, actor: string): WaybillAction[] => [
  ...new Set(
    moves.flatMap(({ action, holder }) => {
      const someone = actor === '?' ? '!' : '?'
      const step = { action, actor, recipient: holder === 'recipient' ? someone : undefined }
      return 'standing' in after(standing, step) ? [action] : []
    }),
  ),
]

/** One entry of a chain, as it is kept. */
export interface Entry extends Step {
  readonly entry: number
  readonly version: number
  readonly note: string | undefined
  /** RFC 3339 in UTC, to the millisecond. */
  readonly at: string
  readonly documentSha256: string
  readonly hash: string
}

/** The hash of an entry: ties it to the one before, and that to all before it. */
export const entryHash = (previous: string, number: string, entry: Omit<Entry, 'hash'>): string =>
  digestOf(
    previous,
    number,
    entry.entry,
    entry.version,
    entry.action,
    entry.actor,
    entry.recipient ?? null,
    entry.note ?? null,
    entry.at,
    entry.documentSha256,
  )

/** What stands before the first entry. */
export const beforeFirst = beginning

/** How a document stands after each of its entries. @throws {Error} an entry that no move allows */
export function standingsOf(
  about: Pick<Standing, 'negotiable' | 'carrier' | 'shipper'>,
  entries: readonly Step[],
): Standing[] {
  let standing = drawnUp(about)
  return entries.map((step, at) => {
    if (at === 0) return standing
    const next = after(standing, step)
    if ('refused' in next) throw new Error(`Entry ${at + 1}, ${step.action}: ${next.refused.en}`)
    standing = next.standing
    return standing
  })
}
