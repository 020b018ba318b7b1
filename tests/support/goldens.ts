import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Procedure, Submission } from '../../adapters/adapter.ts'
import { adapters } from '../../adapters/registry.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'

/** One golden case: a declaration, the circumstances, and the exact bytes that go out. */
export interface GoldenCase {
  readonly name: string
  readonly procedure: string
  readonly submission: Submission
  /** File of the bytes: `submit.xml` or `submit.json`; absent as long as nobody has written them. */
  readonly file: string | undefined
  readonly bytes: string
}

/** One golden reply: a document as the agency writes it, named `<what>.<what it brings>.<xml|json>`. */
export interface GoldenReply {
  readonly name: string
  /** The procedure whose folder it lies in; absent when every procedure of the agency gets such a reply. */
  readonly procedure: string | undefined
  /** A status, `hold-<name>`, or `unrecognised`. */
  readonly brings: string
  readonly contentType: string
  readonly body: string
}

export const goldenFolder = (agency: string): URL => new URL(`../../adapters/${agency}/golden/`, import.meta.url)
export const contentTypeOf = (file: string): string => (file.endsWith('.json') ? 'application/json' : 'application/xml')

/** Every golden case of an agency; particulars parsed by its procedure, as the core would before it encodes. */
export function goldenCases(agency: string): GoldenCase[] {
  const folder = goldenFolder(agency)
  return foldersIn(folder)
    .filter((name) => name !== 'replies')
    .map((name) => {
      const read = (file: string) => readFileSync(new URL(`${name}/${file}`, folder), 'utf8')
      const { procedure, ...circumstances } = JSON.parse(read('submission.json')) as Submission & { procedure: string }
      const declaration = JSON.parse(read('declaration.json')) as Declaration
      const known: Procedure | undefined = adapters[agency]?.procedures[procedure]
      if (known === undefined) throw new Error(`${agency}/golden/${name}: there is no procedure ${procedure}`)
      const given = declaration.particulars?.[agency]?.[procedure]
      const particulars = given === undefined ? undefined : known.particulars.parse(given)
      const file = readdirSync(new URL(`${name}/`, folder)).find((one) => /^submit\.(xml|json)$/.test(one))
      const bytes = file === undefined ? '' : read(file)
      return { name, procedure, submission: { ...circumstances, declaration, particulars }, file, bytes }
    })
}

/** Every golden reply of an agency, flat or in a folder of its procedure. */
export function goldenReplies(agency: string): GoldenReply[] {
  const folder = new URL('replies/', goldenFolder(agency))
  const inFolder = (at: URL, procedure: string | undefined) =>
    filesIn(at).map((file) => ({
      name: procedure === undefined ? file : `${procedure}/${file}`,
      procedure,
      brings: file.split('.').at(-2) ?? '',
      contentType: contentTypeOf(file),
      body: readFileSync(new URL(file, at), 'utf8'),
    }))
  return [
    ...inFolder(folder, undefined),
    ...foldersIn(folder).flatMap((procedure) => inFolder(new URL(`${procedure}/`, folder), procedure)),
  ]
}

const entriesIn = (folder: URL) => (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [])
const foldersIn = (folder: URL) =>
  entriesIn(folder)
    .filter((one) => one.isDirectory())
    .map(({ name }) => name)
    .sort()
const filesIn = (folder: URL) =>
  entriesIn(folder)
    .filter((one) => one.isFile())
    .map(({ name }) => name)
    .sort()
