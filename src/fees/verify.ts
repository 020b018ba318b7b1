import { createHash } from 'node:crypto'
import * as z from 'zod'
import { editionAnswer } from '../../schemas/fees/answers.ts'
import { entryTypes } from '../../schemas/fees/entries.ts'
import { Broken } from '../audit/broken.ts'
import { isSigned } from '../audit/seal.ts'
import { linesOf } from '../audit/verify-file.ts'
import { canonicalJson } from './canonical.ts'

const head = z.strictObject({
  number: z.int().min(1),
  title: z.string(),
  validFrom: z.iso.date(),
  announcedAt: z.iso.datetime(),
  noticeUntil: z.iso.date(),
  previousDigest: z.string().nullable(),
  entries: z.int().min(0),
})
export type Head = z.infer<typeof head>
const entry = z.strictObject({
  type: z.enum(entryTypes),
  id: z.string(),
  content: z.record(z.string(), z.unknown()),
})

/** What is said of an edition beside its document, as `GET /v1/fee-editions/{number}` gives it. */
export const editionFile = editionAnswer
  .pick({ number: true, title: true, validFrom: true, entries: true, digest: true, signature: true, signingKey: true })
  .extend({ previousDigest: z.string().optional() })
export type EditionFile = z.infer<typeof editionFile>

/** What a document was found to be. */
export interface DocumentFound extends Head {
  readonly digest: string
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Checks a downloaded edition 离线核验, line by line, with nothing but the file.
 * @throws {Broken} at the first line that is not as an edition writes it
 */
export async function verifyDocument(chunks: AsyncIterable<Uint8Array>): Promise<DocumentFound> {
  const hash = createHash('sha256')
  let said: Head | undefined
  let before = ''
  let number = 0
  let last = 0
  async function* hashed() {
    for await (const chunk of chunks) {
      hash.update(chunk)
      last = chunk.at(-1) ?? last
      yield chunk
    }
  }
  for await (const bytes of linesOf(hashed())) {
    number++
    if (said === undefined) {
      said = readLine(bytes, number, head)
      continue
    }
    const { type, id } = readLine(bytes, number, entry)
    const key = `${type} ${id}`
    if (key <= before) throw new Broken({ line: number }, `${type} ${id} after ${before}`)
    before = key
  }
  if (said === undefined) throw new Broken({ line: 1 }, 'an edition begins with its head')
  if (last !== 10) throw new Broken({ line: number }, 'the file ends within a line')
  if (number - 1 !== said.entries)
    throw new Broken({ line: number }, `the head says ${said.entries} entries, there are ${number - 1}`)
  return { ...said, digest: hash.digest('hex') }
}

function readLine<T>(bytes: Uint8Array, number: number, shape: z.ZodType<T>): T {
  const broken = (what: string) => new Broken({ line: number }, what)
  let text: string
  let value: unknown
  try {
    text = utf8.decode(bytes)
    value = JSON.parse(text)
  } catch (error) {
    throw broken(`not a line of JSON: ${(error as Error).message}`)
  }
  const read = shape.safeParse(value)
  if (!read.success) throw broken(`not a line of an edition: ${z.prettifyError(read.error)}`)
  if (canonicalJson(value) !== text) throw broken('not written as an edition is written')
  return read.data
}

/**
 * Holds a document against what was published of its edition, and that against a key known from elsewhere.
 * @throws {Broken} where they differ
 */
export function verifyEdition(found: DocumentFound, edition: EditionFile, key: string | undefined): void {
  const broken = (what: string) => new Broken({}, what)
  for (const name of ['number', 'title', 'validFrom', 'entries'] as const)
    if (found[name] !== edition[name])
      throw broken(`${name}: the document says ${found[name]}, the edition ${edition[name]}`)
  if ((found.previousDigest ?? undefined) !== edition.previousDigest)
    throw broken('the document does not follow the edition that is named as the one before')
  if (found.digest !== edition.digest)
    throw broken(`the document has the digest ${found.digest}, the edition ${edition.digest}: a byte of it was changed`)
  if (!isSigned({ hash: edition.digest, signature: edition.signature, key: edition.signingKey }))
    throw broken('the signature is not that of the key over the digest')
  if (key !== undefined && edition.signingKey !== key)
    throw broken(`it is signed with another key: ${edition.signingKey}`)
}
