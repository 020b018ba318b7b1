import { beforeAll, describe, expect, test } from 'vitest'
import { ownDatabase } from '../support/database.ts'

const { database } = await ownDatabase()
const { pool } = database

beforeAll(async () => {
  await pool.query(`INSERT INTO message (agency, kind, body, at) VALUES ('customs', 'push', 'as it came', now())`)
  await pool.query(
    `INSERT INTO event (declaration_id, number, type, data, at) VALUES ('D', 1, 'declaration.accepted', '{}', now())`,
  )
  await pool.query(
    `INSERT INTO declaration_version (declaration_id, version, media_type, raw, at) VALUES ('D', 1, 'application/json', '{}', now())`,
  )
  await pool.query(
    `INSERT INTO receipt (agency, digest, code, content, received_at) VALUES ('customs', 'x', 'P', '{}', now())`,
  )
})

describe('what was said and sent stays as it is', () => {
  test.each([
    ['message', `UPDATE message SET body = 'as we wish it had come'`],
    ['message', 'DELETE FROM message'],
    ['message', `UPDATE message SET body = body`],
    ['event', `UPDATE event SET data = '{"at":"another time"}'`],
    ['event', 'DELETE FROM event'],
    ['declaration_version', `UPDATE declaration_version SET raw = '[]'`],
    ['declaration_version', 'DELETE FROM declaration_version'],
    ['receipt', 'DELETE FROM receipt'],
  ])('%s refuses: %s', async (table, sql) => {
    const rows = async () => (await pool.query(`SELECT * FROM ${table}`)).rows
    const before = await rows()
    expect(before.length).toBe(1)
    await expect(pool.query(sql)).rejects.toThrow(`${table} is append-only`)
    expect(await rows()).toEqual(before)
  })

  test.each(['message', 'event', 'declaration_version', 'receipt'])(
    '%s cannot be emptied at once either',
    async (table) => {
      await expect(pool.query(`TRUNCATE ${table}`)).rejects.toThrow(`${table} is append-only`)
    },
  )

  test.each([
    `content = '{"code":"R"}'`,
    `code = 'R'`,
    `status = 'approved'`,
    `digest = 'y'`,
    `agency = 'tax'`,
    `message_id = 7`,
    `at = now()`,
    `received_at = now()`,
  ])('a receipt’s words do not change: %s', async (change) => {
    await expect(pool.query(`UPDATE receipt SET ${change}`)).rejects.toThrow('receipt is append-only')
  })

  test('whom a receipt speaks of may be learned, once', async () => {
    await pool.query(`UPDATE receipt SET filing_id = 'F', attempt = 1`)
    await expect(pool.query(`UPDATE receipt SET filing_id = 'G'`)).rejects.toThrow('receipt is append-only')
    await expect(pool.query(`UPDATE receipt SET filing_id = NULL`)).rejects.toThrow('receipt is append-only')
  })
})
