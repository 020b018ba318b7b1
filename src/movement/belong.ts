import { limits } from '../limits.ts'
import { type Handle, isBox, isPaper, type Window } from './handles.ts'

/** A declaration whose goods are followed. */
export interface Tracked extends Window {
  readonly declarationId: string
  readonly handles: ReadonlySet<Handle>
}
/** An event with its names. */
export interface Named {
  readonly id: number
  readonly at: number
  readonly handles: readonly Handle[]
}
export type Why = 'document' | 'conveyance' | 'equipment'
export interface Belonging {
  readonly declarationId: string
  readonly by: Why
}

/**
 * Which declarations an event belongs to 归集, of those that share a name with it.
 *
 * - An event of one container is never another container's, whatever else it names.
 * - Who names the paper, or the ship with its voyage, says it outright: within a time in which such a name is not given twice.
 * - A container alone is used again and again: of its journeys the nearest one counts, together with those that run at the same time (one
 *   container, several firms' goods); and a journey ends where the container was emptied, so that what comes after belongs to the next.
 * @param closings when its container was emptied or given back empty, in any order
 */
export function belongingsOf(event: Named, tracked: readonly Tracked[], closings: readonly number[]): Belonging[] {
  const box = event.handles.find(isBox)
  const carries = (one: Tracked) => box === undefined || one.handles.has(box) || !hasBox(one)
  const shares = (one: Tracked, kind: (name: Handle) => boolean) =>
    event.handles.some((name) => kind(name) && one.handles.has(name))
  const outright = tracked.flatMap((one): { one: Tracked; by: Why }[] => {
    if (!carries(one)) return []
    const away = distance(event.at, one)
    if (shares(one, isPaper) && away <= limits.paperNamedOnceMs) return [{ one, by: 'document' }]
    const conveyed = shares(one, (name) => !isBox(name) && !isPaper(name))
    return conveyed && away <= limits.conveyanceNamedOnceMs ? [{ one, by: 'conveyance' }] : []
  })
  // Beside a container without a paper, a ship's voyage tells the journey; a declaration that names no container goes with the ship.
  const sure =
    box === undefined ? outright : outright.filter(({ one, by }) => by === 'document' || one.handles.has(box))
  if (box === undefined) return sure.map(belonging)
  const possible = tracked.filter(
    (one) =>
      one.handles.has(box) &&
      distance(event.at, one) <= limits.journeyMarginMs &&
      !isClosedOff(event.at, one, closings),
  )
  const nearest = sure.find(({ one }) => one.handles.has(box))?.one ?? least(possible, (one) => distance(event.at, one))
  const together = nearest === undefined ? [] : possible.filter((one) => overlap(one, nearest))
  const by = new Map<string, Why>(together.map(({ declarationId }) => [declarationId, 'equipment']))
  for (const { one, by: why } of sure) by.set(one.declarationId, why)
  return [...by].map(([declarationId, why]) => ({ declarationId, by: why }))
}

const belonging = ({ one, by }: { one: Tracked; by: Why }): Belonging => ({ declarationId: one.declarationId, by })
const hasBox = ({ handles }: Tracked) => [...handles].some(isBox)
const overlap = (one: Window, other: Window) => one.startsAt <= other.endsAt && other.startsAt <= one.endsAt

/** How far an instant lies outside a journey. */
const distance = (at: number, { startsAt, endsAt }: Window) => Math.max(startsAt - at, at - endsAt, 0)

function least<T>(all: readonly T[], of: (one: T) => number): T | undefined {
  return all.reduce<T | undefined>((best, one) => (best === undefined || of(one) < of(best) ? one : best), undefined)
}

/** Whether the container was emptied between the middle of a journey and an event: then the event is another journey's. */
function isClosedOff(at: number, { startsAt, endsAt }: Window, closings: readonly number[]): boolean {
  const middle = (startsAt + endsAt) / 2
  return closings.some((closed) => (closed < middle ? at <= closed : at > closed))
}
