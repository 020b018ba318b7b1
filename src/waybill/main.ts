/** Checks an exported chain of a single document 一单制离线验证: `node src/waybill/main.ts <file>`. Nothing but the file is needed. */
import { readFile } from 'node:fs/promises'
import { waybillExport } from '../../schemas/waybill.ts'
import { verifyWaybill } from './verify.ts'

const [path] = process.argv.slice(2)
if (path === undefined) {
  console.error('node src/waybill/main.ts <exported chain.json>')
  process.exit(2)
}
try {
  const file = waybillExport.parse(JSON.parse(await readFile(path, 'utf8')))
  const { status, holder, version, negotiable } = verifyWaybill(file)
  const held = negotiable ? `, held by ${holder}` : ''
  console.log(
    `${file.number}: ${file.entries.length} entries are whole; ${status}${held}, version ${version}, head ${file.head}`,
  )
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
