/** Makes an API key: `npm run key -- --role trader --tenant 91500112MA5U0B0037 --name "my firm"`. Shown once, stored as a hash. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isCreditCode } from '../schemas/formats.ts'
import { firm } from '../schemas/waybill.ts'
import { configFrom } from './config.ts'
import { openDatabase } from './db/database.ts'
import { startEmbeddedPostgres } from './db/embedded.ts'
import { makeKey, type Role, roles } from './db/keys.ts'

const { values } = parseArgs({
  options: {
    role: { type: 'string' },
    tenant: { type: 'string' },
    agency: { type: 'string' },
    name: { type: 'string' },
    help: { type: 'boolean' },
  },
})
const role = roles.find((one) => one === values.role)
const needsTenant = role === 'trader' || role === 'payee'
// Carriers and banks may be abroad: a code of the operator's stands for a credit code.
const needsFirm = role === 'carrier' || role === 'bank'
const lacksTenant =
  (needsTenant && !isCreditCode(values.tenant ?? '')) || (needsFirm && !firm.safeParse(values.tenant).success)
if (values.help || role === undefined || lacksTenant) {
  console.error(
    `npm run key -- --role ${roles.join('|')} --name <whose> [--tenant <credit code, for a trader or a payee; any code, for a carrier or a bank>] [--agency <id>]`,
  )
  process.exit(values.help ? 0 : 2)
}
const config = configFrom(process.env)
const embedded =
  config.databaseUrl === undefined
    ? await startEmbeddedPostgres({ folder: join(config.folder, 'postgres') })
    : undefined
const database = await openDatabase(config.databaseUrl ?? embedded?.url ?? '', console.error)
const holder: { name: string; role: Role; tenant?: string; agency?: string } = { name: values.name ?? role, role }
if (values.tenant !== undefined) holder.tenant = values.tenant
if (values.agency !== undefined) holder.agency = values.agency
console.log(await makeKey(database, holder))
await database.close()
await embedded?.stop()
