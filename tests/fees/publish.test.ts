import { execFile } from 'node:child_process'
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { readEditionEntries, readEditions } from '../../src/db/catalogue-reads.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { digestOfDraft } from '../../src/db/draft-entries.ts'
import { editDraft, putInto, returnDraft, withDraft } from '../../src/fees/draft.ts'
import { approveDraft, publishSeed } from '../../src/fees/publish.ts'
import { createVault } from '../../src/notices/vault.ts'
import {
  clerk,
  type Desk,
  documentOf,
  lin,
  newFee,
  officer,
  openDesk,
  orderlyEntries,
  refusalOf,
  wang,
  zhao,
} from './drafting.ts'
import { fee, payee } from './support.ts'

const kinds = ['seal', 'stuffing', 'unstuffing', 'disinfection', 'container-repair', 'mooring', 'berth', 'tug', 'yard']
let made = 0
/** A draft that only waits for its approval. */
async function submitted(desk: Desk, id: string) {
  const draft = await desk.begin()
  await desk.put(draft.id, lin, newFee(id, { kind: kinds[made++ % kinds.length] ?? 'seal' }))
  await desk.submit(draft.id)
  return draft.id
}
const standing = (desk: Desk) =>
  Promise.all(
    ['catalogue_edition', 'catalogue_edition_entry', 'catalogue_revision', 'feed', 'catalogue_key'].map(desk.count),
  )

describe('an approval', async () => {
  const desk = await openDesk()
  await desk.seed()

  test('makes the next edition: the list as it was, with what the draft changes', async () => {
    const { id } = await desk.begin()
    await desk.put(id, lin, newFee('new-one'), fee('guoyuan-weighing', { telephone: '023-9999999' }))
    await desk.remove(id, lin, { type: 'fee', id: 'guoyuan-lashing' }, 'Not done')
    await desk.submit(id)
    const { number, draft } = await desk.approve(id)
    expect(number).toBe(2)
    expect(draft).toMatchObject({ status: 'published', edition: 2, decidedBy: 'Zhao' })
    const wanted = orderlyEntries()
      .filter(({ id: one }) => one !== 'guoyuan-lashing' && one !== 'guoyuan-weighing')
      .concat(newFee('new-one'), fee('guoyuan-weighing', { telephone: '023-9999999' }))
      .sort((a, b) => (`${a.type} ${a.id}` < `${b.type} ${b.id}` ? -1 : 1))
    expect(await readEditionEntries(desk.database.pool, 2)).toEqual(wanted)
    const [second, first] = await readEditions(desk.database.pool)
    expect(second).toMatchObject({
      announcedAt: desk.at(),
      noticeUntil: '2026-11-29',
      validFrom: '2026-12-15',
      draftedBy: 'Lin',
      approvedBy: 'Zhao',
      previousDigest: first?.digest,
    })
  })

  test('signs what anybody can check: sha256sum of the document is its digest', async () => {
    const [edition] = await readEditions(desk.database.pool)
    const document = await documentOf(desk, 2)
    const { promise, child } = summing()
    child.stdin?.end(document)
    expect((await promise).stdout.split(' ')[0]).toBe(edition?.digest)
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: edition?.signingKey ?? '' }, format: 'jwk' })
    const signature = Buffer.from(edition?.signature ?? '', 'base64url')
    expect(verify(null, Buffer.from(edition?.digest ?? ''), key, signature)).toBe(true)
    expect(document.split('\n').slice(0, 2)).toEqual([
      `{"announcedAt":"2026-11-22T02:00:00.000Z","entries":${edition?.entries},"noticeUntil":"2026-11-29","number":2,"previousDigest":"${edition?.previousDigest}","title":"A draft","validFrom":"2026-12-15"}`,
      expect.stringMatching(/^\{"content":\{"evidence":.*"\},"id":"order-1","type":"basis"\}$/) as string,
    ])
    expect(await desk.count('catalogue_key')).toBe(1)
  })

  test('is somebody else’s: not the author’s, nor of whoever changed it, by key or by name', async () => {
    const { id } = await desk.begin(lin)
    await desk.put(id, zhao, newFee('one'))
    await desk.put(id, lin, newFee('one', { telephone: '023-9999999', applies: { sizes: ['40'] } }))
    await desk.submit(id)
    const secondKey = { ...lin, keyHash: 'another key of hers' }
    const renamed = { ...zhao, name: 'Z.' }
    for (const by of [lin, zhao, secondKey, renamed])
      expect(await refusalOf(desk.approve(id, by))).toMatchObject({ code: 'own-draft' })
    expect(await desk.read(id)).toMatchObject({ status: 'submitted' })
    expect(await desk.approve(id, wang)).toMatchObject({ number: 3 })
  })

  test('is of what was seen, and of what was submitted', async () => {
    const id = await submitted(desk, 'seen')
    const approving = (digest: string, revision?: number) =>
      refusalOf(approveDraft(desk.database, desk.vault, desk.about(id, zhao, revision), digest))
    const digest = await digestOfDraft(desk.database.pool, await desk.read(id))
    expect(await approving(digest.replace(/^./, (first) => (first === '0' ? '1' : '0')))).toMatchObject({
      code: 'if-match-stale',
    })
    expect(await approving(digest, 1)).toMatchObject({ code: 'if-match-stale' })
    await returnDraft(desk.database, desk.about(id, zhao), 'Later')
    expect(await approving(digest)).toMatchObject({ code: 'not-changeable' })
  })

  test('by whoever is no officer cannot be, for a payee’s key sees its own drafts only', async () => {
    const id = await submitted(desk, 'unseen')
    expect(await refusalOf(desk.approve(id, clerk('Chen')))).toMatchObject({ code: 'not-found' })
  })

  test('that comes too late for its first day says so, and the draft waits', async () => {
    const id = await submitted(desk, 'late')
    desk.clock.at += 20 * 86_400_000
    expect(await refusalOf(desk.approve(id))).toEqual({
      code: 'draft-invalid',
      issues: ['/validFrom begins-before-notice-ends'],
    })
    expect(await desk.read(id)).toMatchObject({ status: 'submitted' })
    await returnDraft(desk.database, desk.about(id, zhao), 'Another day')
    await editDraft(desk.database, desk.about(id, lin), { validFrom: '2027-02-01' })
    await desk.submit(id)
    expect(await desk.approve(id)).toMatchObject({ number: 4 })
    desk.clock.at -= 20 * 86_400_000
  })
})

const summing = () => {
  const promise = promisify(execFile)('sha256sum')
  return { promise, child: promise.child }
}

describe('two at once', async () => {
  const desk = await openDesk()
  await desk.seed()

  test('two approvals of one draft make one edition', async () => {
    const id = await submitted(desk, 'once')
    const other = await openDatabase(desk.url, () => undefined)
    const digest = await digestOfDraft(desk.database.pool, await desk.read(id))
    const done = await Promise.allSettled([
      approveDraft(desk.database, desk.vault, desk.about(id, zhao), digest),
      approveDraft(other, desk.vault, desk.about(id, wang), digest),
    ])
    await other.close()
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(done.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'not-changeable' } })
    expect(await desk.count('catalogue_edition')).toBe(2)
    expect(await desk.count('feed')).toBe(1)
  })
  test('of two drafts approved at once one is stale, and nothing of it is lost', async () => {
    const ids = [await submitted(desk, 'first'), await submitted(desk, 'second')]
    const other = await openDatabase(desk.url, () => undefined)
    const digests = await Promise.all(ids.map(async (id) => digestOfDraft(desk.database.pool, await desk.read(id))))
    const done = await Promise.allSettled(
      [desk.database, other].map((database, at) =>
        approveDraft(database, desk.vault, desk.about(ids[at] ?? '', zhao), digests[at] ?? ''),
      ),
    )
    await other.close()
    const lost = done.findIndex(({ status }) => status === 'rejected')
    expect(done[lost]).toMatchObject({ reason: { code: 'draft-stale' } })
    expect(done[1 - lost]).toMatchObject({ value: { number: 3 } })
    expect(await desk.read(ids[lost] ?? '')).toMatchObject({ status: 'submitted', put: 1 })
  })
  test('the first editions of many processes are signed with one key', async () => {
    const fresh = await openDesk({ keys: [randomBytes(32)] })
    const others = await Promise.all([1, 2, 3].map(() => openDatabase(fresh.url, () => undefined)))
    const seed = {
      title: 'List',
      reason: 'x',
      validFrom: '2026-01-01',
      announcedAt: new Date('2025-12-20T01:00:00Z'),
      entries: orderlyEntries(),
    }
    const made = await Promise.all(others.map((database) => publishSeed(database, fresh.vault, seed, fresh.at())))
    expect(new Set(made.map(({ number, digest }) => `${number} ${digest}`)).size).toBe(1)
    expect(await fresh.count('catalogue_edition')).toBe(1)
    expect(await fresh.count('catalogue_key')).toBe(1)
    // Sealed: who reads the database has no key; who has another one cannot sign.
    const { rows } = await fresh.database.pool.query<{ sealed: string }>('SELECT sealed FROM catalogue_key')
    expect(rows[0]?.sealed).not.toMatch(/^plain/)
    const id = await submitted(fresh, 'sealed')
    const digest = await digestOfDraft(fresh.database.pool, await fresh.read(id))
    const keyless = approveDraft(fresh.database, createVault([randomBytes(32)]), fresh.about(id, zhao), digest)
    expect(await refusalOf(keyless)).toMatchObject({ code: 'unavailable' })
    expect(await fresh.count('catalogue_edition')).toBe(1)
    expect(await fresh.approve(id)).toMatchObject({ number: 2 })
    await Promise.all(others.map((database) => database.close()))
  })
})

describe('a process that dies', async () => {
  const desk = await openDesk()
  await desk.seed()

  test('between any two lines of an approval leaves nothing, and the next one does all', async () => {
    const id = await submitted(desk, 'dying')
    const digest = await digestOfDraft(desk.database.pool, await desk.read(id))
    const before = [...(await standing(desk)), await desk.read(id)]
    let deaths = 0
    for (let after = 1; ; after++) {
      const dying = await openDatabase(desk.url, () => undefined)
      const { database, died } = dyingAfter(dying, after, desk.database)
      const approving = approveDraft(database, desk.vault, desk.about(id, zhao), digest)
      const survived = await approving.then(
        () => true,
        () => false,
      )
      await dying.close()
      if (survived) {
        expect(died()).toBe(false)
        break
      }
      deaths++
      expect([...(await standing(desk)), await desk.read(id)]).toEqual(before)
    }
    expect(deaths).toBeGreaterThan(15)
    expect(await standing(desk)).toEqual([
      2,
      (before[1] as number) + orderlyEntries().length + 1,
      (before[2] as number) + 1,
      1,
      1,
    ])
  })
})

/** A database whose connection the server ends before the given statement: what a process leaves that is killed there. */
function dyingAfter(database: Database, statements: number, witness: Database) {
  let count = 0
  let died = false
  const pool = new Proxy(database.pool, {
    get(target, name) {
      if (name !== 'connect') return Reflect.get(target, name, target) as unknown
      return async () => {
        const client = await target.connect()
        const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
        const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>
        client.query = (async (...given: unknown[]) => {
          if (++count === statements) {
            died = true
            await witness.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
          }
          return query(...given)
        }) as typeof client.query
        return client
      }
    },
  })
  return { database: { ...database, pool }, died: () => died }
}

test('twenty thousand entries are published whole', { timeout: 60_000 }, async () => {
  const desk = await openDesk()
  await desk.seed()
  const { id } = await desk.begin()
  const payees = Array.from({ length: 2_500 }, (_, at) => payee(`payee-${at}`))
  const fees = Array.from({ length: 20_000 }, (_, at) =>
    fee(`many-${at}`, {
      kind: kinds[at % 4] ?? 'seal',
      payee: `payee-${Math.floor(at / 8)}`,
      applies: { directions: [at % 8 < 4 ? 'import' : 'export'] },
    }),
  )
  await withDraft(desk.database, desk.about(id, lin), ['open'], (client, draft) =>
    putInto(client, draft, lin, [...payees, ...fees], desk.at()),
  )
  await desk.submit(id)
  const { number, digest } = await desk.approve(id, officer('Somebody else'))
  const document = await documentOf(desk, number)
  expect(createHash('sha256').update(document).digest('hex')).toBe(digest)
  expect(document.trimEnd().split('\n')).toHaveLength(1 + orderlyEntries().length + 22_500)
})
