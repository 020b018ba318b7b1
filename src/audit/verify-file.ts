import { createHash } from 'node:crypto'
import * as z from 'zod'
import { type ExportLine, exportLine, type ProofLine, type SealLine } from '../../schemas/export.ts'
import { bindingOf, nameOf } from './bind.ts'
import { Broken } from './broken.ts'
import { ChainCheck, type Piece } from './check.ts'
import { checkProof, checkSeals, type Pins } from './seal.ts'

/** What a whole export was found to hold. */
export interface FileFound {
  readonly declarationId: string
  readonly events: number
  /** How many of each kind were held against what the events bind. */
  readonly kept: Readonly<Record<string, number>>
  /** Messages of which only the digest is there. */
  readonly withheld: number
  readonly proofs: number
  readonly newest: SealLine | undefined
}

const order = exportLine.def.options.map((option) => option.shape.record.value)

/**
 * Checks an exported declaration 离线验证, line by line, with nothing but the file.
 * @throws {Broken} at the first broken link
 */
export async function verifyFile(chunks: AsyncIterable<Uint8Array>, pins: Pins = {}): Promise<FileFound> {
  const hash = createHash('sha256')
  const kept: Piece[] = []
  const proofs: ProofLine[] = []
  const seals = new Map<string, SealLine>()
  const sealCheck = checkSeals(undefined, pins)
  let withheld = 0
  let last: ExportLine | undefined
  let said: Extract<ExportLine, { record: 'export' }> | undefined
  let chain: ChainCheck | undefined
  let number = 0
  for await (const bytes of linesOf(chunks)) {
    const line = readLine(bytes, ++number)
    const before = last
    last = line
    if (line.record === 'export' && before === undefined) {
      said = line
      chain = new ChainCheck(line.declarationId)
    }
    if (said === undefined || chain === undefined) throw new Broken({ line: number }, 'an export begins with its head')
    if (before !== undefined && (rankOf(line) < rankOf(before) || (line.record === before.record && isSingle(line))))
      throw new Broken({ line: number }, `${line.record} after ${before.record}`)
    const { declarationId } = said
    if (before?.record === 'event' && line.record !== 'event') chain.end({ eventCount: said.events, head: said.head })
    switch (line.record) {
      case 'export':
        break
      case 'event':
        chain.next(line)
        break
      case 'proof':
        proofs.push(line)
        break
      case 'seal':
        sealCheck.next(line)
        seals.set(line.day, line)
        break
      case 'end':
        finish(chain, declarationId, kept, proofs, seals)
        sealCheck.end()
        if (line.lines !== number - 1 || line.sha256 !== hash.digest('base64url'))
          throw new Broken({ line: number }, 'the lines before are not those it was closed with')
        break
      default:
        if (line.record === 'message' && line.body === null && line.bodySha256 !== null) withheld++
        kept.push({ ...bindingOf(declarationId, line), what: nameOf(line) })
    }
    if (line.record !== 'end') hash.update(bytes).update('\n')
  }
  if (said === undefined || chain === undefined || last?.record !== 'end')
    throw new Broken({ line: number + 1 }, 'the file ends before its end')
  const kinds = Map.groupBy(kept, ({ kind }) => kind)
  return {
    declarationId: said.declarationId,
    events: chain.count,
    kept: Object.fromEntries([...kinds].map(([kind, pieces]) => [kind, pieces.length])),
    withheld,
    proofs: proofs.length,
    newest: [...seals.values()].at(-1),
  }
}

function finish(
  chain: ChainCheck,
  declarationId: string,
  kept: readonly Piece[],
  proofs: readonly ProofLine[],
  seals: ReadonlyMap<string, SealLine>,
): void {
  chain.kept(kept)
  chain.sealed(proofs, (day) => seals.has(day))
  for (const proof of proofs) checkProof(declarationId, proof, seals.get(proof.day))
}

const rankOf = ({ record }: ExportLine) => order.indexOf(record)
const isSingle = ({ record }: ExportLine) => record === 'export' || record === 'declaration' || record === 'end'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function readLine(bytes: Uint8Array, number: number): ExportLine {
  const broken = (what: string) => new Broken({ line: number }, what)
  let text: string
  let value: unknown
  try {
    text = utf8.decode(bytes)
    value = JSON.parse(text)
  } catch (error) {
    throw broken(`not a line of JSON: ${(error as Error).message}`)
  }
  const read = exportLine.safeParse(value)
  if (!read.success) throw broken(`not a line of an export: ${z.prettifyError(read.error)}`)
  // Read by another program it must say the same: no key twice, nothing between the words.
  if (JSON.stringify(value) !== text) throw broken('not written as an export writes')
  return read.data
}

/** The bytes of each line, without its end. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array[] = []
  for await (const chunk of chunks) {
    let from = 0
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, at)])
      rest = []
      from = at + 1
    }
    if (from < chunk.length) rest.push(chunk.subarray(from))
  }
  if (rest.length > 0) yield Buffer.concat(rest)
}
