import { beforeAll, describe, expect, test } from 'vitest'
import { ownDatabase } from '../support/database.ts'

const { database } = await ownDatabase()
const { pool } = database

beforeAll(async () => {
  await pool.query(`INSERT INTO message (agency, kind, body, at) VALUES ('customs', 'push', 'as it came', now())`)
  await pool.query(
    `INSERT INTO event (declaration_id, number, type, data, at, hash) VALUES ('D', 1, 'declaration.accepted', '{}', now(), 'h')`,
  )
  await pool.query(
    `INSERT INTO declaration_version (declaration_id, version, media_type, raw, at) VALUES ('D', 1, 'application/json', '{}', now())`,
  )
  await pool.query(
    `INSERT INTO receipt (agency, digest, code, content, received_at) VALUES ('customs', 'x', 'P', '{}', now())`,
  )
  await pool.query(
    `INSERT INTO certificate_entry (type_code, number, use_id, kind, reserved, committed, uses, at) VALUES ('7', 'N', 'U', 'reserve', 1, 0, 1, now())`,
  )
  await pool.query(
    `INSERT INTO certificate_message (issuer, kind, method, path, at) VALUES ('i', 'verify', 'POST', '/x', now())`,
  )
  await pool.query(
    `INSERT INTO assistance_step (assistance_id, number, what, by, data, at) VALUES ('A', 1, 'asked', 'x', '{}', now())`,
  )
  await pool.query(`INSERT INTO closed_day (day, at) VALUES ('2026-11-20', now())`)
  await pool.query(
    `INSERT INTO seal (day, count, root, previous, hash, at) VALUES ('2026-11-20', 1, 'r', 'p', 'h', now())`,
  )
  await pool.query(
    `INSERT INTO seal_proof (declaration_id, day, position, head, path) VALUES ('D', '2026-11-20', 0, 'h', '')`,
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
    ['assistance_step', 'DELETE FROM assistance_step'],
    ['assistance_step', `UPDATE assistance_step SET what = 'answered'`],
    ['certificate_entry', 'UPDATE certificate_entry SET reserved = 0'],
    ['certificate_entry', 'DELETE FROM certificate_entry'],
    ['certificate_message', `UPDATE certificate_message SET answer = 'yes'`],
    ['certificate_message', 'DELETE FROM certificate_message'],
    ['closed_day', 'DELETE FROM closed_day'],
    ['closed_day', `UPDATE closed_day SET day = '2026-11-21'`],
    ['seal', `UPDATE seal SET root = 'another'`],
    ['seal', 'DELETE FROM seal'],
    ['seal_proof', `UPDATE seal_proof SET head = 'another'`],
    ['seal_proof', 'DELETE FROM seal_proof'],
  ])('%s refuses: %s', async (table, sql) => {
    const rows = async () => (await pool.query(`SELECT * FROM ${table}`)).rows
    const before = await rows()
    expect(before.length).toBe(1)
    await expect(pool.query(sql)).rejects.toThrow(`${table} is append-only`)
    expect(await rows()).toEqual(before)
  })

  test.each(['message', 'event', 'declaration_version', 'receipt', 'closed_day', 'seal', 'seal_proof'])(
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
