/** Golden examples of an adapter 标准样例: what it sends for which declaration, and what its agency writes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Adapter, Change, Submission } from '../../adapters/adapter.ts'
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
  /** Names of the cases that were filed before, each at its own instant: what it changes, pays or claims for. */
  readonly builtOn: readonly string[]
}

/**
 * Circumstances of a case as its `submission.json` has them. `change.of` and `others[].of` name the cases that hold what is
 * changed or covered beside it; those, and the cases in `builtOn`, are filed first when a mock is asked.
 */
interface Circumstances extends Omit<Submission, 'declaration' | 'particulars' | 'change' | 'others'> {
  readonly procedure: string
  readonly builtOn?: readonly string[]
  readonly change?: Pick<Change, 'status' | 'references' | 'reason'> & { readonly of: string }
  readonly others?: readonly { readonly of: string; readonly references: Submission['references'] }[]
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

/** Where the examples of an adapter lie, and what reads them. */
interface Source {
  readonly agency: string
  readonly adapter: Adapter
  readonly folder: URL
}

/** The adapter of an agency the registry knows. */
function ours(agency: string): Adapter {
  const adapter = adapters[agency]
  if (adapter === undefined) throw new Error(`There is no adapter ${agency}`)
  return adapter
}

/** Every golden case of an agency; particulars parsed by its procedure, as the core would before it encodes. */
export function goldenCases(agency: string, adapter = ours(agency), folder = goldenFolder(agency)): GoldenCase[] {
  const source = { agency, adapter, folder }
  const known = new Map<string, GoldenCase>()
  const caseOf = (name: string): GoldenCase => {
    const found = known.get(name) ?? caseIn(source, name, caseOf)
    known.set(name, found)
    return found
  }
  return foldersIn(folder)
    .filter((name) => name !== 'replies')
    .map(caseOf)
}

function caseIn(source: Source, name: string, caseOf: (name: string) => GoldenCase): GoldenCase {
  try {
    return readCase(source, name, caseOf)
  } catch (cause) {
    throw new Error(`${source.agency}/${name}: ${(cause as Error).message}`, { cause })
  }
}

function readCase(source: Source, name: string, caseOf: (name: string) => GoldenCase): GoldenCase {
  const folder = new URL(`${name}/`, source.folder)
  const read = (file: string) => readFileSync(new URL(file, folder), 'utf8')
  const { procedure, builtOn = [], change, others, ...rest } = JSON.parse(read('submission.json')) as Circumstances
  const declaration = JSON.parse(read('declaration.json')) as Declaration
  const file = readdirSync(folder).find((one) => /^submit\.(xml|json)$/.test(one))
  return {
    name,
    procedure,
    submission: {
      ...rest,
      declaration,
      particulars: particularsOf(source, procedure, declaration),
      ...(change === undefined ? {} : { change: changeOf(source, procedure, declaration, change, caseOf(change.of)) }),
      ...(others === undefined
        ? {}
        : {
            others: others.map(({ of, references }) => ({
              declaration: caseOf(of).submission.declaration,
              references,
            })),
          }),
    },
    file,
    bytes: file === undefined ? '' : read(file),
    builtOn: [...new Set([...(change === undefined ? [] : [change.of]), ...builtOn])],
  }
}

/** What a case changes: the case it names, as that was filed, and (for an amendment) as this one's declaration has it. */
function changeOf(
  source: Source,
  procedure: string,
  declaration: Declaration,
  { status, references, reason }: NonNullable<Circumstances['change']>,
  of: GoldenCase,
): Change {
  const { reference, messageId, serial, declaration: before, particulars } = of.submission
  const amends = source.adapter.procedures[procedure]?.amends !== undefined
  const after = { declaration, particulars: particularsOf(source, of.procedure, declaration) }
  return {
    reference,
    messageId,
    serial,
    procedure: of.procedure,
    status,
    references,
    reason,
    before: { declaration: before, particulars },
    ...(amends ? { after } : {}),
  }
}

function particularsOf({ agency, adapter }: Source, procedure: string, declaration: Declaration): unknown {
  const known = adapter.procedures[procedure]
  if (known === undefined) throw new Error(`${agency}: there is no procedure ${procedure}`)
  const given = declaration.particulars?.[agency]?.[procedure]
  return given === undefined ? undefined : known.particulars.parse(given)
}

/** Every golden reply of an agency, flat or in a folder of its procedure. */
export function goldenReplies(agency: string, golden = goldenFolder(agency)): GoldenReply[] {
  const folder = new URL('replies/', golden)
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
