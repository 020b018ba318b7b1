import { rankOf } from '../../schemas/status.ts'
import { keepCandidates } from '../db/draw-lots.ts'
import type { Changes } from '../filing/case.ts'
import type { Follower } from '../filing/follower.ts'
import { findAdapter } from '../filing/plan.ts'

/**
 * Declarations enter the draw 抽签入列 when the agency registers them, in the transaction in which we learn of it. They are only noted here: what is drawn
 * by lot holds up nobody's receipts.
 */
export const enterDraws: Follower = {
  id: 'draw',
  async follow({ client, adapters, now }, changes) {
    const registered = [...changes.filings].filter(
      (filing) =>
        findAdapter(adapters, filing.agency)?.draw?.procedures.includes(filing.procedure) &&
        becameRegistered(changes, filing.id),
    )
    await keepCandidates(client, registered, now)
  },
}

/** Whether a filing was not yet registered before this step, and is now; a refusal is no registration. */
function becameRegistered({ happenings }: Changes, filingId: string): boolean {
  const moved = happenings.filter(({ type, filingId: of }) => type === 'filing.status' && of === filingId)
  const before = moved[0]?.data['before'] as Parameters<typeof rankOf>[0] | undefined
  return (
    before !== undefined &&
    rankOf(before) < rankOf('registered') &&
    moved.some(({ data }) => {
      const rank = rankOf(data['status'] as Parameters<typeof rankOf>[0])
      return rank >= rankOf('registered') && rank < rankOf('refused')
    })
  )
}
