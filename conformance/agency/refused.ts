/** Documents an agency turns away 拒收样例: read from a folder, each named by the code that must come back. */
import { readdirSync, readFileSync } from 'node:fs'
import type { WireMessage } from '../../adapters/adapter.ts'
import { type AgencyCase, type AgencySubject, procedureOf, type RefusedDocument } from './subject.ts'

/** Files are named `<code>.<what>.<ext>`, `<code>.<procedure>.<what>.<ext>` or `<code>-<what>.<ext>`. */
export function readRefused(folder: URL, procedures: readonly string[] = []): RefusedDocument[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ name: file }) => {
      const [first = '', second = ''] = file.split('.')
      return {
        file,
        code: /^\d+/.exec(first)?.[0] ?? first,
        procedure: procedures.find((procedure) => procedure === second),
        contentType: file.endsWith('.json') ? 'application/json' : 'application/xml; charset=utf-8',
        body: readFileSync(new URL(file, folder), 'utf8'),
      }
    })
    .sort((a, b) => (a.file < b.file ? -1 : 1))
}

/** Folder of the documents the simulated agency of that id turns away. */
export const refusedFolder = (agency: string): URL => new URL(`../../mocks/${agency}/refused/`, import.meta.url)

/** A golden case, and its message: a refused document goes the way it goes. */
export interface Model {
  readonly golden: AgencyCase
  readonly message: WireMessage
}

/**
 * Which way a refused document may have to go: one model for each door, of its procedure where its name says so, the document
 * that looks most like it first.
 */
export function modelsFor(subject: AgencySubject, { procedure, body }: RefusedDocument): Model[] {
  const words = wordsIn(body)
  const models = worded(subject)
    .filter(({ golden }) => procedure === undefined || golden.procedure === procedure)
    .map((model) => ({
      ...model,
      likeness: words.intersection(model.words).size / Math.max(1, words.union(model.words).size),
    }))
    .sort((a, b) => b.likeness - a.likeness)
  return models.filter(({ message }, at) => models.findIndex((one) => one.message.path === message.path) === at)
}

interface Worded extends Model {
  readonly words: ReadonlySet<string>
}

const known = new WeakMap<AgencySubject, readonly Worded[]>()

/** Every golden case with its message, encoded once. */
function worded(subject: AgencySubject): readonly Worded[] {
  const models =
    known.get(subject) ??
    subject.cases.map((golden) => {
      const message = procedureOf(subject, golden).encode(golden.submission)
      return { golden, message, words: wordsIn(message.body ?? '') }
    })
  known.set(subject, models)
  return models
}

/** Names of elements and members: what kind of document it is, whoever it is about. */
const wordsIn = (body: string): Set<string> => new Set(body.match(/<[\w:.-]+|"[\w.-]+"(?=\s*:)/g) ?? [])

/** A refused document under the names a place has for its model, wherever documents of that kind carry them. */
export function underNames(body: string, { golden, message }: Model, named: AgencyCase): string {
  const before = golden.submission
  const after = named.submission
  return [
    [before.messageId, after.messageId],
    [before.reference, after.reference],
  ].reduce((text, [old = '', fresh = '']) => {
    if (old === fresh) return text
    const carrier = message.body?.match(new RegExp(`([\\w.-]+)(?:[^<>]*>|="|"\\s*:\\s*")${old}["<]`))?.[1]
    if (carrier === undefined) return text
    return text.replace(new RegExp(`(${carrier}(?:\\s[^<>]*>|>|="|"\\s*:\\s*"))[\\w.-]*(?=["<])`), `$1${fresh}`)
  }, body)
}
