import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { adapters } from '../../adapters/registry.ts'
import { goldenCases, goldenFolder } from './goldens.ts'

/**
 * Writes the golden bytes of every case anew, from the encoders, and says which changed: `npm run goldens [agency …]`. Whoever
 * runs it reads the difference against the agency's specification before it is committed: the test believes these files.
 */
function writeGoldens(agencies: readonly string[]): void {
  let changed = 0
  for (const agency of agencies)
    for (const { name, procedure, submission, file } of goldenCases(agency)) {
      const { body = '', contentType = '' } = adapters[agency]?.procedures[procedure]?.encode(submission) ?? {}
      const kind = contentType.includes('json') ? 'json' : 'xml'
      const at = new URL(`${name}/${file ?? `submit.${kind}`}`, goldenFolder(agency))
      const before = existsSync(at) ? readFileSync(at, 'utf8') : undefined
      if (before === body) continue
      writeFileSync(at, body)
      changed++
      console.log(`${before === undefined ? 'new    ' : 'changed'} ${agency}/golden/${name}`)
    }
  console.log(changed === 0 ? 'No golden bytes changed.' : `${changed} changed: read them before you commit them.`)
}

const asked = process.argv.slice(2)
const unknown = asked.filter((agency) => adapters[agency] === undefined)
if (unknown.length > 0) {
  console.error(`No such agency: ${unknown.join(', ')}`)
  process.exitCode = 1
} else writeGoldens(asked.length > 0 ? asked : Object.keys(adapters))
