import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evBatteries, openWorld } from '../support/world.ts'
import { mutate, mutation } from './hostile.ts'
import { freshKey } from './support.ts'

const world = await openWorld()

const runs = Number(process.env['FUZZ_RUNS'] ?? 200)
const seed = process.env['FUZZ_SEED'] === undefined ? 20_261_121 : Number(process.env['FUZZ_SEED'])

/** How often each status was answered: a test whose every body is refused at the door would find nothing. */
const tally = new Map<number, number>()
/** What an answer to a hostile body may be: an answer, never our mistake, and a 422 that says where and why. */
async function demandAnAnswer(response: Response, body: string) {
  const text = await response.text()
  if (response.status >= 500) throw new Error(`${response.status} ${text} to ${body.slice(0, 20_000)}`)
  expect([200, 202, 400, 413, 422]).toContain(response.status)
  tally.set(response.status, (tally.get(response.status) ?? 0) + 1)
  if (response.status < 400) return
  const document = JSON.parse(text) as { errors?: { pointer: string; detail: string; detailZh: string }[] }
  expect(document.errors?.length).toBeGreaterThan(0)
  for (const { pointer, detail, detailZh } of document.errors ?? []) {
    expect([typeof pointer, detail === '', detailZh === '']).toEqual(['string', false, false])
    expect(detail).not.toContain('[object Object]')
    expect(detail).not.toMatch(/\b(undefined|Cannot read|is not a function|\[big\.js\])/)
  }
}

test('no canonical declaration, however mutilated, is our mistake', async () => {
  const sample = evBatteries()
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
      const declaration = mutate({ ...sample, functionalReferenceId: `FUZZ${++run}` }, mutations)
      const body = JSON.stringify(declaration)
      await demandAnAnswer(await world.call('POST', '/v1/declarations', { body, headers: freshKey() }), body)
      await demandAnAnswer200(await world.call('POST', '/v1/declarations?dryRun=true', { body }), body)
    }),
    { numRuns: runs, seed, endOnFailure: false },
  )
  for (const status of [202, 422]) expect(tally.get(status)).toBeGreaterThan(runs / 100)
}, 120_000)

/** A dry run answers 200 with issues where the real one answers 422; their texts are the same. */
async function demandAnAnswer200(response: Response, body: string) {
  if (response.status >= 400) return demandAnAnswer(response, body)
  const { acceptable, errors } = (await response.json()) as { acceptable: boolean; errors: unknown[] }
  expect(acceptable).toBe(errors.length === 0)
}

test('no broker’s XML, however mutilated, is our mistake', async () => {
  const xml = readFileSync(new URL('../support/samples/export-ev-batteries-dangerous.xml', import.meta.url), 'utf8')
  const values = [...xml.matchAll(/>([^<>\s][^<>]*)</g)].map(({ index, 1: value = '' }) => ({
    start: index + 1,
    end: index + 1 + value.length,
  }))
  const written = fc.oneof(
    fc.constantFrom(
      '',
      '0',
      '-1',
      'constructor',
      '__proto__',
      '&#0;',
      '&#xD800;',
      '&lt;a&gt;',
      '<a/>',
      '<![CDATA[x]]>',
      '<!-- -->',
      '9'.repeat(400),
      '1e5',
      'NaN',
      '2026-02-30',
      '20260230',
      '0110',
      'CHN',
      '502',
      '长'.repeat(300),
      '\u0007',
      '\uFFFE',
      '|||',
      '🚢',
    ),
    fc.string({ maxLength: 12 }).map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
  )
  tally.clear()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat({ max: values.length - 1 }), written), { minLength: 1, maxLength: 3 }),
      async (changes) => {
        let body = xml
        for (const [at, value] of [...changes].sort(([a], [b]) => b - a)) {
          const { start, end } = values[at] ?? { start: 0, end: 0 }
          body = body.slice(0, start) + value + body.slice(end)
        }
        await demandAnAnswer(
          await world.call('POST', `/v1/declarations?dryRun=true`, { body, contentType: 'application/xml' }),
          body,
        )
        await demandAnAnswer(
          await world.call('POST', '/v1/declarations', { body, contentType: 'application/xml', headers: freshKey() }),
          body,
        )
      },
    ),
    { numRuns: runs, seed, endOnFailure: false },
  )
  for (const status of [200, 422]) expect(tally.get(status)).toBeGreaterThan(runs / 100)
}, 120_000)

test('no bytes are our mistake', async () => {
  tally.clear()
  const text = JSON.stringify(evBatteries())
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('application/json', 'application/xml'),
      fc.oneof(
        fc.json().map((json) => Buffer.from(json)),
        fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
        fc
          .tuple(fc.nat({ max: text.length }), fc.string({ maxLength: 3 }))
          .map(([at, extra]) => Buffer.from(text.slice(0, at) + extra + text.slice(at + extra.length))),
      ),
      async (contentType, bytes) => {
        const response = await world.call('POST', '/v1/declarations', {
          body: new Uint8Array(bytes),
          contentType,
          headers: freshKey(),
        })
        expect([202, 400, 422]).toContain(response.status)
        tally.set(response.status, (tally.get(response.status) ?? 0) + 1)
      },
    ),
    { numRuns: runs, seed },
  )
  for (const status of [400, 422]) expect(tally.get(status)).toBeGreaterThan(runs / 100)
}, 60_000)
