import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ExportLine } from '../../schemas/export.ts'
import { Broken } from '../../src/audit/broken.ts'
import { signerOf } from '../../src/audit/seal.ts'
import { sealDays } from '../../src/audit/sealer.ts'
import type { Database } from '../../src/db/database.ts'
import { ownDatabase } from '../support/database.ts'
import { accept, answer, exported, failure, refusedChange, sharedDocument } from './history.ts'
import { checked, linesIn, written } from './support.ts'

const { database } = await ownDatabase()
const signer = signerOf(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string)
const files: { trader: string; operator: string } = { trader: '', operator: '' }

/** Some days of a declaration, with every kind of line; and others that change on the same days. */
async function live(database: Database): Promise<string> {
  const past = await accept(database, '2026-03-01T10:00:00.000Z')
  const other = await accept(database, '2026-03-01T11:00:00.000Z')
  await failure(database, past, '2026-03-01T12:00:00.000Z')
  await answer(database, past, 'J', 'registered', '2026-03-02T10:00:00.000Z')
  await sharedDocument(database, [past, other], '2026-03-02T11:00:00.000Z')
  for (let count = 0; count < 5; count++) await accept(database, '2026-03-02T12:00:00.000Z')
  await refusedChange(database, past, '2026-03-03T09:00:00.000Z')
  await answer(database, past, 'P', 'approved', '2026-03-03T10:00:00.000Z')
  await sealDays(database, signer, new Date('2026-03-05T00:00:00Z'))
  return past.id
}

beforeAll(async () => {
  const id = await live(database)
  files.trader = await exported(database, id)
  files.operator = await exported(database, id, true)
})

/** Every way a value is changed without becoming another kind of value: texts at their beginning, middle and end. */
function changesOf(value: unknown): unknown[] {
  if (typeof value === 'string') {
    const flipped = (at: number) => value.slice(0, at) + (value[at] === 'b' ? 'c' : 'b') + value.slice(at + 1)
    const later = (digit: string) => String((Number(digit) + 1) % 10)
    const digits = [/\d(?=\D*$)/, /\d/].map((one) => value.replace(one, later))
    const all = [0, value.length >> 1, Math.max(0, value.length - 1)].map(flipped)
    return [...new Set([...all, ...digits, `${value} `, value.slice(1), ''])].filter((one) => one !== value)
  }
  if (typeof value === 'number') return [value + 1, value - 1, 0].filter((one) => one !== value)
  if (typeof value === 'boolean') return [!value]
  if (value === null) return ['b', 1]
  return []
}

/** Every field of a line changed, one at a time, arrays and what is in them too. */
function* tampered(value: unknown, path: string): Generator<[path: string, changed: unknown]> {
  for (const changed of changesOf(value)) yield [path, changed]
  if (Array.isArray(value)) {
    if (value.length > 0) yield [`${path}-`, value.slice(1)]
    if (value.length > 1) yield [`${path}~`, value.toReversed()]
    yield [`${path}+`, [...(value as unknown[]), value[0] ?? 'b']]
    for (const [at, one] of value.entries())
      for (const [where, changed] of tampered(one, `${path}/${at}`)) yield [where, value.with(at, changed)]
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      if (key === 'record') continue
      for (const [where, changed] of tampered(one, `${path}/${key}`)) yield [where, { ...value, [key]: changed }]
      const { [key]: _, ...without } = value as Record<string, unknown>
      yield [`${path}/${key} left out`, without]
    }
    yield [`${path}/added`, { ...value, added: 1 }]
  }
}

/** Whether a broken link was named where it is. */
function isNamed({ place }: Broken, line: ExportLine, number: number): boolean {
  if (place.line === number) return true
  switch (line.record) {
    case 'event':
      return place.event === line.number
    case 'export':
      return place.declarationId !== undefined
    case 'proof':
    case 'seal':
      return place.day !== undefined
    default:
      return place.record === line.record
  }
}

test('both exports are whole, with every kind of line', async () => {
  const all = { declaration: 1, version: 1, change: 1, filing: 2, message: 6, receipt: 3 }
  expect(await checked(files.trader, { key: signer.key })).toMatchObject({
    events: 9,
    kept: all,
    withheld: 1,
    proofs: 3,
  })
  expect(await checked(files.operator)).toMatchObject({ kept: all, withheld: 0 })
  expect(new Set(linesIn(files.operator).map(({ record }) => record)).size).toBe(11)
  expect(linesIn(files.trader).find((line) => line.record === 'message' && line.kind === 'document')).toMatchObject({
    body: null,
    bodySha256: expect.stringMatching(/^[\w-]{43}$/) as string,
  })
})

describe.each(['trader', 'operator'] as const)('the %s’s export', (whose) => {
  const kinds = ['export', 'event', 'declaration', 'version', 'change', 'filing', 'message', 'receipt', 'proof', 'seal']
  test.each(kinds)('every field of every %s, changed as a forger would: found, and named where it is', async (kind) => {
    const lines = linesIn(files[whose])
    let count = 0
    for (const [at, line] of lines.entries()) {
      if (line.record !== kind) continue
      for (const [path, changed] of tampered(line, '')) {
        count++
        const found = await checked(written(lines.with(at, changed as ExportLine)))
        const where = `${kind} ${at + 1}${path} = ${JSON.stringify(changed).slice(0, 300)}`
        expect(found, where).toBeInstanceOf(Broken)
        expect(isNamed(found as Broken, line, at + 1), `${where}: ${JSON.stringify((found as Broken).place)}`).toBe(
          true,
        )
      }
    }
    expect(count).toBeGreaterThan(10)
  })

  test('a line taken out, or put in twice, is found', async () => {
    const lines = linesIn(files[whose])
    for (const [at, line] of lines.entries()) {
      const where = `${line.record} ${at + 1}`
      const isNewest = line.record === 'seal' && lines[at + 1]?.record === 'end'
      if (line.record !== 'end' && !isNewest)
        expect(await checked(written(lines.toSpliced(at, 1))), where).toBeInstanceOf(Broken)
      expect(await checked(written(lines.toSpliced(at, 0, line))), where).toSatisfy(
        (found) => found instanceof Broken || line.record === 'end',
      )
    }
  })

  test('two events or two seals that changed places are found', async () => {
    const lines = linesIn(files[whose])
    for (const [at, line] of lines.entries()) {
      const next = lines[at + 1]
      if (next?.record !== line.record || (line.record !== 'event' && line.record !== 'seal')) continue
      expect(await checked(written(lines.with(at, next).with(at + 1, line)))).toBeInstanceOf(Broken)
    }
  })
})

test('a tail that was cut with everything it bound is shown by the seal', async () => {
  const lines = linesIn(files.operator)
  const events = lines.filter((line) => line.record === 'event')
  const kept = events.slice(0, 4)
  const bound = new Set(kept.flatMap(({ binds }) => binds.map((text) => text.split(' ')[2])))
  expect(bound.size).toBeGreaterThan(3)
  const cut = lines.filter(
    ({ record }) => record === 'export' || record === 'proof' || record === 'seal' || record === 'end',
  )
  const [head, ...rest] = cut
  if (head?.record !== 'export') throw new Error('no head')
  const shorter = { ...head, events: 4, head: kept[3]?.hash ?? '' }
  const found = await checked(written([shorter, ...kept, ...rest]))
  expect(found).toBeInstanceOf(Broken)
})

test('a file that breaks off anywhere is not whole', async () => {
  const text = files.trader
  for (let length = 0; length < text.length; length += 211)
    expect(await checked(text.slice(0, length)), String(length)).toBeInstanceOf(Broken)
  const last = text.trimEnd().lastIndexOf('\n')
  expect(await checked(text.slice(0, last + 1))).toMatchObject({ message: 'the file ends before its end' })
})

test('a byte changed anywhere is found', async () => {
  const bytes = Buffer.from(files.trader)
  for (let at = 0; at < bytes.length - 1; at += 61) {
    const flipped = Buffer.from(bytes)
    flipped[at] = (bytes[at] ?? 0) ^ (1 + (at % 127))
    expect(await checked(flipped), `${at}: ${flipped.toString('latin1', at - 20, at + 20)}`).toBeInstanceOf(Broken)
  }
})

test.each(['', '\n', '{}', '[1]', 'null', '{"record":"event"}', '<html>', '\uFEFF{}', '{"record":"export"'])(
  'what is no export is said to be none: %j',
  async (text) => {
    expect(await checked(text)).toMatchObject({ place: { line: 1 } })
  },
)
