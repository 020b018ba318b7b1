/**
 * Checks what was kept 审计验证: `npm run audit:verify -- <file>` an exported declaration, offline; `-- --database` a whole
 * database (`DATABASE_URL`, else the embedded one). Ends with 0 when everything is whole, with 1 at the first broken link.
 */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import type { SealLine } from '../../schemas/export.ts'
import { configFrom } from '../config.ts'
import { startEmbeddedPostgres } from '../db/embedded.ts'
import { Broken, describeBroken } from './broken.ts'
import type { Pins } from './seal.ts'
import { verifyDatabase } from './verify-database.ts'
import { verifyFile } from './verify-file.ts'

const usage = `npm run audit:verify -- <file> | --database [--key <public key>] [--seal <hash>]
  --key   the newest seal must be signed with this Ed25519 key (raw, base64url)
  --seal  a seal with this hash, known from elsewhere, must be among them`

function readArguments() {
  try {
    return parseArgs({
      options: {
        database: { type: 'boolean', default: false },
        key: { type: 'string' },
        seal: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
  } catch (error) {
    console.error((error as Error).message)
    return undefined
  }
}

/** What a reader must know of seals that were found whole. */
function tellSeals(newest: SealLine | undefined, pins: Pins): void {
  if (newest === undefined) console.log('No day is sealed yet: a tail that was cut off whole would not show.')
  else
    console.log(
      `Sealed up to ${newest.day}, seal ${newest.hash}${newest.key === null ? '' : `, signed by ${newest.key}`}.`,
    )
  if (pins.key === undefined && pins.seal === undefined)
    console.log('It is whole in itself. Whether it is the original only --key or --seal can tell.')
}

async function checkFile(path: string, pins: Pins): Promise<void> {
  const { declarationId, events, kept, withheld, proofs, newest } = await verifyFile(createReadStream(path), pins)
  const counts = Object.entries(kept).map(([kind, count]) => `${count} ${kind}${count === 1 ? '' : 's'}`)
  console.log(`Whole: declaration ${declarationId}, ${events} events, ${counts.join(', ')}, ${proofs} proofs.`)
  if (withheld > 0) console.log(`${withheld} messages are proved by their digest only: they speak of others too.`)
  tellSeals(newest, pins)
}

async function checkDatabase(pins: Pins): Promise<void> {
  const config = configFrom(process.env)
  const embedded =
    config.databaseUrl === undefined
      ? await startEmbeddedPostgres({ folder: join(config.folder, 'postgres') })
      : undefined
  // Not opened as the gateway opens it: a copy that is checked is not brought up to date.
  const pool = new pg.Pool({ connectionString: config.databaseUrl ?? embedded?.url, max: 1 })
  try {
    const { declarations, events, kept, proofs, seals, newest, unowned } = await verifyDatabase(pool, pins)
    console.log(
      `Whole: ${declarations} declarations, ${events} events, ${kept} rows bound by them, ${proofs} proofs in ${seals} seals.`,
    )
    if (unowned > 0) console.log(`${unowned} messages belong to no declaration: nothing vouches for them.`)
    tellSeals(newest, pins)
  } finally {
    await pool.end()
    await embedded?.stop()
  }
}

const read = readArguments()
const [file, ...others] = read?.positionals ?? []
if (read === undefined || read.values.help || others.length > 0 || (file !== undefined) === read.values.database) {
  console.error(usage)
  process.exit(read?.values.help ? 0 : 2)
}
const pins: Pins = { key: read.values.key, seal: read.values.seal }
try {
  await (file === undefined ? checkDatabase(pins) : checkFile(file, pins))
} catch (error) {
  if (error instanceof Broken) console.error(`BROKEN: ${describeBroken(error)}`)
  else console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof Broken ? 1 : 2
}
