/**
 * What one would write without this project: Fastify, its ajv on the declaration's JSON Schema (which knows neither code
 * lists nor cross-field rules), and one transaction a request through pg. It checks with no agency, plans and encodes
 * nothing, but writes the same rows with the same bytes as an acceptance: an insert a table, several rows where there are.
 */
import { createHash } from 'node:crypto'
import fastify from 'fastify'
import pg from 'pg'
import * as z from 'zod'
import { adapters } from '../../adapters/registry.ts'
import { declaration } from '../../schemas/declaration/index.ts'
import { rankOf } from '../../schemas/status.ts'
import { newId } from '../../src/db/ids.ts'
import { prepareAll } from '../../src/filing/compose.ts'
import { examine } from '../../src/filing/examine.ts'
import { laptops, tenant } from '../declaration.ts'

const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: Number(process.env['BENCH_POOL'] ?? 10),
})
const schema = z.toJSONSchema(declaration, { target: 'draft-7', io: 'input', unrepresentable: 'any' })

// What every request writes beside its own document: made once, by the gateway's own code.
const { plan } = examine(adapters, laptops('PLAIN-1', 1), tenant)
const filings = prepareAll(adapters, laptops('PLAIN-1', 1), plan ?? [], Date.now(), () => 1)
const planText = JSON.stringify(plan)
const going = filings.flatMap(({ agency, message }) => (message === undefined ? [] : [{ agency, message }]))

/** `($1, $2), ($3, $4)` for so many rows. */
const rows = (count: number, columns: number) =>
  Array.from(
    { length: count },
    (_, row) => `(${Array.from({ length: columns }, (_, column) => `$${row * columns + column + 1}`).join()})`,
  ).join()

const insert = (table: string, columns: string, count: number) => ({
  name: table,
  text: `INSERT INTO ${table} (${columns}) VALUES ${rows(count, columns.split(',').length)}`,
})
const inserts = {
  idempotency: insert('idempotency', 'tenant, key, body_hash, status, body, location, at', 1),
  declaration: insert(
    'declaration',
    'id, tenant, functional_reference_id, direction, plan, event_count, accepted_at, updated_at, head',
    1,
  ),
  version: insert('declaration_version', 'declaration_id, version, media_type, raw, at', 1),
  event: insert('event', 'declaration_id, number, type, data, at, hash', 1),
  filing: insert(
    'filing',
    'id, declaration_id, position, serial, agency, procedure, status, rank, pending, particulars, updated_at',
    filings.length,
  ),
  message: insert('message', 'filing_id, agency, attempt, kind, method, path, content_type, body, at', going.length),
  delivery: insert('delivery', 'filing_id, lane, attempt, instant, due_at', going.length),
}

/** It keeps no chain: a text as long as a hash. */
const noHash = 'A'.repeat(43)

async function accept(document: z.infer<typeof declaration>, key: string): Promise<string> {
  const at = new Date()
  const id = newId(at.getTime())
  const lrn = document.functionalReferenceId
  const raw = JSON.stringify(document)
  const own = filings.map((filing) => ({ ...filing, id: newId(at.getTime()) }))
  const out = own.filter(({ message }) => message !== undefined)
  const body = JSON.stringify({
    id,
    functionalReferenceId: lrn,
    status: 'in-progress',
    plan,
    filings: own.map(({ id, agency, procedure, status, pending }) => ({ id, agency, procedure, status, pending })),
  })
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query({
      ...inserts.idempotency,
      values: [
        tenant,
        key,
        createHash('sha256').update(raw).digest('base64url'),
        202,
        body,
        `/v1/declarations/${id}`,
        at,
      ],
    })
    await client.query({
      ...inserts.declaration,
      values: [id, tenant, lrn, document.direction, planText, 1, at, at, noHash],
    })
    await client.query({ ...inserts.version, values: [id, 1, 'application/json', raw, at] })
    await client.query({
      ...inserts.event,
      values: [id, 1, 'declaration.accepted', `{"functionalReferenceId":"${lrn}","filings":6}`, at, noHash],
    })
    await client.query({
      ...inserts.filing,
      values: own.flatMap(({ id: filing, serial, agency, procedure, status, pending, particulars }, position) => [
        filing,
        id,
        position,
        serial,
        agency,
        procedure,
        status,
        rankOf(status),
        JSON.stringify(pending),
        JSON.stringify(particulars),
        at,
      ]),
    })
    await client.query({
      ...inserts.message,
      values: out.flatMap(({ id: filing, agency, message }) => [
        filing,
        agency,
        1,
        'submission',
        message?.method,
        message?.path,
        message?.contentType,
        message?.body,
        at,
      ]),
    })
    await client.query({
      ...inserts.delivery,
      values: out.flatMap(({ id: filing, agency }) => [filing, agency, 1, at, at]),
    })
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
  return body
}

const app = fastify({ ajv: { customOptions: { strict: false, coerceTypes: false, removeAdditional: false } } })
app.post<{ Body: z.infer<typeof declaration> }>(
  '/v1/declarations',
  { schema: { body: schema } },
  async (request, reply) => {
    const body = await accept(request.body, String(request.headers['idempotency-key']))
    return reply.code(202).type('application/json').send(body)
  },
)
console.log(JSON.stringify({ url: await app.listen({ host: '127.0.0.1', port: 0 }) }))
process.once('SIGTERM', () => process.exit(0))
