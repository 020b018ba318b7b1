import type { Note, NoteReply } from '../cooperation.ts'
import type { Out } from './write.ts'

/** An inspection together with another office 联合查验: one opening of the box for both. */
export interface Joint {
  readonly id: string
  /** What our receipts say of it. */
  readonly opening: Out
  result?: 'passed' | 'failed'
}

/** What the office can do about one of its filings when another office asks. */
interface Counter {
  /** @returns whether it may still be looked at */
  bind(ourReference: string, joint: Joint): boolean
  conclude(ourReference: string, id: string, result: 'passed' | 'failed'): void
  knows(ourReference: string): boolean
  hold(ourReference: string, id: string): void
  unhold(ourReference: string, id: string): void
}

/** What this office does with the window's notes. */
export const cooperating =
  (counter: Counter) =>
  (note: Note): NoteReply | undefined => {
    if (note.kind !== 'assistance') return undefined
    const mine = (note.about.filings ?? []).map(({ reference }) => reference).filter((one) => counter.knows(one))
    const named = (note.about.filings ?? []).map(({ reference }) => reference)
    const { act, id, ends, appointment, result } = note.body
    if (act === 'hold') {
      // Also what has not come in yet: it is held when it does.
      for (const one of named) counter.hold(one, String(id))
      return { outcome: 'done', text: '暂缓办理' }
    }
    if (act === 'release' || act === 'cancel') {
      for (const one of named) counter.unhold(one, String(ends))
      return { outcome: 'done' }
    }
    if (act === 'verify')
      return mine.length > 0 ? { outcome: 'done', text: '与申报相符' } : { outcome: 'declined', text: '无此申报' }
    if (act === 'inspect-together') {
      const opening = openingOf(appointment)
      const bound =
        opening !== undefined && mine.filter((one) => counter.bind(one, { id: String(id), opening })).length > 0
      return bound ? { outcome: 'done', text: '同意联合开箱' } : { outcome: 'declined', text: '已无可开箱查验的申报' }
    }
    if (act === 'result')
      for (const one of mine) counter.conclude(one, String(id), result === 'passed' ? 'passed' : 'failed')
    return undefined
  }

function openingOf(appointment: unknown): Out | undefined {
  if (typeof appointment !== 'object' || appointment === null) return undefined
  const { at, place, containers } = appointment as { at?: unknown; place?: unknown; containers?: unknown }
  if (typeof at !== 'string' || !Array.isArray(containers)) return undefined
  return {
    ContainerNumber: containers.map(String),
    Officer: 'LHCY',
    At: new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
    Place: String(place),
  }
}
