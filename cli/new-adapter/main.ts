import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { adapters } from '../../adapters/registry.ts'
import { WrongUsage } from '../../conformance/usage.ts'
import { issuers } from '../../mocks/issuers.ts'
import { agencies } from '../../mocks/registry.ts'
import type { Io } from '../main.ts'
import { readArguments } from '../usage.ts'
import { openPlaces } from './open.ts'
import { editsFor } from './registry.ts'
import { filesFor, templateWords } from './template.ts'
import { checkId, checkName, letterFor, type Wanted } from './wanted.ts'
import { writeAll } from './write.ts'

const help = `yuchuang new-adapter <id>: the folders of a new agency, adapters/<id>/ and mocks/<id>/

  --name-en <name>    what it is called, in English
  --name-zh <name>    and in Chinese
  --letter <A-Z>      what its magic values start with; the first free letter of its id when left out
  --into <folder>     into a project of your own, which imports yuchuang/adapter; without it into this checkout
  --dry-run           shows what would be written

All of it is written or nothing. What it makes compiles, and keeps whatever of the contract needs no agency; what is still to be
written is shown here, and again by: yuchuang conform adapter
`

const options = {
  'name-en': { type: 'string' },
  'name-zh': { type: 'string' },
  letter: { type: 'string' },
  into: { type: 'string' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Makes a new agency 新增机构. */
export async function newAdapter(argv: readonly string[], { out, err }: Io): Promise<number> {
  const { values, positionals } = readArguments(argv, options)
  if (values.help === true) {
    out(help)
    return 0
  }
  const [id, ...more] = positionals
  if (id === undefined || more.length > 0) throw new WrongUsage('say one id; --help shows more')
  const offices = [...agencies, ...issuers]
  const taken = {
    ids: [...Object.keys(adapters), ...offices.map((one) => one.id)],
    letters: offices.map(({ letter }) => letter),
  }
  checkId(id, taken, templateWords())
  const wanted: Wanted = {
    id,
    letter: letterFor(id, values.letter, taken),
    nameEn: checkName(values['name-en'] ?? 'Template station', 'en'),
    nameZh: checkName(values['name-zh'] ?? '样板机构', 'zh'),
  }
  const checkout = values.into === undefined ? ownCheckout() : undefined
  try {
    const isTrial = values['dry-run'] === true
    const { files, edits } = make(wanted, checkout, checkout ?? resolve(values.into ?? ''), isTrial)
    for (const { path } of files) out(`${isTrial ? 'would make  ' : 'made  '}${path}\n`)
    for (const { path } of edits) out(`${isTrial ? 'would change' : 'changed'} ${path}\n`)
    if (!isTrial) out(next(wanted, checkout !== undefined))
    return 0
  } catch (error) {
    if (error instanceof WrongUsage) throw error
    err(`yuchuang new-adapter: nothing was made: ${(error as Error).message}\n`)
    return 1
  }
}

/** Its folders and, in a checkout, its lines; written unless it is a trial. */
function make(wanted: Wanted, checkout: string | undefined, root: string, isTrial: boolean) {
  const folders = [`adapters/${wanted.id}`, `mocks/${wanted.id}`]
  const there = folders.map((folder) => join(root, folder)).find((folder) => existsSync(folder))
  if (there !== undefined) throw new WrongUsage(`${there} is there already`)
  const files = filesFor(wanted, checkout === undefined ? undefined : top)
  const edits = checkout === undefined ? [] : editsFor(wanted, (path) => readFileSync(join(checkout, path), 'utf8'))
  if (!isTrial) writeAll({ root, folders, files, edits })
  return { files, edits }
}

const top = new URL('../../', import.meta.url)

/** The checkout this program is part of. @throws {WrongUsage} it is an installed package */
function ownCheckout(): string {
  if (!existsSync(new URL('adapters/registry.ts', top)))
    throw new WrongUsage('say --into <folder>: this is an installed package, not a checkout')
  return fileURLToPath(top)
}

/** What is still to be written, and what shows it. */
function next(wanted: Wanted, inCheckout: boolean): string {
  const { id } = wanted
  const which = inCheckout ? id : `adapters/${id}`
  return [
    '',
    'Still to be written:',
    ...openPlaces(wanted).map(({ file, what }) => `  ${file}\n      ${what}`),
    '',
    'Shown, place by place, by:',
    `  npx yuchuang conform adapter ${which}`,
    'The golden bytes are written by:',
    `  npx yuchuang goldens ${which}`,
    inCheckout
      ? 'and the table of what the mock can do by:\n  npm run outcomes\nThen: npm test. CONTRIBUTING.md walks through it.'
      : 'It imports hono, yuchuang and zod: have them in your package.json.',
    '',
  ].join('\n')
}
