/**
 * Checks a downloaded edition of the fee catalogue 版次核验, offline: `npm run fees:verify -- <document> [<edition>] [--key …]`. Ends with 0
 * when it is what was published, with 1 at the first thing that is not.
 */
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { Broken, describeBroken } from '../audit/broken.ts'
import { editionFile, verifyDocument, verifyEdition } from './verify.ts'

const usage = `npm run fees:verify -- <document> [<edition>] [--key <public key>]
  <document>  what GET /v1/fee-editions/{number}/document gave
  <edition>   what GET /v1/fee-editions/{number} gave: digest, signature and key are held against the document
  --key       it must be signed with this Ed25519 key (raw, base64url)`

function readArguments() {
  try {
    return parseArgs({
      options: { key: { type: 'string' }, help: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
  } catch (error) {
    console.error((error as Error).message)
    return undefined
  }
}

/** @throws {Broken} */
async function readEdition(path: string) {
  try {
    return editionFile.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if ((error as { code?: string }).code !== undefined) throw error
    throw new Broken(
      {},
      `${path} is not what is said of an edition: ${error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message}`,
    )
  }
}

const read = readArguments()
const [document, edition, ...others] = read?.positionals ?? []
const key = read?.values.key
if (
  read === undefined ||
  read.values.help ||
  document === undefined ||
  others.length > 0 ||
  (key !== undefined && edition === undefined)
) {
  console.error(usage)
  process.exit(read?.values.help ? 0 : 2)
}
try {
  const found = await verifyDocument(createReadStream(document))
  const record = edition === undefined ? undefined : await readEdition(edition)
  if (record !== undefined) verifyEdition(found, record, key)
  console.log(
    `Whole: edition ${found.number}, ${found.entries} entries, valid from ${found.validFrom}, SHA-256 ${found.digest}.`,
  )
  if (record === undefined)
    console.log('It is whole in itself. Whether it is what was published only the edition’s own record can tell.')
  else console.log(`It is what was published, signed by ${record.signingKey}.`)
  if (record !== undefined && key === undefined) console.log('Whose key that is only --key can tell.')
} catch (error) {
  if (error instanceof Broken) console.error(`BROKEN: ${describeBroken(error)}`)
  else console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof Broken ? 1 : 2
}
