/**
 * The gateway's server that only reads and parses: the same app (request id, language, metrics, key, rate limit), the same
 * body reader and JSON reader. `/bench/read` answers when the body is JSON; `/bench/parse` when it has also passed the
 * declaration's schema, code lists and cross-field rules included. Nothing is planned, encoded, hashed or kept.
 */
import { serve } from '@hono/node-server'
import { adapters } from '../../adapters/registry.ts'
import { warmCodes } from '../../schemas/codes/index.ts'
import { declaration } from '../../schemas/declaration/index.ts'
import { createApp } from '../../src/app.ts'
import { createAuth } from '../../src/auth.ts'
import { readBody, textOfBody } from '../../src/body.ts'
import { closedDesk } from '../../src/certificates/desk.ts'
import { configFrom } from '../../src/config.ts'
import { openDatabase } from '../../src/db/database.ts'
import { serialsFrom } from '../../src/db/serials.ts'
import { createCatalogues } from '../../src/fees/catalogues.ts'
import { createAcceptor } from '../../src/filing/accept.ts'
import { createComposer } from '../../src/filing/compose.ts'
import { createHub } from '../../src/filing/hub.ts'
import { createRecorder } from '../../src/filing/recorder.ts'
import { createLog } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics.ts'
import { createBell } from '../../src/notices/bell.ts'
import { createVault } from '../../src/notices/vault.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { readStrictJson } from '../../src/strict-json.ts'

const config = configFrom(process.env)
const log = createLog('warn')
const database = await openDatabase(config.databaseUrl ?? '', (error) => log.error(error))
const app = createApp(
  {
    database,
    rules: ownRules,
    certificates: closedDesk,
    demonstrations: undefined,
    adapters,
    acceptor: createAcceptor(database, createComposer(adapters, serialsFrom(database)), Date.now),
    recorder: createRecorder(database, adapters, Date.now, log),
    hub: await createHub(database),
    metrics: createMetrics(database),
    log,
    callbackSecretOf: config.callbackSecretOf,
    simulatorUrl: undefined,
    simulatorKey: undefined,
    notices: { vault: createVault([]), bell: await createBell(database), allowPrivate: false },
    catalogues: await createCatalogues(database, Date.now),
    now: Date.now,
  },
  config.ratePerWindow,
)
const trader = createAuth(database, Date.now, config.ratePerWindow)('trader')

app.post('/bench/read', trader, async (context) => {
  const read = readStrictJson(textOfBody(await readBody(context)))
  return context.json({ read: read.issues === undefined }, 202)
})
app.post('/bench/parse', trader, async (context) => {
  const read = readStrictJson(textOfBody(await readBody(context)))
  const parsed = declaration.safeParse(read.issues === undefined ? read.value : undefined)
  return context.json({ parsed: parsed.success }, parsed.success ? 202 : 422)
})

warmCodes()
serve({ fetch: app.fetch, hostname: config.host, port: config.port }, ({ port }) =>
  console.log(JSON.stringify({ url: `http://${config.host}:${port}` })),
)
process.once('SIGTERM', () => process.exit(0))
