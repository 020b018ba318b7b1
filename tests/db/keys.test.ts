import { expect, test } from 'vitest'
import { replaceKey } from '../../src/db/key-ring.ts'
import { callerOf, hashOfKey, insertKey, newKey, revokeKey } from '../../src/db/keys.ts'
import { ownDatabase, stillOpen, untilBlocked } from '../support/database.ts'

const { database } = await ownDatabase()

test('a key that is revoked while another is put in its place is revoked', async () => {
  const key = newKey('trader')
  const at = new Date()
  await insertKey(database.pool, { id: 'OLD', key, name: 'x', role: 'trader' }, at)
  const wanted = { scope: {}, id: 'OLD', fresh: { id: 'NEW', key: newKey }, endsAt: new Date('9999-12-31'), most: 10 }
  const by = { name: 'x', keyHash: hashOfKey(key), expiresAt: null }
  const replacing = await stillOpen(database.pool, (client) => replaceKey(client, wanted, by, at))
  const revoking = revokeKey(database, key)
  await untilBlocked(database.pool)
  await replacing.end()
  await revoking
  expect(await callerOf(database, key)).toBeUndefined()
  const { rows } = await database.pool.query(
    "SELECT number, what FROM api_key_step WHERE key_id = 'OLD' ORDER BY number",
  )
  expect(rows).toEqual([
    { number: 1, what: 'made' },
    { number: 2, what: 'replaced' },
    { number: 3, what: 'revoked' },
  ])
})
