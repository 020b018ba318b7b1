import { describe, expect, test } from 'vitest'
import { readEditions } from '../../src/db/catalogue-reads.ts'
import { openDatabase, transaction } from '../../src/db/database.ts'
import { holdingOn } from '../../src/fees/editions.ts'
import { rebaseDraft } from '../../src/fees/rebase.ts'
import { withdrawEdition } from '../../src/fees/withdraw.ts'
import { type Desk, lin, newFee, openDesk, refusalOf, wang, zhao } from './drafting.ts'

const dayMs = 86_400_000
const holds = async (desk: Desk, day: string) => holdingOn(await readEditions(desk.database.pool), day)?.number
/** Two editions: one that holds, one that will from 2026-12-15 on. */
async function announced() {
  const desk = await openDesk()
  await desk.seed()
  await desk.publish([newFee('new-one')])
  return desk
}

describe('an edition that does not hold yet', async () => {
  const desk = await announced()
  test('never will: the one before goes on', async () => {
    expect(await holds(desk, '2026-12-15')).toBe(2)
    expect(await refusalOf(desk.withdraw(2, wang, { from: '2027-03-01' }))).toEqual({
      code: 'body-invalid',
      issues: ['/from not-in-force-yet'],
    })
    expect(await desk.withdraw(2)).toEqual({ edition: 2, from: '2026-12-15', holds: 1 })
    for (const day of ['2026-12-14', '2026-12-15', '2027-06-01']) expect(await holds(desk, day)).toBe(1)
  })
  test('is withdrawn once', async () =>
    expect(await refusalOf(desk.withdraw(2, zhao))).toMatchObject({ code: 'not-changeable' }))
  test('is gone for good: the next has another number, and follows it', async () => {
    const { number } = await desk.publish([newFee('again')])
    expect(number).toBe(3)
    const [third, second] = await readEditions(desk.database.pool)
    expect(third?.previousDigest).toBe(second?.digest)
    const draft = await desk.begin()
    expect(draft.base).toBe(3)
  })
})

describe('an edition that holds', async () => {
  const desk = await announced()
  desk.clock.at = Date.parse('2027-01-10T02:00:00Z')
  test('does so until the day that is named, tomorrow at the soonest; then what held before holds again', async () => {
    for (const from of ['2027-01-10', '2026-12-15'])
      expect(await refusalOf(desk.withdraw(2, wang, { from }))).toEqual({
        code: 'body-invalid',
        issues: ['/from too-early'],
      })
    expect(await desk.withdraw(2, wang, { from: '2027-02-01' })).toEqual({ edition: 2, from: '2027-02-01', holds: 1 })
    expect([await holds(desk, '2027-01-31'), await holds(desk, '2027-02-01')]).toEqual([2, 1])
  })
  test('of the past stays what it was', async () => expect(await holds(desk, '2026-12-20')).toBe(2))
  test('the last one goes only when that is meant', async () => {
    expect(await refusalOf(desk.withdraw(1, wang, { from: '2027-02-01' }))).toMatchObject({ code: 'nothing-left' })
    expect(await desk.withdraw(1, wang, { from: '2027-02-01', leavingNothing: true })).toMatchObject({
      holds: undefined,
    })
    expect(await holds(desk, '2027-02-01')).toBeUndefined()
    expect(await holds(desk, '2027-01-31')).toBe(2)
    // A draft begins with nothing then.
    expect((await desk.begin()).base).toBe(0)
  })
})

describe('who and when', async () => {
  const desk = await announced()
  test('not who approved it, and none that is not there', async () => {
    expect(await refusalOf(desk.withdraw(2, zhao))).toMatchObject({ code: 'own-draft' })
    expect(await refusalOf(desk.withdraw(7))).toMatchObject({ code: 'not-found' })
  })
  test('one that a later one took the place of changes nothing', async () => {
    desk.clock.at = Date.parse('2027-01-10T02:00:00Z')
    expect(await refusalOf(desk.withdraw(1))).toMatchObject({ code: 'not-changeable' })
  })
  test('two at once withdraw it once, and tell of it once', async () => {
    const other = await openDatabase(desk.url, () => undefined)
    const wanted = { reason: 'A slip', leavingNothing: false }
    const done = await Promise.allSettled(
      [desk.database, other].map((database) =>
        transaction(database.pool, (client) => withdrawEdition(client, wang, 2, wanted, desk.at())),
      ),
    )
    await other.close()
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { rows } = await desk.database.pool.query<{ type: string }>(
      "SELECT type FROM feed WHERE type = 'catalogue.withdrawn'",
    )
    expect(rows).toHaveLength(1)
  })
})

test('drafts on it are stale, and go over to what holds again', async () => {
  const desk = await announced()
  const { id } = await desk.begin(lin, { validFrom: '2027-01-15' })
  await desk.put(id, lin, newFee('other', { applies: { sizes: ['45'] } }))
  await desk.submit(id)
  await desk.withdraw(2)
  expect(await refusalOf(desk.approve(id))).toMatchObject({ code: 'draft-stale' })
  expect(await rebaseDraft(desk.database, desk.about(id, lin))).toMatchObject({ base: 1, put: 1, status: 'open' })
  await desk.submit(id)
  expect(await desk.approve(id)).toMatchObject({ number: 3 })
})

test('a withdrawal under an approval waits for it, and the other way round: never both on one base', async () => {
  const desk = await announced()
  const { id } = await desk.begin(lin, { validFrom: '2027-01-15' })
  await desk.put(id, lin, newFee('other', { applies: { sizes: ['45'] } }))
  await desk.submit(id)
  const other = await openDatabase(desk.url, () => undefined)
  const [approved, withdrawn] = await Promise.allSettled([
    desk.approve(id),
    transaction(other.pool, (client) =>
      withdrawEdition(client, wang, 2, { reason: 'x', leavingNothing: false }, new Date(desk.clock.at + dayMs)),
    ),
  ])
  await other.close()
  expect(withdrawn.status).toBe('fulfilled')
  // Whichever was first: an edition made from one that was withdrawn before is never there.
  const records = await readEditions(desk.database.pool)
  if (approved.status === 'rejected') expect(approved.reason).toMatchObject({ code: 'draft-stale' })
  expect(records).toHaveLength(approved.status === 'fulfilled' ? 3 : 2)
})

const countAll = (desk: Desk) =>
  Promise.all(['catalogue_edition', 'catalogue_edition_entry', 'catalogue_revision'].map(desk.count))

describe('what was published', async () => {
  const desk = await openDesk()
  await desk.seed()
  test.each([
    "UPDATE catalogue_edition SET title = 'Another'",
    "UPDATE catalogue_edition SET digest = 'another', signature = 'another'",
    "UPDATE catalogue_edition SET valid_from = '2025-01-01'",
    'DELETE FROM catalogue_edition',
    "UPDATE catalogue_revision SET content = '{}'",
    'DELETE FROM catalogue_revision',
    'DELETE FROM catalogue_edition_entry',
    'UPDATE catalogue_edition_entry SET edition = 2',
    'TRUNCATE catalogue_edition',
    'TRUNCATE catalogue_edition_entry',
    'TRUNCATE catalogue_revision',
  ])('stays as it is: %s', async (sql) => {
    const before = await countAll(desk)
    await expect(desk.database.pool.query(sql)).rejects.toThrow('is append-only')
    expect(await countAll(desk)).toEqual(before)
  })
  test('and so does its withdrawal', async () => {
    await desk.withdraw(1, wang, { leavingNothing: true })
    const undoing = desk.database.pool.query('UPDATE catalogue_edition SET withdrawn_at = NULL, withdrawn_from = NULL')
    await expect(undoing).rejects.toThrow('is append-only')
  })
})
