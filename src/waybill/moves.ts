import type { WaybillAction, WaybillStatus } from '../../schemas/waybill.ts'

/** Who may do something with a document. */
export type Actor = 'carrier' | 'shipper' | 'holder'
/** How its holder may pass it on: to anybody he endorses it to, to nobody, or by handing it over. */
export type Title = 'order' | 'named' | 'blank'

/** One thing that may be done 流转规则. Whatever no row allows is refused. */
export interface Move {
  readonly action: WaybillAction
  readonly from: readonly WaybillStatus[]
  readonly to: WaybillStatus
  readonly by: Actor
  /** Only with a document of title, or only with one that is none. */
  readonly only?: 'negotiable' | 'not-negotiable'
  /** Who holds it then; absent: who held it. */
  readonly holder?: 'recipient' | 'carrier' | 'surrenderer'
  /** How it may be passed on then; absent: as before. */
  readonly title?: Title
  /** How it must stand endorsed. */
  readonly needs?: readonly Title[]
  /** The goods are given up with it: nothing comes after. */
  readonly delivers?: true
}

const drafted = ['DRAFT', 'APPROVED'] as const
const passable = ['order', 'blank'] as const

/**
 * Every move of a single document, by what DCSA calls its status. The holder is one firm at any time: an endorsement to a firm hands the
 * document to it in the same act, one in blank leaves it with whoever endorsed it, a surrender gives it to the carrier at once.
 * Possession never parts from the right to it: a document that is not endorsed in blank is not handed over without endorsing it.
 */
export const moves: readonly Move[] = [
  { action: 'AMEND', from: drafted, to: 'DRAFT', by: 'carrier' },
  { action: 'AMEND', from: ['ISSUED'], to: 'ISSUED', by: 'carrier', only: 'not-negotiable' },
  {
    action: 'AMEND',
    from: ['SURRENDERED_FOR_AMENDMENT'],
    to: 'ISSUED',
    by: 'carrier',
    only: 'negotiable',
    holder: 'surrenderer',
  },
  { action: 'APPROVE', from: ['DRAFT'], to: 'APPROVED', by: 'shipper' },
  { action: 'ISSUE', from: ['APPROVED'], to: 'ISSUED', by: 'carrier', only: 'not-negotiable' },
  {
    action: 'ISSUE',
    from: ['APPROVED'],
    to: 'ISSUED',
    by: 'carrier',
    only: 'negotiable',
    holder: 'recipient',
    title: 'order',
  },
  {
    action: 'ENDORSE',
    from: ['ISSUED'],
    to: 'ISSUED',
    by: 'holder',
    only: 'negotiable',
    holder: 'recipient',
    needs: passable,
    title: 'named',
  },
  {
    action: 'ENDORSE_TO_ORDER',
    from: ['ISSUED'],
    to: 'ISSUED',
    by: 'holder',
    only: 'negotiable',
    holder: 'recipient',
    needs: passable,
    title: 'order',
  },
  {
    action: 'BLANK_ENDORSE',
    from: ['ISSUED'],
    to: 'ISSUED',
    by: 'holder',
    only: 'negotiable',
    needs: ['order'],
    title: 'blank',
  },
  {
    action: 'TRANSFER',
    from: ['ISSUED'],
    to: 'ISSUED',
    by: 'holder',
    only: 'negotiable',
    holder: 'recipient',
    needs: ['blank'],
  },
  { action: 'SIGN', from: ['ISSUED'], to: 'ISSUED', by: 'holder', only: 'negotiable' },
  {
    action: 'SURRENDER_FOR_AMENDMENT',
    from: ['ISSUED'],
    to: 'PENDING_SURRENDER_FOR_AMENDMENT',
    by: 'holder',
    only: 'negotiable',
    holder: 'carrier',
  },
  {
    action: 'SURRENDER_FOR_DELIVERY',
    from: ['ISSUED'],
    to: 'PENDING_SURRENDER_FOR_DELIVERY',
    by: 'holder',
    only: 'negotiable',
    holder: 'carrier',
  },
  { action: 'SURRENDERED', from: ['PENDING_SURRENDER_FOR_AMENDMENT'], to: 'SURRENDERED_FOR_AMENDMENT', by: 'carrier' },
  { action: 'SURRENDERED', from: ['PENDING_SURRENDER_FOR_DELIVERY'], to: 'SURRENDERED_FOR_DELIVERY', by: 'carrier' },
  {
    action: 'SURRENDER_REJECTED',
    from: ['PENDING_SURRENDER_FOR_AMENDMENT', 'PENDING_SURRENDER_FOR_DELIVERY'],
    to: 'ISSUED',
    by: 'carrier',
    holder: 'surrenderer',
  },
  {
    action: 'DELIVER',
    from: ['SURRENDERED_FOR_DELIVERY'],
    to: 'SURRENDERED_FOR_DELIVERY',
    by: 'carrier',
    delivers: true,
  },
  { action: 'DELIVER', from: ['ISSUED'], to: 'ISSUED', by: 'carrier', only: 'not-negotiable', delivers: true },
  { action: 'VOID', from: [...drafted, 'SURRENDERED_FOR_AMENDMENT'], to: 'VOIDED', by: 'carrier' },
  { action: 'VOID', from: ['ISSUED'], to: 'VOIDED', by: 'carrier', only: 'not-negotiable' },
]
