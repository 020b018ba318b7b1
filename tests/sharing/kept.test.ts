import { beforeAll, describe, expect, test } from 'vitest'
import { adapters } from '../../adapters/registry.ts'
import { lockCases } from '../../src/db/cases.ts'
import { transaction } from '../../src/db/database.ts'
import { newId } from '../../src/db/ids.ts'
import { keepKeys } from '../../src/db/sharing-keys.ts'
import { readersOf, readReads } from '../../src/db/sharing-reads.ts'
import { type EventType, noChanges } from '../../src/filing/case.ts'
import { ownRules } from '../../src/rules/rules.ts'
import { brokenRead } from '../../src/sharing/chain.ts'
import { tellShared } from '../../src/sharing/follow.ts'
import { catchUp } from '../../src/sharing/keys.ts'
import { permissionFor } from '../../src/sharing/permission.ts'
import { readShared } from '../../src/sharing/read.ts'
import { valuesAt } from '../../src/sharing/select.ts'
import { problemOf } from '../routes/support.ts'
import { stillOpen, untilBlocked } from '../support/database.ts'
import { startAt } from '../support/world.ts'
import { everybody, nobody, openDesk, type Shown } from './desk.ts'

const { world, pool, agencies, document, keys, putIn, stranger, ask, asking } = await openDesk()
beforeAll(async () => {
  for (const agency of agencies)
    for (const purpose of stranger.purposes(agency))
      await ask(agency, `/declarations/${everybody}?${asking(purpose ?? '')}`)
})

describe('searching', () => {
  const value = (pattern: string) => String(valuesAt({ declaration: document }, pattern)[0])
  const container = value('/declaration/goodsShipment/consignment/containers/*/id')
  const firm = value('/declaration/goodsShipment/exporter/id')
  const find = async (agency: string, purpose: string, filters: Record<string, string>) => {
    const answer = await ask(agency, `/declarations?${asking(purpose, filters)}`)
    return ((await answer.json()) as { data?: Shown[] }).data?.map(({ id }) => id)
  }

  test('finds by what the purpose sees, and reaches no further than it', async () => {
    expect(await find('border', 'risk-assessment', { container })).toEqual([nobody, everybody])
    expect(await find('border', 'crew-and-goods-match', { container })).toEqual([everybody])
    expect(await find('fx', 'payment-verification', { firm })).toEqual([everybody])
    expect(await find('border', 'risk-assessment', { container, firm })).toEqual([nobody, everybody])
    expect(await find('border', 'risk-assessment', { container, firm: 'other' })).toEqual([])
  })

  test.each([
    ['fx', 'payment-verification', { container }],
    ['fx', 'statistics', { firm }],
    ['border', 'crew-and-goods-match', { firm, container }],
  ] as const)('%s for %s does not search by what it does not see', async (agency, purpose, filters) => {
    await problemOf(await ask(agency, `/declarations?${asking(purpose, filters)}`), 'purpose-refused')
  })

  test('by a name an agency gave finds only where that name is seen', async () => {
    const name = (agency: string) => ({ reference: `name-${everybody}-${agency}-` })
    expect(await find('fx', 'payment-verification', name('customs'))).toEqual([everybody])
    // Its own permit is the border's business.
    expect(await find('fx', 'payment-verification', name('border'))).toEqual([])
    expect(await find('customs', 'investigation', name('border'))).toEqual([everybody])
  })

  test('looks for something: nobody reads everything', async () => {
    await problemOf(await ask('customs', `/declarations?${asking('investigation')}`), 'purpose-missing')
    await problemOf(
      await ask('customs', `/declarations?${asking('investigation', { name: 'x' })}`),
      'invalid-parameter',
    )
  })

  test('goes by pages', async () => {
    const first = await ask('border', `/declarations?${asking('risk-assessment', { container, limit: '1' })}`)
    const page = (await first.json()) as { data: Shown[]; hasMore: boolean; nextCursor: string }
    expect([page.data.map(({ id }) => id), page.hasMore]).toEqual([[nobody], true])
    expect(await find('border', 'risk-assessment', { container, after: page.nextCursor })).toEqual([everybody])
    expect(first.headers.get('link')).toContain(`after=${page.nextCursor}`)
  })

  test('finds what was accepted an instant ago, however the clocks of gateways differ', async () => {
    const halfAnHour = 1_800_000
    for (const id of [newId(world.now() - halfAnHour), newId(world.now()), 'CCCCCCCCCCCCCCCCCCCC']) {
      await putIn(id, JSON.stringify(document).replaceAll(container, `${container}${id}`), [])
      expect(await find('border', 'risk-assessment', { container: `${container}${id}` })).toEqual([id])
    }
    // Two processes at once take each other's nothing away.
    await putIn(newId(world.now()), JSON.stringify(document), [])
    const both = await Promise.all([catchUp(world.database, world.now()), catchUp(world.database, world.now())])
    expect(both).toEqual([true, true])
    // What was looked at is not looked at again.
    const { rows } = await pool.query<{ count: number }>('SELECT count(*) AS count FROM shared_keyed')
    expect(rows[0]?.count).toBe(6)
  })
})

describe('each reading is kept', () => {
  test('who, what, when and why, tied to the one before', async () => {
    const reads = await readReads(pool, [everybody])
    expect(reads.length).toBeGreaterThan(15)
    expect(brokenRead(reads)).toBeUndefined()
    const one = reads.find(
      ({ agency, purpose, kind }) => agency === 'fx' && purpose === 'payment-verification' && kind === 'read',
    )
    expect(one).toMatchObject({ by: 'fx officer', caseNumber: 'CASE-1', version: 1, policy: '2026-01-01' })
    expect(JSON.parse(one?.fields ?? '')).toContain('/declaration/goodsShipment/items/*/totalPrice')
  })

  test('once for each, however many read at once', async () => {
    const before = (await readReads(pool, [everybody])).length
    await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        at % 2 === 0
          ? ask('customs', `/declarations/${everybody}?${asking('investigation')}`)
          : ask(
              'border',
              `/declarations?${asking('risk-assessment', { firm: String(valuesAt({ declaration: document }, '/declaration/goodsShipment/exporter/id')[0]) })}`,
            ),
      ),
    )
    const reads = await readReads(pool, [everybody])
    expect(reads.length).toBe(before + 12)
    expect(brokenRead(reads)).toBeUndefined()
  })

  test('and is answered only when it is', async () => {
    await pool.query('ALTER TABLE shared_read ADD CONSTRAINT full_disk CHECK (false) NOT VALID')
    const answer = await ask('customs', `/declarations/${everybody}?${asking('investigation')}`)
    await pool.query('ALTER TABLE shared_read DROP CONSTRAINT full_disk')
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('canary')
  })

  test('and never changed; who gets around that is found', async () => {
    await expect(pool.query("UPDATE shared_read SET purpose = 'statistics'")).rejects.toThrow('append-only')
    await expect(pool.query('DELETE FROM shared_read')).rejects.toThrow('append-only')
    await expect(pool.query('TRUNCATE shared_read')).rejects.toThrow('append-only')
    const reads = await readReads(pool, [everybody])
    expect(brokenRead(reads.map((one, at) => (at === 3 ? { ...one, caseNumber: 'CASE-2' } : one)))).toBe(
      'reading 4 is not what was kept',
    )
    expect(brokenRead(reads.filter((_, at) => at !== 3))).toBe('reading 4 is not there')
  })
})

describe('a reading and a correction at the same time', () => {
  const permission = permissionFor(ownRules, 'fx', 'payment-verification', startAt)
  if (permission === undefined) throw new Error('no such row')

  test('the reading first: the correction waits, and finds who is to be told', async () => {
    const id = 'DDDDDDDDDDDDDDDDDDDD'
    await putIn(id, JSON.stringify(document), ['fx'])
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>()
    const { promise: hasRead, resolve: read } = Promise.withResolvers<undefined>()
    const reading = transaction(pool, async (client) => {
      const reader = { permission, by: 'officer', caseNumber: 'CASE-2' }
      await readShared({ client, adapters, now: new Date(startAt) }, id, reader)
      read(undefined)
      await mayEnd
    })
    await hasRead
    const correcting = transaction(pool, async (client) => {
      await lockCases(client, [id])
      return readersOf(client, [id])
    })
    await untilBlocked(pool)
    end(undefined)
    await reading
    expect(await correcting).toEqual([
      { declarationId: id, agency: 'fx', purpose: 'payment-verification', caseNumber: 'CASE-2' },
    ])
  })

  test('the correction first: what is read is what was corrected', async () => {
    const id = 'EEEEEEEEEEEEEEEEEEEE'
    await putIn(id, JSON.stringify(document), ['fx'])
    const answer = await transaction(pool, async (client) => {
      await lockCases(client, [id])
      const asked = ask('fx', `/declarations/${id}?${asking('payment-verification')}`)
      await untilBlocked(pool)
      await client.query(
        `INSERT INTO declaration_version (declaration_id, version, media_type, raw, at) VALUES ($1, 2, 'application/json', '{"goodsShipment":{"contractNumber":"NEW"}}', $2)`,
        [id, new Date(startAt)],
      )
      await client.query('UPDATE declaration SET version = 2 WHERE id = $1', [id])
      return { asked }
    })
    const shown = (await (await answer.asked).json()) as Shown
    expect([shown.version, shown.data['declaration']]).toEqual([2, { goodsShipment: { contractNumber: 'NEW' } }])
  })
})

describe('what changes is told to whom it concerns', () => {
  const subscribe = (agency: string, body: object) =>
    world.call('POST', '/v1/shared/subscriptions', {
      key: keys.get(agency) ?? '',
      body: { case: 'CASE-3', filter: { declaration: everybody }, ...body },
      headers: { 'idempotency-key': `${agency} ${JSON.stringify(body)}` },
    })
  /** What agencies are told of a happening. */
  const toldOf = (type: EventType) =>
    transaction(pool, async (client) => {
      const at = (await lockCases(client, [everybody])).get(everybody)
      if (at === undefined) throw new Error('It is not there')
      const changes = noChanges()
      changes.cases.add(at)
      changes.happenings.push({ declarationId: everybody, type, data: {} })
      await tellShared.follow({ client, adapters, now: new Date(startAt) }, changes)
      const { rows } = await client.query<{ agency: string; body: string }>(
        "SELECT agency, body FROM cooperation_note WHERE kind = 'shared' AND declaration_id = $1 ORDER BY number",
        [everybody],
      )
      await client.query('DELETE FROM cooperation_note')
      return rows.map(({ agency, body }) => ({
        agency,
        ...(JSON.parse(body) as { purpose: string; changed: string[] }),
      }))
    })

  test('of what was told of the goods and was not so: everybody who read, and may see it', async () => {
    const told = await toldOf('movement.retracted')
    const readers = agencies.flatMap((agency) =>
      stranger
        .purposes(agency)
        .filter((purpose) => stranger.mayShow(agency, purpose ?? '')('/movements/0/code'))
        .map((purpose) => `${agency} ${purpose}`),
    )
    expect(readers.length).toBeGreaterThan(3)
    expect(told.map(({ agency, purpose }) => `${agency} ${purpose}`).sort()).toEqual(readers.sort())
    for (const { changed } of told) expect(changed).toEqual(['/movements/*/code'])
  })

  test('and a search finds the declaration as it was corrected, and no more as it was', async () => {
    const id = 'FFFFFFFFFFFFFFFFFFFF'
    const withBox = (box: string) => JSON.stringify({ goodsShipment: { consignment: { containers: [{ id: box }] } } })
    const find = async (container: string) => {
      const answer = await ask('border', `/declarations?${asking('risk-assessment', { container })}`)
      return ((await answer.json()) as { data: Shown[] }).data.map((one) => one.id)
    }
    await putIn(id, withBox('BOX-1'), [])
    expect(await find('BOX-1')).toEqual([id])
    await subscribe('border', { purpose: 'risk-assessment', case: 'CASE-4', filter: { container: 'BOX-1' } })
    await transaction(pool, async (client) => {
      const at = (await lockCases(client, [id])).get(id)
      if (at === undefined) throw new Error('It is not there')
      await client.query(
        "INSERT INTO declaration_version (declaration_id, version, media_type, raw, at) VALUES ($1, 2, 'application/json', $2, $3)",
        [id, withBox('BOX-2'), new Date(startAt)],
      )
      // As a granted amendment: followers come before the version is written.
      at.version = 2
      const changes = noChanges()
      changes.cases.add(at)
      changes.happenings.push({ declarationId: id, type: 'declaration.amended', data: { version: 2 } })
      await tellShared.follow({ client, adapters, now: new Date(startAt) }, changes)
      await client.query('UPDATE declaration SET version = 2 WHERE id = $1', [id])
      const { rows } = await client.query<{ agency: string; body: string }>(
        'SELECT agency, body FROM cooperation_note WHERE declaration_id = $1 ORDER BY number',
        [id],
      )
      // Who had read it, and who had subscribed to the box it was.
      const changed = ['/declaration/goodsShipment/consignment/containers/0/id']
      expect(rows.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
        { case: 'CASE-4', because: 'subscription', changed },
        { case: 'CASE-1', because: 'correction', changed },
      ])
    })
    expect([await find('BOX-1'), await find('BOX-2')]).toEqual([[], [id]])
  })

  test('of what is only new: who subscribed to it', async () => {
    expect(await toldOf('certificate.released')).toEqual([])
    await subscribe('customs', { purpose: 'risk-assessment' })
    await subscribe('customs', { purpose: 'investigation', fields: ['/declaration/direction'] })
    await subscribe('fx', { purpose: 'risk-assessment' })
    expect(await toldOf('certificate.released')).toMatchObject([
      { agency: 'customs', purpose: 'risk-assessment', because: 'subscription', changed: ['/certificates/*/status'] },
    ])
    expect(await toldOf('filing.sent')).toEqual([])
  })
})

test('two who take the values of the same declarations, in whatever order, both do', async () => {
  const of = (...ids: string[]) => ids.map((id) => ({ id: `KEYED-${id}`, version: 1, keys: [] }))
  const take = (...ids: string[]) => transaction(pool, (client) => keepKeys(client, of(...ids)))
  const middle = await stillOpen(pool, (client) => keepKeys(client, of('M')))
  const taking = [take('A', 'M', 'Z'), take('Z', 'M', 'A')]
  // Both have come as far as they can.
  await untilBlocked(pool, 2)
  await middle.end()
  expect((await Promise.allSettled(taking)).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
})
