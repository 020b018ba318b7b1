import type { Note, NoteReply } from '../cooperation.ts'

/** What the office can do about one of its filings when another office asks. */
interface Counter {
  knows(ourReference: string): boolean
  hold(ourReference: string, id: string): void
  unhold(ourReference: string, id: string): void
}

/** What this office does with the window's notes: it guards what it is asked to hold, and officers answer questions at the counter. */
export const cooperating =
  (counter: Counter) =>
  (note: Note): NoteReply | undefined => {
    if (note.kind !== 'assistance') return undefined
    const named = (note.about.filings ?? []).map(({ reference }) => reference)
    const { act, id, ends } = note.body
    if (act === 'hold') {
      // Also what has not come in yet: it is held when it does.
      for (const reference of named) counter.hold(reference, String(id))
      return { outcome: 'done', text: '实施监护' }
    }
    if (act === 'release' || act === 'cancel') {
      for (const reference of named) counter.unhold(reference, String(ends))
      return { outcome: 'done' }
    }
    if (act === 'verify') return { outcome: 'pending', text: '已转值班民警核查' }
    if (act === 'inspect-together') return { outcome: named.some(counter.knows) ? 'done' : 'declined' }
    return undefined
  }
