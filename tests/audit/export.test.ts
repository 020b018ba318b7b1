import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Broken } from '../../src/audit/broken.ts'
import { sealDays } from '../../src/audit/sealer.ts'
import { verifyDatabase } from '../../src/audit/verify-database.ts'
import { limits } from '../../src/limits.ts'
import { problemOf, smallSample, smallWorld } from '../routes/support.ts'
import { tamper } from './history.ts'
import { checked, linesIn, written } from './support.ts'

const world = await smallWorld()
const folder = await mkdtemp(join(tmpdir(), 'yuchuang-export-'))
afterAll(() => rm(folder, { recursive: true }))
let id: string
/** One whose document began with a byte order mark. */
let markedId: string
let text: string
const get = (key?: string, method = 'GET', of = id) => world.call(method, `/v1/declarations/${of}/export`, { key })

beforeAll(async () => {
  const { body } = await world.post(smallSample())
  id = body.id
  markedId = (await world.post(Buffer.from(`\uFEFF${JSON.stringify(smallSample())}`))).body.id
  await world.idle()
  await sealDays(world.database, undefined, new Date(world.now() + 2 * 86_400_000))
  text = await (await get()).text()
})

describe('200', () => {
  test('one file, every message, every proof: it verifies without us', async () => {
    const response = await get()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="declaration-${id}.ndjson"`)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const found = await checked(await response.text())
    expect(found).toMatchObject({ declarationId: id, kept: { declaration: 1, version: 1, filing: 2 } })
    if (found instanceof Broken) throw found
    const messages = await world.call('GET', `/v1/declarations/${id}/messages?limit=200`)
    const { data } = (await messages.json()) as { data: { body?: string; withheld?: unknown; at: string }[] }
    expect(found.kept['message']).toBe(data.length)
    const inFile = linesIn(text).filter((line) => line.record === 'message')
    expect(inFile.map(({ body }) => body ?? undefined)).toEqual(data.map(({ body }) => body))
    expect(found.withheld).toBe(data.filter(({ withheld }) => withheld !== undefined).length)
  })

  test('an operator’s has what a trader’s has by its digest only', async () => {
    const whole = await checked(await (await get(world.keys.admin)).text())
    expect(whole).toMatchObject({ declarationId: id, withheld: 0 })
  })

  test('a document that came with a byte order mark is kept without it, and bound as it is kept', async () => {
    const marked = await (await get(undefined, 'GET', markedId)).text()
    expect(await checked(marked)).toMatchObject({ declarationId: markedId, kept: { version: 1 } })
    expect(linesIn(marked).find((line) => line.record === 'version')?.raw[0]).toBe('{')
  })

  test('HEAD tells without making it', async () => {
    const response = await get(undefined, 'HEAD')
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/x-ndjson',
      '',
    ])
  })
})

test('404: somebody else’s, and none', async () => {
  await problemOf(await get(world.keys.stranger), 'not-found')
  await problemOf(await get(undefined, 'GET', '0'.repeat(20)), 'not-found')
})
test('401 and 403', async () => {
  await problemOf(await get(''), 'unauthenticated')
  await problemOf(await get(world.keys.integrator), 'forbidden')
})
test('503 while too many are made; one that is given up makes room', async () => {
  const open = await Promise.all(Array.from({ length: limits.exports }, () => get()))
  const turnedAway = await get()
  expect(turnedAway.headers.get('retry-after')).toBe('5')
  await problemOf(turnedAway, 'unavailable')
  for (const response of open) await response.body?.cancel()
  expect(await checked(await (await get()).text())).toMatchObject({ declarationId: id })
})

describe('npm run audit:verify', () => {
  const run = async (args: readonly string[], env: Record<string, string> = {}) => {
    const child = spawn(process.execPath, ['src/audit/main.ts', ...args], {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { ...process.env, ...env },
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number]
    return { code, said }
  }
  const file = async (content: string) => {
    const path = join(folder, `${Math.random()}.ndjson`)
    await writeFile(path, content)
    return path
  }

  test('0: a whole file', async () => {
    const { code, said } = await run([await file(text)])
    expect(said).toMatch(
      new RegExp(`^Whole: declaration ${id}, \\d+ events, 1 declaration, 1 version, 2 filings, \\d+ messages`),
    )
    expect(said).toMatch(/Sealed up to 2026-11-21, seal [\w-]{43}\.\nIt is whole in itself/)
    expect(code).toBe(0)
  })

  test('1: a broken one, with its first broken link', async () => {
    const lines = linesIn(text)
    const at = lines.findIndex((line) => line.record === 'event' && line.number === 3)
    const event = lines[at]
    if (event?.record !== 'event') throw new Error('no third event')
    const { code, said } = await run([await file(written(lines.with(at, { ...event, data: '{}' })))])
    expect([code, said]).toEqual([
      1,
      `BROKEN: declaration ${id} · event 3 · its content and the hash of the event before do not give its hash\n`,
    ])
  })

  test('2: nothing to check', async () => {
    for (const args of [[], ['a', 'b'], ['a', '--database'], ['--what'], ['no-such-file']])
      expect((await run(args)).code).toBe(2)
  })

  test('a database: 0 when whole, 1 with the first broken link', async () => {
    const found = await verifyDatabase(world.database.pool)
    const whole = await run(['--database'], { DATABASE_URL: world.url })
    expect(whole.said).toContain(`Whole: ${found.declarations} declarations, `)
    expect(whole.code).toBe(0)
    const typed = (type: string) =>
      tamper(world.database, ['UPDATE event SET type = $2 WHERE declaration_id = $1 AND number = 2', id, type])
    const { rows } = await world.database.pool.query<{ type: string }>(
      'SELECT type FROM event WHERE declaration_id = $1 AND number = 2',
      [id],
    )
    await typed('other')
    const { code, said } = await run(['--database'], { DATABASE_URL: world.url })
    await typed(rows[0]?.type ?? '')
    expect([code, said]).toEqual([1, expect.stringContaining(`BROKEN: declaration ${id} · event 2 · `)])
  })
})
