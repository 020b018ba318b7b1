/** What the journal notes 日志记录, how it lies there, and what it shows. */
import type { Miss } from './direction.ts'

export const journalKinds = [
  'exchange',
  'document',
  'effect',
  'defect',
  'unmatched',
  'script',
  'fault',
  'dropped',
] as const
export type JournalKind = (typeof journalKinds)[number]

/** A body as it came; bytes are kept as UTF-8 text. */
export type Body = string | Uint8Array

interface About {
  readonly agency: string
  readonly references: readonly string[]
}

export interface ExchangeNote<Text = Body> extends About {
  readonly kind: 'exchange'
  /** In: a customer asked the agency. Out: the agency pushed a document to the customer. */
  readonly direction: 'in' | 'out'
  readonly method: string
  readonly path: string
  readonly body: Text
  /** Absent when nobody answered. */
  readonly status?: number
  readonly answer?: Text
  /** Why there is no status. */
  readonly error?: string
  /** The fault that spoilt it. */
  readonly fault?: string
  /** Who directed it: `header`, or `script <name> / <step>`. */
  readonly by?: string
  /** Looked into a mailbox that had nothing new. */
  readonly idle?: boolean
}

export interface DocumentNote<Text = Body> extends About {
  readonly kind: 'document'
  /** The id of the message: `webhook-id` where it is pushed. */
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly body: Text
}

export interface EffectNote extends About {
  readonly kind: 'effect'
  readonly what: string
}

/** The simulator, or a mock, did what it must not: an exception in what was due, a replay that came out otherwise. */
export interface DefectNote extends About {
  readonly kind: 'defect'
  readonly what: string
}

/** A request that no scenario and no route matched, or that asked for what nobody knows. */
export interface UnmatchedNote<Text = Body> extends About {
  readonly kind: 'unmatched'
  readonly what: string
  /** The steps it almost matched, the closest first. */
  readonly closest: readonly Miss[]
  /** Absent where the exchange has an entry of its own. */
  readonly method?: string
  readonly path?: string
  readonly body?: Text
  readonly status?: number
  readonly answer?: Text
}

/** A script went on to another state, or was stopped. */
export interface ScriptNote extends About {
  readonly kind: 'script'
  readonly script: string
  readonly step?: string
  readonly state?: string
  /** Why it was stopped. */
  readonly stopped?: string
}

/** A fault was ordered or cleared, or spoilt something that is no exchange. */
export interface FaultNote extends About {
  readonly kind: 'fault'
  readonly fault: string
  readonly what: string
}

export type Note = ExchangeNote | DocumentNote | EffectNote | DefectNote | UnmatchedNote | ScriptNote | FaultNote

/** Stands for what is no longer here, at the head of every page that would have shown it. */
export interface DroppedMark extends About {
  readonly kind: 'dropped'
  /** The first that is gone; the last is the mark's own sequence. */
  readonly from: number
  readonly count: number
  readonly what: string
}

type Shown = ExchangeNote<string> | DocumentNote<string> | Exclude<Note, ExchangeNote | DocumentNote> | DroppedMark

export type Entry = Shown & {
  /** Starts at 1 and never repeats. */
  readonly sequence: number
  readonly simulatedAt: string
  readonly realAt: string
  /** How often in a row the same empty mailbox was looked into, when more than once; the times are the last one's. */
  readonly repeated?: number
}

/** What of a note is text, whatever its kind. */
export interface Texts {
  readonly references: readonly string[]
  readonly path?: string
  readonly body?: Body
  readonly answer?: Body
  readonly error?: string
  readonly name?: string
  readonly what?: string
  readonly stopped?: string
  readonly closest?: readonly Miss[]
}

/** A note that the journal has kept. */
export interface Kept {
  readonly note: Note
  readonly sequence: number
  readonly simulatedAt: number
  readonly realAt: number
  /** How many exchanges it stands for. */
  readonly repeated: number
  /** Whether some of its text was cut: a search may miss what stood there. */
  readonly cut: boolean
}

/** A note as a text; its bytes become text. */
export function pack(note: Note): string {
  const { body, answer }: Texts = note
  if (!(body instanceof Uint8Array) && !(answer instanceof Uint8Array)) return JSON.stringify(note)
  const texts: { body?: string; answer?: string } = {}
  if (body !== undefined) texts.body = textOf(body)
  if (answer !== undefined) texts.answer = textOf(answer)
  return JSON.stringify({ ...note, ...texts })
}

export function textOf(body: Body): string {
  if (typeof body === 'string') return body
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
}

/** An entry without what was said in it. */
export function showBriefly({ note, ...kept }: Kept): Entry {
  const { body: _, answer: __, ...brief }: Texts & Note = note
  return show({ ...kept, note: brief as Note })
}

/** An entry as people and programs read it. */
export function show({ note, sequence, simulatedAt, realAt, repeated }: Kept): Entry {
  const { body, answer }: Texts = note
  return {
    ...note,
    ...(body === undefined ? {} : { body: textOf(body) }),
    ...(answer === undefined ? {} : { answer: textOf(answer) }),
    sequence,
    simulatedAt: new Date(simulatedAt).toISOString(),
    realAt: new Date(realAt).toISOString(),
    ...(repeated > 1 ? { repeated } : {}),
  } as Entry
}
