import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  approvalAnswer,
  type DraftAnswer,
  draftAnswer,
  draftChecksAnswer,
  draftDifferencesAnswer,
  draftEntriesAnswer,
  draftEntryAnswer,
  withdrawalAnswer,
} from '../../schemas/fees/drafts.ts'
import { newFee, orderlyEntries } from '../fees/drafting.ts'
import { openFeeDesk, wanted } from './fee-desk.ts'
import { freshKey, issuesIn, problemOf } from './support.ts'

const { world, officer, second, terminal, tally, call, begin, tagOf, read, put, move, approve } = await openFeeDesk()

test('from a draft to an edition that anybody can read and check', async () => {
  const path = await begin()
  const dues = orderlyEntries().find(({ id }) => id === 'guoyuan-tally')
  if (dues?.type !== 'fee') throw new Error('No tally')
  const changed = { ...dues, content: { ...dues.content, telephone: '023-0000000' } }
  for (const entry of [newFee('new-one'), changed])
    expect(draftEntryAnswer.strict().parse(await (await put(path, entry)).json())).toMatchObject({
      id: entry.id,
      by: 'admin',
    })
  const gone = await call('DELETE', `${path}/entries/fee/guoyuan-lashing?reason=${encodeURIComponent('不再提供')}`, {
    match: await tagOf(path),
  })
  expect(draftEntryAnswer.parse(await gone.json())).toMatchObject({ what: 'removed', reason: '不再提供' })

  const entries = draftEntriesAnswer.strict().parse(await (await call('GET', `${path}/entries?limit=2`)).json())
  expect(entries).toMatchObject({
    hasMore: true,
    data: [{ id: 'guoyuan-lashing' }, { id: 'guoyuan-tally', what: 'changed' }],
  })
  const rest = draftEntriesAnswer.parse(await (await call('GET', `${path}/entries?after=${entries.nextCursor}`)).json())
  expect(rest).toMatchObject({ hasMore: false, data: [{ id: 'new-one', what: 'added' }] })
  expect(await (await call('GET', `${path}/entries/fee/guoyuan-weighing`)).json()).toMatchObject({ what: 'unchanged' })
  const differences = draftDifferencesAnswer.strict().parse(await (await call('GET', `${path}/differences`)).json())
  expect(differences.data).toMatchObject([
    { what: 'removed', reason: '不再提供' },
    { what: 'changed', differences: [{ pointer: '/telephone', before: '023-1234567', after: '023-0000000' }] },
    { what: 'added' },
  ])
  const checks = draftChecksAnswer.strict().parse(await (await call('GET', `${path}/checks`)).json())
  expect(checks).toMatchObject({ errors: 0, warnings: 1, day: '2026-11-21', revision: 4 })
  expect(await read(path)).toMatchObject({
    status: 'open',
    stale: false,
    checks: { errors: 0, warnings: 1 },
    changes: { put: 2, removed: 1 },
  })

  expect(draftAnswer.parse(await (await move(path, 'submissions')).json()).status).toBe('submitted')
  await problemOf(await approve(path, officer), 'own-draft')
  const approved = await approve(path)
  expect([approved.status, approved.headers.get('location')]).toEqual([201, '/v1/fee-editions/2'])
  const { digest, draft } = approvalAnswer.strict().parse(await approved.json())
  expect(draft).toMatchObject({ status: 'published', edition: 2, decidedBy: 'second officer' })

  const document = await call('GET', '/v1/fee-editions/2/document', { key: '' })
  expect(
    createHash('sha256')
      .update(Buffer.from(await document.arrayBuffer()))
      .digest('hex'),
  ).toBe(digest)
  const list = async (day: string) =>
    (
      (await (await call('GET', `/v1/fees?limit=100&day=${day}`, { key: '' })).json()) as { data: { id: string }[] }
    ).data.map(({ id }) => id)
  expect(await list('2026-12-14')).toEqual(expect.arrayContaining(['guoyuan-lashing']))
  expect(await list('2026-12-15')).toEqual(expect.arrayContaining(['new-one']))
  expect(await list('2026-12-15')).not.toContain('guoyuan-lashing')
  const events = (await (
    await call('GET', '/v1/events?type=yuchuang.catalogue.*', { key: world.keys.trader })
  ).json()) as {
    data: object[]
  }
  expect(events.data).toMatchObject([{ id: 'edition-2.1', source: '/v1/fee-editions/2', data: { digest } }])
})

describe('a draft is begun', () => {
  test('once for a key, and the answer is given again', async () => {
    const headers = freshKey()
    const first = await call('POST', '/v1/fee-drafts', { body: wanted, headers })
    const again = await call('POST', '/v1/fee-drafts', { body: wanted, headers })
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true'])
    expect(await again.json()).toEqual(await first.json())
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
    const other = await call('POST', '/v1/fee-drafts', { body: { ...wanted, title: 'x' }, headers })
    await problemOf(other, 'idempotency-key-reused')
    await problemOf(await call('POST', '/v1/fee-drafts', { body: wanted }), 'idempotency-key-missing')
  })
  test.each<[object, string[]]>([
    [{ ...wanted, validFrom: '2026-02-30' }, ['/validFrom invalid-format']],
    [{ ...wanted, reason: ' \n ' }, ['/reason invalid-format']],
    [{ ...wanted, reason: 'a\u202eb' }, ['/reason invalid-format']],
    [{ ...wanted, title: '' }, ['/title too-small']],
    [{ ...wanted, base: 1 }, ['/base unknown-field']],
    [{ title: 'x' }, ['/reason missing', '/validFrom missing']],
    [{ ...wanted, payee: 'nobody' }, ['/payee unknown-entry']],
  ])('not of %j', async (body, issues) => {
    const response = await call('POST', '/v1/fee-drafts', { body, headers: freshKey() })
    expect(issuesIn(await problemOf(response, 'body-invalid'))).toEqual(issues)
  })
  test('and found by its status and its payee', async () => {
    const path = await begin(tally)
    const list = async (query: string, key = officer) =>
      ((await (await call('GET', `/v1/fee-drafts${query}`, { key })).json()) as { data: DraftAnswer[] }).data
    expect((await list('?payee=qingtian-tally&status=open')).map(({ links }) => links.self)).toEqual([path])
    expect((await list('', tally)).map(({ links }) => links.self)).toEqual([path])
    expect(await list('', terminal)).toEqual([])
    expect((await list('?status=published')).map(({ edition }) => edition)).toEqual([2, 1])
    await problemOf(await call('GET', '/v1/fee-drafts?state=open'), 'invalid-parameter')
  })
})

describe('two officers at once', () => {
  const writes: [string, string, object | undefined][] = [
    ['PATCH', '', { title: 'Other' }],
    ['DELETE', '', undefined],
    ['PUT', '/entries/fee/new-one', newFee('new-one').content],
    ['DELETE', '/entries/fee/guoyuan-tally?reason=x', undefined],
    ['POST', '/submissions', undefined],
    ['POST', '/returns', { remark: 'x' }],
    ['POST', '/rebases', undefined],
    ['POST', '/approvals', { digest: '0'.repeat(64) }],
  ]
  test.each(writes)('%s %s names the state it was meant for, or is refused', async (method, what, body) => {
    const path = await begin()
    await problemOf(await call(method, `${path}${what}`, { key: second, body }), 'if-match-missing')
    const seen = await tagOf(path)
    await put(path, newFee('by-the-other'))
    const before = await read(path)
    const late = await call(method, `${path}${what}`, { key: second, match: seen, body })
    const problem = await problemOf(late, 'if-match-stale')
    expect(problem.detail).toContain('revision 2')
    expect(late.headers.get('etag')).toBe(await tagOf(path))
    expect(await read(path)).toEqual(before)
    await call('DELETE', path, { match: await tagOf(path) })
  })
  test('who has the newest state needs no body again', async () => {
    const path = await begin()
    const response = await call('GET', path, { headers: { 'if-none-match': await tagOf(path) } })
    expect([response.status, await response.text()]).toEqual([304, ''])
  })
})

describe('after a newer edition', () => {
  test('a draft is stale, says so, is rebased and approved', async () => {
    const [late, soon] = [await begin(), await begin()]
    await put(late, newFee('late-fee', { kind: 'stuffing' }))
    await put(soon, newFee('soon-fee', { kind: 'unstuffing' }))
    for (const path of [late, soon]) expect((await move(path, 'submissions')).status).toBe(200)
    expect((await approve(soon)).status).toBe(201)
    await problemOf(await approve(late), 'draft-stale')
    expect(await read(late)).toMatchObject({ stale: true, status: 'submitted' })
    expect(draftAnswer.parse(await (await move(late, 'rebases')).json())).toMatchObject({
      stale: false,
      status: 'open',
      base: 3,
    })
    await move(late, 'submissions')
    expect((await approve(late)).status).toBe(201)
    const problem = await problemOf(await move(late, 'submissions'), 'not-changeable')
    expect(problem.detail).toContain('published as edition 4')
  })
  test('an edition is withdrawn once for a key; by whom, from when and what holds then is said', async () => {
    const withdraw = (body: object, key = officer, headers = freshKey()) =>
      call('POST', '/v1/fee-editions/4/withdrawals', { key, body, headers })
    await problemOf(await withdraw({ reason: 'A slip' }, second), 'own-draft')
    await problemOf(await withdraw({ reason: 'A slip' }, terminal), 'forbidden')
    expect(issuesIn(await problemOf(await withdraw({ reason: '', from: 'soon' }), 'body-invalid'))).toEqual(
      expect.arrayContaining(['/from invalid-format', '/reason invalid-format']),
    )
    const headers = freshKey()
    const done = await withdraw({ reason: 'A slip' }, officer, headers)
    expect(withdrawalAnswer.strict().parse(await done.json())).toEqual({ edition: 4, from: '2026-12-15', holds: 3 })
    const again = await withdraw({ reason: 'A slip' }, officer, headers)
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true'])
    await problemOf(await withdraw({ reason: 'A slip' }), 'not-changeable')
    expect(await (await call('GET', '/v1/fee-editions/4', { key: '' })).json()).toMatchObject({
      status: 'withdrawn',
      withdrawn: { because: 'A slip' },
    })
    for (const path of [
      '/v1/fee-editions/99/withdrawals',
      '/v1/fee-editions/0/withdrawals',
      '/v1/fee-editions/x/withdrawals',
    ])
      await problemOf(await call('POST', path, { body: { reason: 'x' }, headers: freshKey() }), 'not-found')
  })
})
