import type { Note, NoteReply } from '../cooperation.ts'
import type { Course } from './processing.ts'

/** A declaration as far as other offices' requests concern it. */
interface Held {
  readonly clientSeqNo: string
  readonly seqNo: string
  readonly course: Course | undefined
}

/** When and where, as the appointment says. */
function whenAndWhere(appointment: unknown): string {
  const { at = '', place = '' } = (appointment ?? {}) as { at?: unknown; place?: unknown }
  return `${String(at)}，${String(place)}`
}

/** What other offices of the port ask of this one 协作单位请求, as the window's notes tell. */
export function openCooperation(all: () => Iterable<Held>) {
  /** Holds on declarations that are not here yet, by the sender's own reference. */
  const expected = new Map<string, Set<string>>()
  /** Factors other offices' judgement of a firm puts on how often its goods are looked at, by cause. */
  const factors = new Map<string, Map<string, number>>()

  const namedIn = ({ about: { filings = [], traderReference } }: Note): Held[] => {
    const names = new Set(filings.flatMap(({ references }) => references.map(({ value }) => value)))
    return [...all()].filter(({ seqNo, clientSeqNo }) => names.has(seqNo) || clientSeqNo === traderReference)
  }

  function assist(note: Note): NoteReply | undefined {
    const { act, id, ends } = note.body
    const held = namedIn(note)
    if (act === 'hold') {
      const { traderReference } = note.about
      if (held.length === 0 && traderReference !== undefined)
        expected.set(traderReference, (expected.get(traderReference) ?? new Set()).add(String(id)))
      for (const { course } of held) course?.standstill.hold(String(id))
      return { outcome: 'done', text: held.length > 0 ? '已挂起' : '收到报关单后即予挂起' }
    }
    if (act === 'release' || act === 'cancel') {
      for (const { course } of held) course?.standstill.unhold(String(ends))
      for (const holds of expected.values()) holds.delete(String(ends))
      return { outcome: 'done' }
    }
    if (act === 'verify')
      return held.length > 0
        ? { outcome: 'done', text: '申报数据与报关单一致' }
        : { outcome: 'declined', text: '查无此单' }
    if (
      act === 'inspect-together' ||
      (act === 'answer' && note.body.answers === 'inspect-together' && note.body.outcome === 'done')
    ) {
      const words = `查验通知：联合查验，${whenAndWhere(note.body.appointment)}`
      const bound = held.filter(({ course }) => course?.standstill.inspectTogether(String(id), words) === true)
      return bound.length > 0 ? { outcome: 'done', text: '同意联合查验' } : { outcome: 'declined', text: '货物已放行' }
    }
    if (act === 'result')
      for (const { course } of held) course?.standstill.conclude(String(id), note.body.result === 'passed')
    return undefined
  }

  return {
    take(note: Note): NoteReply | undefined {
      if (note.kind === 'assistance') return assist(note)
      if (note.kind !== 'credit' || note.body.kind !== 'risk' || note.about.firm === undefined) return undefined
      const { firm } = note.about
      const causes = factors.get(firm) ?? new Map<string, number>()
      const cause = JSON.stringify(note.body.cause ?? null)
      if (note.body.state === 'ended') causes.delete(cause)
      else causes.set(cause, Number(note.body.factor))
      factors.set(firm, causes)
      return { outcome: 'done', text: note.body.state === 'ended' ? '已恢复查验比例' : '已提高查验比例' }
    },
    /** Holds that wait for a declaration to come in. */
    holdsOn: (clientSeqNo: string): readonly string[] => [...(expected.get(clientSeqNo) ?? [])],
    /** How many times as often as others a firm is looked at. */
    factorOf: (firm: string): number =>
      [...(factors.get(firm)?.values() ?? [])].reduce((product, factor) => product * factor, 1),
  }
}
