/**
 * Recomputes a published draw 抽查公示核验: `npm run draw:verify -- <file>`, offline. Ends with 0 when every lot, every officer and the root come out as
 * published, with 1 when something does not, with 2 when it could not be read.
 */
import { createReadStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Known, Tampered, verifyDraw } from './verify.ts'

const usage = `npm run draw:verify -- <file> [--seed-hash <hash>] [--draw <hash>] [--root <hash>] [--lot <hash>] [--declaration <id> --salt <salt>]
  --seed-hash    the hash of the seed, as it was public in the morning
  --draw         the hash of all that was committed to in the morning
  --root         the root of the lots, as it was public before the seed was
  --lot          the hash of a lot that must be among them (GET /v1/declarations/{id}/draws)
  --declaration  a declaration that must be among them, with --salt as its trader was told`

function readArguments() {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      options: {
        'seed-hash': text,
        draw: text,
        root: text,
        lot: text,
        declaration: text,
        salt: text,
        help: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
  } catch (error) {
    console.error((error as Error).message)
    return undefined
  }
}

const read = readArguments()
const [file, ...others] = read?.positionals ?? []
const { declaration: id, salt } = read?.values ?? {}
if (
  read === undefined ||
  read.values.help ||
  file === undefined ||
  others.length > 0 ||
  (id === undefined) !== (salt === undefined)
) {
  console.error(usage)
  process.exit(read?.values.help ? 0 : 2)
}
const { 'seed-hash': seedHash, draw, root, lot } = read.values
const known: Known = {
  seedHash,
  draw,
  root,
  lot,
  declaration: id === undefined || salt === undefined ? undefined : { id, salt },
}
try {
  const { head, lots, selected, results, early, own, ...found } = await verifyDraw(createReadStream(file), known)
  console.log(
    `Whole: ${head.agency} ${head.day}, ${lots} lots, ${selected} selected, ${results} results, root ${found.root}.`,
  )
  if (own !== undefined)
    console.log(
      `Lot ${own.number} was ${own.selected ? `selected, officers ${own.officers.join(', ')}` : 'not selected'}.`,
    )
  if (Date.parse(head.committedAt) > Date.parse(head.beginsAt))
    console.log(`The seed was committed to at ${head.committedAt}, after the draw had begun at ${head.beginsAt}.`)
  if (early > 0)
    console.log(`${early} lots were registered before the seed was committed to: it might have been chosen for them.`)
  if (seedHash === undefined && draw === undefined && root === undefined && lot === undefined && id === undefined)
    console.log('It is whole in itself. Whether it is what was committed to only --draw, --root or --lot can tell.')
} catch (error) {
  if (error instanceof Tampered) console.error(`TAMPERED: ${error.message}`)
  else console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof Tampered ? 1 : 2
}
