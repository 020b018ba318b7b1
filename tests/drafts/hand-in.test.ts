import { afterEach, expect, test } from 'vitest'
import type { DeclarationDraftAnswer } from '../../schemas/declaration-draft.ts'
import { freshKey, problemOf } from '../routes/support.ts'
import { laptops } from '../support/world.ts'
import { openDraftDesk, root, type SeenDraft } from './desk.ts'

const { world, begin, put: putWhole, handIn, heldByCustoms } = await openDraftDesk()
const { pool } = world.database
const put = (draft: SeenDraft, document: unknown) => putWhole(draft, { document })
const declarationsOf = async (lrn: string) =>
  (await pool.query<{ id: string }>('SELECT id FROM declaration WHERE functional_reference_id = $1', [lrn])).rows.length
const isThere = async ({ id }: { id: string }) => (await world.call('GET', `${root}/${id}`)).status === 200

/** Lets one of the tables a submission writes to refuse, as if the process had ended at that very line. */
async function breakAt(table: string, work: () => Promise<void>): Promise<void> {
  await pool.query(
    `CREATE OR REPLACE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the process ended here' USING ERRCODE = 'XX001'; END $$`,
  )
  await pool.query(`CREATE TRIGGER broken BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION broken()`)
  try {
    await work()
  } finally {
    await pool.query(`DROP TRIGGER broken ON ${table}`)
  }
}
afterEach(async () => {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM declaration_draft JOIN declaration_draft_outcome ON draft_id = id',
  )
  expect(rows, 'drafts that are there although they were handed in').toEqual([])
})

test.each([
  'idempotency',
  'declaration',
  'declaration_version',
  'event',
  'filing',
  'message',
  'delivery',
  'declaration_draft_outcome',
])(
  'a submission that breaks off at %s leaves the draft and nothing else, and goes through the next time',
  async (table) => {
    const document = laptops()
    const draft = await begin({ document })
    await breakAt(table, async () => {
      expect((await handIn(draft)).status).toBe(500)
      expect(await declarationsOf(document.functionalReferenceId)).toBe(0)
      expect(await isThere(draft)).toBe(true)
    })
    expect((await handIn(draft)).status).toBe(202)
    expect(await declarationsOf(document.functionalReferenceId)).toBe(1)
  },
)

test('an answer that was lost is given again, and nothing is handed in twice', async () => {
  const document = laptops()
  const draft = await begin({ document })
  const headers = freshKey()
  const [first, again] = [await handIn(draft, headers), await handIn(draft, headers)]
  expect([again.status, await again.text()]).toEqual([202, await first.text()])
  expect(await declarationsOf(document.functionalReferenceId)).toBe(1)
})

test('of many who hand in the same draft at once, one does', async () => {
  const document = laptops()
  const draft = await begin({ document })
  const answers = await Promise.all(Array.from({ length: 8 }, () => handIn(draft)))
  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([202, ...Array.from({ length: 7 }, () => 409)])
  expect(await declarationsOf(document.functionalReferenceId)).toBe(1)
})

test('of a change and a submission at once, either the change is handed in by nobody or the submission is refused', async () => {
  for (let round = 0; round < 5; round++) {
    const document = laptops()
    const draft = await begin({ document })
    const later = laptops()
    const [given, changed] = await Promise.all([handIn(draft), put(draft, later)])
    expect([
      [202, 409],
      [412, 200],
    ]).toContainEqual([given.status, changed.status])
    expect(await declarationsOf(document.functionalReferenceId)).toBe(given.status === 202 ? 1 : 0)
    expect(await declarationsOf(later.functionalReferenceId)).toBe(0)
  }
})

test('neighbours that are accepted in the same moment do not feel a draft that was too late', async () => {
  const draft = await begin({ document: laptops() })
  const others = Array.from({ length: 6 }, () => world.post(laptops()))
  const drafts = Array.from({ length: 3 }, () => handIn(draft))
  expect((await Promise.all(others)).map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 202))
  expect((await Promise.all(drafts)).filter(({ status }) => status === 202)).toHaveLength(1)
})

test('a draft whose number another declaration has keeps standing', async () => {
  const document = laptops()
  await world.post(document)
  const draft = await begin({ document })
  const problem = await problemOf(await handIn(draft), 'declaration-invalid')
  expect(problem.errors?.[0]).toMatchObject({ pointer: '/functionalReferenceId', code: 'reference-used' })
  expect(await isThere(draft)).toBe(true)
})

test('an amendment that breaks off anywhere changes nothing and leaves the draft, and goes through the next time', async () => {
  const accepted = await world.post(laptops())
  await heldByCustoms(accepted.body.id)
  const draft = await begin({ from: { declarationId: accepted.body.id, purpose: 'amendment' }, reason: '更正' })
  const body = { document: { ...draft.document, remarks: '改' }, reason: '更正' }
  const replaced = await putWhole(draft, body)
  const changed = (await replaced.json()) as DeclarationDraftAnswer
  const standing = async () => [
    (await pool.query('SELECT FROM change WHERE declaration_id = $1', [accepted.body.id])).rowCount,
    await isThere(draft),
  ]
  for (const table of ['idempotency', 'declaration_version', 'change', 'event', 'declaration_draft_outcome'])
    await breakAt(table, async () => {
      expect((await handIn(changed)).status).toBe(500)
      expect(await standing()).toEqual([0, true])
    })
  expect((await handIn(changed)).status).toBe(202)
  expect(await standing()).toEqual([1, false])
})
