import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evBatteries, openWorld } from '../support/world.ts'
import { freshKey } from './support.ts'

const world = await openWorld()

/** Values that break code which trusts a schema to have read a value as it means it. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e21, 99_999_999_999_999, '', ' ', '0', '-1', '0.00000', '1e5', 'NaN', 'Infinity', '99999999999999.99999', '00', '٣', 'a'.repeat(10_000), '长'.repeat(4_000)),
  fc.constantFrom<unknown>('__proto__', 'constructor', 'toString', 'hasOwnProperty', '<![CDATA[', ']]>', '&lt;', '<a/>', '&#0;', '"', "'", '\\', '|', '%', '\u0007', '\u2028', '\uFEFF', '\uFFFE', '🚢', '\u202E', 'é', '../../', '${1}'),
  fc.constantFrom<unknown>('2026-02-30', '0000-01-01', '9999-12-31', '2026-01-01T24:00:00Z', '2026-01-01T00:00:00+23:59', '2026-11-21', '9999-12-31T23:59:59-23:59', '1900-01-01T00:00:00Z'),
  fc.constantFrom<unknown>('CN', 'SG', 'XX', 'CHN', 'USD', 'XXX', 'KGM', 'CN001', 'CNCHQ', 'SGSIN', '0110', '0615', '8507600020', '0202300090', '3480', '1', '4', '8', '9', 'Z', 'I', 'import', 'export'),
  fc.constantFrom<unknown>([], {}, [null], [[]], [''], { a: 1 }, [{}], Array(60).fill('1')),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.double().map((value) => (Number.isFinite(value) ? value : 0)),
)

type Node = Record<string, unknown> | unknown[]
/** Every place in a document, as paths. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, child]) => placesIn(child, [...path, key]))]
}

const mutation = fc.record({ place: fc.nat(), how: fc.constantFrom('replace', 'alike', 'alike', 'alike', 'delete', 'add', 'double', 'swap'), value: hostile, other: fc.nat() })
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never

/** A declaration with some of its places deleted, replaced, doubled or swapped. */
function mutate(document: unknown, mutations: readonly Mutation[]): unknown {
  const copy = structuredClone(document) as Node
  for (const { place, how, value, other } of mutations) {
    const places = placesIn(copy).slice(1)
    const path = places[place % places.length] ?? []
    const parentOf = (one: readonly string[]) => one.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], copy) as Record<string, unknown>
    const [parent, key] = [parentOf(path), path.at(-1) ?? '']
    if (how === 'delete') Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key]
    else if (how === 'add') Array.isArray(parent) ? parent.push(value) : (parent[`${key}2`] = value)
    else if (how === 'double' && Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)]))
    else if (how === 'alike') parent[key] = alike(parent[key], other)
    else if (how === 'swap') parent[key] = structuredClone(valueAt(copy, places[other % places.length] ?? []))
    else parent[key] = value
  }
  return copy
}
/** Another value of the same kind, such as a schema lets through: what is wrong with it only an agency's check can see. */
function alike(value: unknown, pick: number): unknown {
  const oneOf = (values: readonly unknown[]) => values[pick % values.length]
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return oneOf([0, 1, 2, 12, 50, 51, 99_999_999])
  if (typeof value !== 'string') return value
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return oneOf(['2026-11-30T00:00:00Z', '2020-01-01T00:00:00+08:00', '9999-12-31T23:59:59-12:00', '0001-01-01T00:00:00Z', '2026-11-25T08:00:00.123456+14:00'])
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return oneOf(['2026-11-30', '2020-02-29', '9999-12-31', '0000-01-01'])
  if (/^\d+(\.\d+)?$/.test(value)) return oneOf(['0', '0.01', '0.00001', '1', '99999999999999', '99999999999999.99', '0110', '1234', '4400', '9'])
  return oneOf(['<&>"\'', '🚢', '长', 'A', 'AA', 'CN', 'SG', 'US', 'HK', 'USD', 'JPY', 'KGM', 'C62', 'MTQ', 'XX', '长'.repeat(35), 'x'.repeat(100), ' x ', '|', ']]>', 'N/A', 'x\u200By', '-'])
}
const valueAt = (document: unknown, path: readonly string[]): unknown => path.reduce((at, key) => (at as Record<string, unknown>)[key], document)

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
    if (process.env['FUZZ_SHOW']) console.log('SHOW', pointer, detail)
    expect([typeof pointer, detail === '', detailZh === '']).toEqual(['string', false, false])
    expect(detail).not.toContain('[object Object]')
    expect(detail).not.toMatch(/\b(undefined|Cannot read|is not a function|\[big\.js\])/)
  }
}

test(
  'no canonical declaration, however mutilated, is our mistake',
  async () => {
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
    for (const status of [202, 422]) expect(tally.get(status)).toBeGreaterThan(runs / 20)
  },
  120_000,
)

/** A dry run answers 200 with issues where the real one answers 422; their texts are the same. */
async function demandAnAnswer200(response: Response, body: string) {
  if (response.status >= 400) return demandAnAnswer(response, body)
  const { acceptable, errors } = (await response.json()) as { acceptable: boolean; errors: unknown[] }
  expect(acceptable).toBe(errors.length === 0)
}

test(
  'no broker’s XML, however mutilated, is our mistake',
  async () => {
    const xml = readFileSync(new URL('../support/samples/export-ev-batteries-dangerous.xml', import.meta.url), 'utf8')
    const values = [...xml.matchAll(/>([^<>\s][^<>]*)</g)].map(({ index, 1: value = '' }) => ({ start: index + 1, end: index + 1 + value.length }))
    const written = fc.oneof(
      fc.constantFrom('', '0', '-1', 'constructor', '__proto__', '&#0;', '&#xD800;', '&lt;a&gt;', '<a/>', '<![CDATA[x]]>', '<!-- -->', '9'.repeat(400), '1e5', 'NaN', '2026-02-30', '20260230', '0110', 'CHN', '502', '长'.repeat(300), '\u0007', '\uFFFE', '|||', '🚢'),
      fc.string({ maxLength: 12 }).map((text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
    )
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: values.length - 1 }), written), { minLength: 1, maxLength: 3 }), async (changes) => {
        let body = xml
        for (const [at, value] of [...changes].sort(([a], [b]) => b - a)) {
          const { start, end } = values[at] ?? { start: 0, end: 0 }
          body = body.slice(0, start) + value + body.slice(end)
        }
        run++
        await demandAnAnswer(await world.call('POST', `/v1/declarations?dryRun=true`, { body, contentType: 'application/xml' }), body).catch(async (error: unknown) => {
          throw new Error(`run ${run}`, { cause: error })
        })
        await demandAnAnswer(await world.call('POST', '/v1/declarations', { body, contentType: 'application/xml', headers: freshKey() }), body)
      }),
      { numRuns: runs, seed, endOnFailure: false },
    )
  },
  120_000,
)

test(
  'no bytes are our mistake',
  async () => {
    const text = JSON.stringify(evBatteries())
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('application/json', 'application/xml'),
        fc.oneof(
          fc.json().map((json) => Buffer.from(json)),
          fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
          fc.tuple(fc.nat({ max: text.length }), fc.string({ maxLength: 3 })).map(([at, extra]) => Buffer.from(text.slice(0, at) + extra + text.slice(at + extra.length))),
        ),
        async (contentType, bytes) => {
          const response = await world.call('POST', '/v1/declarations', { body: new Uint8Array(bytes), contentType, headers: freshKey() })
          const answer = await response.text()
          if (response.status >= 500) throw new Error(`${response.status} ${answer}`)
        },
      ),
      { numRuns: runs, seed },
    )
  },
  60_000,
)
