import fc from 'fast-check'
import { actionNames } from '../../schemas/waybill.ts'
import { after, mayDo, type Standing, type Step } from '../../src/waybill/chain.ts'
import { moves } from '../../src/waybill/moves.ts'
import { parties } from './document.ts'

export const about = { negotiable: true, carrier: parties.carrier, shipper: parties.shipper }
export const everybody = Object.values(parties)
export const step = fc.record({
  action: fc.constantFrom(...actionNames.filter((action) => action !== 'DRAFT')),
  actor: fc.constantFrom(...everybody),
  recipient: fc.option(fc.constantFrom(...everybody), { nil: undefined }),
})
/** Steps that are likely to be allowed: the way a document goes, with some of anything between. */
export const likely = fc.tuple(fc.nat({ max: 99 }), step)

/** Every step that is allowed, of any sequence; where `pick` says so the step is one that may be done. */
export function walked(
  tried: readonly (readonly [number, Step])[],
  start: Standing,
): { steps: Step[]; standings: Standing[] } {
  const steps: Step[] = [{ action: 'DRAFT', actor: start.carrier, recipient: undefined }]
  const standings = [start]
  for (const [pick, wild] of tried) {
    const standing = standings.at(-1) as Standing
    const allowed = everybody.flatMap((actor) => mayDo(standing, actor).map((action) => ({ action, actor })))
    const chosen = allowed[pick % Math.max(1, allowed.length)]
    const needs =
      chosen !== undefined &&
      moves.some(
        ({ action, holder, only }) =>
          action === chosen.action && holder === 'recipient' && (only === 'negotiable') === standing.negotiable,
      )
    const wanted: Step =
      pick % 4 === 0 || chosen === undefined
        ? wild
        : {
            ...chosen,
            recipient: needs ? everybody.find((one) => one !== chosen.actor && one.length % 3 !== pick % 3) : undefined,
          }
    const next = after(standing, wanted)
    if ('refused' in next) continue
    steps.push(wanted)
    standings.push(next.standing)
  }
  return { steps, standings }
}
export const seed = 20_261_122

/** Nobody is named. */
export const none = { recipient: undefined }
