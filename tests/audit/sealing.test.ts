import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { Broken } from '../../src/audit/broken.ts'
import { signerOf } from '../../src/audit/seal.ts'
import { sealDays } from '../../src/audit/sealer.ts'
import { verifyDatabase } from '../../src/audit/verify-database.ts'
import { readSeals } from '../../src/db/audit-reads.ts'
import { closeDay } from '../../src/db/seals.ts'
import { ownDatabase } from '../support/database.ts'
import { accept, answer, exported, type Past } from './history.ts'
import { checked } from './support.ts'

const { database } = await ownDatabase()
const { pool } = database
const { privateKey } = generateKeyPairSync('ed25519')
const signer = signerOf(privateKey.export({ format: 'pem', type: 'pkcs8' }) as string)
const late = '2026-03-20T12:00:00.000Z'

let early: Past
beforeAll(async () => {
  early = await accept(database, '2026-03-01T23:59:59.999Z')
  await answer(database, early, 'P', 'approved', '2026-03-02T00:00:00.000Z')
  for (let count = 0; count < 6; count++) await accept(database, '2026-03-02T10:00:00.000Z')
})

test('a day is sealed once it ended an hour ago, and not before', async () => {
  expect(await sealDays(database, undefined, new Date('2026-03-02T00:59:59.999Z'))).toEqual([])
  expect(await sealDays(database, undefined, new Date('2026-03-02T01:00:00.000Z'))).toEqual(['2026-03-01'])
  expect(await sealDays(database, undefined, new Date('2026-03-02T01:00:00.000Z'))).toEqual([])
  expect(await readSeals(pool, '')).toMatchObject([{ day: '2026-03-01', count: 1, signature: null, key: null }])
})

test('no event comes into a day that is closed, nor before it', async () => {
  for (const at of ['2026-03-01T23:59:59.999Z', '2026-02-01T00:00:00.000Z'])
    await expect(accept(database, at)).rejects.toThrow(/dated in a day that is closed/)
  await expect(answer(database, early, 'R', 'closed', '2026-03-01T10:00:00.000Z')).rejects.toThrow(/closed/)
  await verifyDatabase(pool)
})

test('a day is closed only when nobody is writing', async () => {
  const writer = await pool.connect()
  await writer.query('BEGIN')
  await writer.query(
    `INSERT INTO event (declaration_id, number, type, data, at, hash) VALUES ('X', 1, 'x', '{}', '2026-03-02T09:00:00Z', 'h')`,
  )
  try {
    expect(await closeDay(database, '2026-03-02', new Date(late))).toBe(false)
    expect(await sealDays(database, undefined, new Date(late))).toEqual([])
  } finally {
    await writer.query('ROLLBACK')
    writer.release()
  }
})

test('missed days are caught up, those without events left out; of several workers each day is sealed by one', async () => {
  await accept(database, '2026-03-09T10:00:00.000Z')
  await answer(database, early, 'R', 'closed', '2026-03-10T10:00:00.000Z')
  const days = await Promise.all(Array.from({ length: 3 }, () => sealDays(database, signer, new Date(late))))
  // Who found another at work leaves it to that one; whoever comes next goes on.
  days.push(await sealDays(database, signer, new Date(late)))
  expect(days.flat().sort()).toEqual(['2026-03-02', '2026-03-09', '2026-03-10'])
  const seals = await readSeals(pool, '')
  expect(seals.map(({ day, count }) => [day, count])).toEqual([
    ['2026-03-01', 1],
    ['2026-03-02', 7],
    ['2026-03-09', 1],
    ['2026-03-10', 1],
  ])
  for (const [at, { previous }] of seals.entries()) if (at > 0) expect(previous).toBe(seals[at - 1]?.hash)
  expect(await verifyDatabase(pool)).toMatchObject({ declarations: 8, proofs: 10, seals: 4 })
})

test('a day that was closed by a worker that died then is sealed by the next', async () => {
  const past = await accept(database, '2026-03-11T10:00:00.000Z')
  expect(await closeDay(database, '2026-03-11', new Date(late))).toBe(true)
  expect(await sealDays(database, signer, new Date(late))).toEqual(['2026-03-11'])
  expect(await checked(await exported(database, past.id))).toMatchObject({ proofs: 1, newest: { day: '2026-03-11' } })
})

test('a sealing that breaks off leaves nothing, and is done again', async () => {
  await accept(database, '2026-03-12T10:00:00.000Z')
  const breaking = {
    key: signer.key,
    sign: () => {
      throw new Error('the key is away')
    },
  }
  await expect(sealDays(database, breaking, new Date(late))).rejects.toThrow('the key is away')
  const { rows } = await pool.query("SELECT FROM seal_proof WHERE day = '2026-03-12'")
  expect(rows).toHaveLength(0)
  expect(await sealDays(database, signer, new Date(late))).toEqual(['2026-03-12'])
})

describe('what a reader knows from elsewhere', () => {
  test('the seals must end under the operator’s key', async () => {
    const recent = await accept(database, '2026-03-13T10:00:00.000Z')
    await sealDays(database, signer, new Date(late))
    expect(await checked(await exported(database, recent.id), { key: signer.key })).toMatchObject({ proofs: 1 })
    const others = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x
    expect(await checked(await exported(database, recent.id), { key: others })).toMatchObject({
      place: { day: '2026-03-13' },
      message: `the newest seal is signed with another key: ${signer.key}`,
    })
    // Its first day was sealed before there was a key: the chain puts it under the later one.
    expect(await checked(await exported(database, early.id), { key: signer.key })).toMatchObject({ proofs: 3 })
    const newest = await accept(database, '2026-03-14T10:00:00.000Z')
    expect(await checked(await exported(database, newest.id), { key: signer.key })).toMatchObject({
      message: 'there is no seal the key could be held against',
    })
    await sealDays(database, undefined, new Date(late))
    expect(await checked(await exported(database, newest.id), { key: signer.key })).toMatchObject({
      place: { day: '2026-03-14' },
      message: 'the newest seal is not signed',
    })
  })

  test('a seal that was published must be among them', async () => {
    const text = await exported(database, early.id)
    const [first] = await readSeals(pool, '')
    expect(await checked(text, { seal: first?.hash })).toMatchObject({ proofs: 3 })
    expect(await checked(text, { seal: 'x'.repeat(43) })).toBeInstanceOf(Broken)
    await expect(verifyDatabase(pool, { seal: 'x'.repeat(43) })).rejects.toThrow('no seal has the hash')
  })

  test('only an Ed25519 key signs', () => {
    const { privateKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    expect(() => signerOf(other.export({ format: 'pem', type: 'pkcs8' }) as string)).toThrow('Ed25519')
    expect(() => signerOf('no key')).toThrow(/DECODER|asn1/i)
    const der = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
    expect(signerOf(der).key).toBe(signer.key)
  })
})
