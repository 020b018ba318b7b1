import { type WaybillExport, waybill } from '../../schemas/waybill.ts'
import { sha256 } from '../audit/hash.ts'
import { beforeFirst, type Entry, entryHash, type Standing, standingsOf } from './chain.ts'

/**
 * Checks an exported chain without any database 离线验证: every document by its digest, every entry by its hash and the one before, and that
 * every entry was allowed to be. @throws {Error} saying which entry is wrong @returns how the document stands at its end
 */
export function verifyWaybill(file: WaybillExport): Standing {
  const documents = new Map(file.versions.map((one) => [one.version, one]))
  for (const { version, sha256: said, document } of file.versions)
    if (sha256(document) !== said) throw new Error(`Version ${version} is not the document it was`)
  const first = documents.get(1)
  if (first === undefined) throw new Error('Version 1 is missing')
  const { negotiable, shipper } = waybill.parse(JSON.parse(first.document))
  let previous = beforeFirst
  const entries = file.entries.map((told, at): Entry => {
    const { previous: before, hash, recipient, note, ...rest } = told
    const entry = { ...rest, recipient, note }
    if (entry.entry !== at + 1) throw new Error(`Entry ${at + 1} is missing`)
    if (before !== previous) throw new Error(`Entry ${entry.entry} does not follow the one before`)
    if (entryHash(previous, file.number, entry) !== hash) throw new Error(`Entry ${entry.entry} is not what it was`)
    if (documents.get(entry.version)?.sha256 !== entry.documentSha256)
      throw new Error(`Entry ${entry.entry} speaks of another document`)
    previous = hash
    return { ...entry, hash }
  })
  if (entries[0]?.action !== 'DRAFT' || entries[0].actor !== file.carrier)
    throw new Error('Entry 1 is not its carrier’s draft')
  if (file.head !== previous) throw new Error('The head is not the last entry’s hash')
  const standings = standingsOf({ negotiable, carrier: file.carrier, shipper: shipper.id }, entries)
  for (const [at, { version }] of standings.entries())
    if (entries[at]?.version !== version) throw new Error(`Entry ${at + 1} speaks of another version`)
  const last = standings.at(-1)
  if (last === undefined) throw new Error('There is no entry')
  return last
}
