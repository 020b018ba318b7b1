/** How much of a note the journal keeps 截断: a hostile request must not fill the memory by being noted. */
import { type Body, type Note, type Texts, textOf } from './journal-notes.ts'
import { limits } from './limits.ts'

const longest = limits.journalBodyCharacters

/** Whether a note can stay as it is; nearly all can. */
export function fits(note: Texts): boolean {
  if (note.references.length > limits.journalReferences) return false
  for (const reference of note.references) if (reference.length > longest) return false
  return (
    isShort(note.path) &&
    isShort(note.body) &&
    isShort(note.answer) &&
    isShort(note.what) &&
    isShort(note.error) &&
    isShort(note.stopped)
  )
}

const isShort = (text: Body | undefined): boolean => text === undefined || text.length <= longest

/** The note with its long texts cut and marked. */
export function shorten(note: Note): Note {
  const texts: Texts = note
  const short: { -readonly [field in keyof Texts]?: string } = {}
  for (const field of ['path', 'body', 'answer', 'what', 'error', 'stopped'] as const) {
    const text = texts[field]
    if (text !== undefined) short[field] = cutText(textOf(text))
  }
  const references = note.references.slice(0, limits.journalReferences).map(cutText)
  return { ...note, ...short, references } as Note
}

/** Whether text is missing from what was shortened: what was cut is longer than the longest, by its mark. */
export function isCut({ path, body, answer, what, error, stopped }: Texts): boolean {
  return [path, body, answer, what, error, stopped].some((text) => text !== undefined && text.length > longest)
}

function cutText(text: string): string {
  if (text.length <= longest) return text
  return `${text.slice(0, longest).toWellFormed()}… [cut: ${text.length} characters in all]`
}
