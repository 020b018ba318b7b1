import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { adapters } from '../adapters/registry.ts'
import { goldenFolder } from '../conformance/adapter/goldens.ts'
import { folderUrl, loadSubject } from '../conformance/adapter/load.ts'
import type { Io } from './main.ts'
import { readArguments } from './usage.ts'

const help = `yuchuang goldens [<adapter> …]: writes the golden bytes of every case anew, from the encoders

  <adapter>           an id of this checkout, a module, or its folder; every agency of this checkout when left out

Read what changed against the agency's specification before you commit it: the contract believes these files.
`

/** Writes golden bytes 标准报文 and says which changed. */
export async function goldens(argv: readonly string[], { out }: Io): Promise<number> {
  const { values, positionals } = readArguments(argv, { help: { type: 'boolean', short: 'h' } } as const)
  if (values.help === true) {
    out(help)
    return 0
  }
  let changed = 0
  for (const which of positionals.length > 0 ? positionals : Object.keys(adapters)) {
    const { agency, adapter, cases } = await loadSubject({ which })
    for (const { name, procedure, submission, file } of cases) {
      const { body = '', contentType = '' } = adapter.procedures[procedure]?.encode(submission) ?? {}
      const kind = contentType.includes('json') ? 'json' : 'xml'
      const at = new URL(`${name}/${file ?? `submit.${kind}`}`, goldensOf(which))
      const before = existsSync(at) ? readFileSync(at, 'utf8') : undefined
      if (before === body) continue
      writeFileSync(at, body)
      changed++
      out(`${before === undefined ? 'new    ' : 'changed'} ${agency}/golden/${name}\n`)
    }
  }
  out(changed === 0 ? 'No golden bytes changed.\n' : `${changed} changed: read them before you commit them.\n`)
  return 0
}

/** Where the cases of an adapter lie: beside its module. */
function goldensOf(which: string): URL {
  if (Object.hasOwn(adapters, which)) return goldenFolder(which)
  const path = resolve(which)
  const isFolder = existsSync(path) && statSync(path).isDirectory()
  return folderUrl(join(isFolder ? path : dirname(path), 'golden'))
}
