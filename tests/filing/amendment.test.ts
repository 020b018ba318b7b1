import { describe, expect, test } from 'vitest'
import { issuesIn, problemOf } from '../routes/support.ts'
import { openChanging, settled, whatever } from '../support/changing.ts'
import { filingOf } from '../support/world.ts'

const { world, sample, etagOf, ask, filed, changeOf, documentOf } = await openChanging()

describe('an amendment', () => {
  test('asks only the agency that would get other bytes, and moves on when it says yes', async () => {
    const { id } = await filed()
    const answer = await ask(id, 'amendments', { reason: 'a wrong remark', patch: { remarks: 'second' } })
    expect(answer.status).toBe(202)
    expect(await answer.json()).toMatchObject({
      kind: 'amendment',
      version: 2,
      differences: [{ pointer: '/remarks', before: 'first', after: 'second' }],
      filings: [{ agency: 'east', procedure: 'amendment' }],
      unaffected: [{ agency: 'west', because: { en: 'Its agency would get the same bytes' } }],
    })
    const seen = await world.meanwhile(id, settled)
    expect(seen).toMatchObject({ version: 2, status: 'released', changes: [{ kind: 'amendment', status: 'granted' }] })
    expect(filingOf(seen, 'east', 'file').version).toBe(2)
    expect(filingOf(seen, 'west', 'file').version).toBe(1)
    expect((await documentOf(id)).remarks).toBe('second')
    const changed = filingOf(seen, 'east', 'file').id
    const told = world.heard.find(({ document }) => document['changes'] === changed)
    expect(told?.document).toMatchObject({
      changes: changed,
      was: 'first',
      sees: 'second',
      reason: 'a wrong remark',
      names: filingOf(seen, 'east', 'file').references.map(({ scheme, value }) => ({ scheme, value })),
    })
    expect(seen.timeline?.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'yuchuang.declaration.change-requested',
        'yuchuang.filing.amended',
        'yuchuang.declaration.amended',
      ]),
    )
    const differences = await world.call('GET', `/v1/declarations/${id}/differences?from=1`)
    expect(await differences.json()).toMatchObject({ from: 1, to: 2, data: [{ pointer: '/remarks' }] })
  })

  test('what an agency refuses stays as it was, and says why', async () => {
    const { id, declaration } = await filed()
    world.desk.answers = () => 'refused'
    await ask(id, 'amendments', { reason: 'try', patch: { remarks: 'second' } })
    const seen = await world.meanwhile(id, settled)
    expect(seen).toMatchObject({ version: 1, status: 'released', needsAction: [], changes: [{ status: 'refused' }] })
    expect(filingOf(seen, 'east', 'file')).toMatchObject({ version: 1, status: 'approved' })
    expect((await documentOf(id)).remarks).toBe(declaration.remarks)
    expect((await changeOf(id)).filings).toMatchObject([
      { agency: 'east', status: 'refused', lastReceipt: { text: 'east says refused' } },
    ])
    // The version that was refused is kept, and the next one has a number of its own.
    world.desk.answers = () => 'approved'
    await ask(id, 'amendments', { reason: 'again', patch: { remarks: 'third' } })
    expect(await world.meanwhile(id, settled)).toMatchObject({ version: 3 })
  })

  test('granted by one and refused by another: each holds what it said yes to', async () => {
    const { id, declaration } = await filed()
    world.desk.answers = (agency) => (agency === 'east' ? 'approved' : 'refused')
    const [first, ...rest] = declaration.goodsShipment.items
    const items = [{ ...first, name: 'Another name' }, ...rest]
    const whole = { ...declaration, remarks: 'second', goodsShipment: { ...declaration.goodsShipment, items } }
    expect((await ask(id, 'amendments', { reason: 'both', declaration: whole })).status).toBe(202)
    const seen = await world.meanwhile(id, settled)
    expect(seen).toMatchObject({ version: 2, changes: [{ status: 'partly' }] })
    expect(filingOf(seen, 'east', 'file').version).toBe(2)
    expect(filingOf(seen, 'west', 'file').version).toBe(1)
    // The next amendment compares each with what it holds.
    world.desk.answers = () => 'approved'
    world.heard.length = 0
    await ask(id, 'amendments', { reason: 'west only', declaration: whole })
    expect(await world.meanwhile(id, settled)).toMatchObject({ changes: [{ status: 'partly' }, { status: 'granted' }] })
    const { filings } = await world.read(id)
    const heard = world.heard.filter(({ reference }) => filings.some((filing) => filing.id === reference))
    expect(heard.map(({ agency, procedure }) => `${agency}/${procedure}`)).toEqual(['west/amendment'])
  })

  test('that concerns nobody counts at once', async () => {
    const { id } = await filed()
    const answer = await ask(id, 'amendments', { reason: 'ours alone', patch: { specialBusiness: [1] } })
    expect(await answer.json()).toMatchObject({ filings: [], version: 2 })
    expect(await world.read(id)).toMatchObject({ version: 2, changes: [{ status: 'granted' }] })
  })

  test('waits for an agency that has still to acknowledge, and is nothing when that refuses', async () => {
    world.desk.answers = (agency) => (agency === 'east' ? 'away' : 'approved')
    const { body } = await world.post(sample())
    await world.meanwhile(body.id, ({ filings }) => filings.some(({ delivery }) => (delivery?.tries ?? 0) > 0))
    await ask(body.id, 'amendments', { reason: 'early', patch: { remarks: 'second' } }, whatever)
    const waiting = await world.read(body.id)
    expect(waiting.changes).toMatchObject([{ status: 'pending' }])
    expect(waiting.filings.find(({ procedure }) => procedure === 'amendment')).toMatchObject({
      status: 'waiting',
      waitsFor: [{ agency: 'east', procedure: 'file', status: 'acknowledged' }],
    })
    await world.tell('east', filingOf(waiting, 'east', 'file').id, 'refused')
    const seen = await world.meanwhile(body.id, settled)
    expect(seen.changes).toMatchObject([{ status: 'granted' }])
    // Its refusal is answered by the new version: a second attempt.
    expect(filingOf(seen, 'east', 'file')).toMatchObject({ attempt: 2 })
    expect(seen.version).toBe(2)
  })

  test('one at a time', async () => {
    world.desk.answers = (_, procedure) => (procedure === 'amendment' ? 'away' : 'approved')
    const { id } = await filed()
    await ask(id, 'amendments', { reason: 'first', patch: { remarks: 'second' } })
    await problemOf(
      await ask(id, 'amendments', { reason: 'second', patch: { remarks: 'third' } }, whatever),
      'change-pending',
    )
    await problemOf(await ask(id, 'cancellations', { reason: 'no' }, whatever), 'change-pending')
    const document = await documentOf(id)
    const put = await world.call('PUT', `/v1/declarations/${id}`, {
      body: document,
      headers: whatever,
    })
    await problemOf(put, 'change-pending')
    const [change] = (await world.read(id)).changes
    const takeBack = () => world.call('DELETE', change?.href ?? '')
    // It is being tried: it may have gone out.
    await problemOf(await takeBack(), 'not-changeable')
  })

  test('is taken back as long as it waits for something: everything stands as before', async () => {
    const { id } = await filed()
    await ask(id, 'cancellations', { reason: 'not sure' })
    const [change] = (await world.read(id)).changes
    const back = await world.call('DELETE', change?.href ?? '')
    expect(await back.json()).toMatchObject({ status: 'withdrawn' })
    expect(await world.read(id)).toMatchObject({ status: 'released', version: 1, changes: [{ status: 'withdrawn' }] })
    await problemOf(await world.call('DELETE', change?.href ?? ''), 'not-changeable')
    // Others' business may still be going on.
    const { filings } = await world.read(id)
    const heard = world.heard.filter(({ reference }) => filings.some((filing) => filing.id === reference))
    expect(heard.map(({ procedure }) => procedure)).toEqual(['file', 'file'])
  })

  test('a dry run keeps nothing and says whom it concerns', async () => {
    const { id } = await filed()
    const before = await world.read(id)
    const answer = await world.call('POST', `/v1/declarations/${id}/amendments?dryRun=true`, {
      body: { reason: 'what if', patch: { remarks: 'second' } },
      headers: { 'if-match': await etagOf(id) },
    })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ filings: [{ agency: 'east' }], differences: [{ pointer: '/remarks' }] })
    expect(await world.read(id)).toEqual(before)
    const { filings } = before
    expect(world.heard.filter(({ document }) => filings.some((filing) => filing.id === document['changes']))).toEqual(
      [],
    )
  })

  test('what an agency’s rules refuse is refused at once, whole', async () => {
    const { id } = await filed()
    const refused = await problemOf(
      await ask(id, 'amendments', { reason: 'no way', patch: { remarks: 'never' } }),
      'change-refused',
    )
    expect(issuesIn(refused)).toEqual(['/remarks not-amendable east'])
    const invalid = await problemOf(
      await ask(id, 'amendments', { reason: 'nonsense', patch: { direction: 'sideways' } }),
      'declaration-invalid',
    )
    expect(issuesIn(invalid)).toEqual(['/direction invalid-value'])
    expect(await world.read(id)).toMatchObject({ version: 1, changes: [] })
  })

  test.each([
    ['nothing', {}, ['/reason missing']],
    ['neither patch nor declaration', { reason: 'x' }, ['/patch one-of']],
    ['both', { reason: 'x', patch: {}, declaration: {} }, ['/patch one-of']],
    ['an unknown field', { reason: 'x', patch: {}, why: 1 }, ['/why unknown-field']],
    ['a reason of two lines', { reason: 'a\nb', patch: {} }, ['/reason invalid-format']],
  ])('a request with %s is refused with a pointer', async (_, body, issues) => {
    const { id } = await filed()
    expect(issuesIn(await problemOf(await ask(id, 'amendments', body), 'body-invalid'))).toEqual(issues)
  })

  test('a key is used once: the same request gets the same answer, another is refused', async () => {
    const { id } = await filed()
    const etag = await etagOf(id)
    const headers = { 'idempotency-key': `once-${id}`, 'if-match': etag }
    const body = { reason: 'once', patch: { remarks: 'second' } }
    const answers = await Promise.all([1, 2, 3].map(() => ask(id, 'amendments', body, headers)))
    const texts = await Promise.all(answers.map((answer) => answer.text()))
    expect(new Set(texts).size).toBe(1)
    expect(answers.map(({ headers: got }) => got.get('idempotent-replayed')).sort()).toEqual(
      [null, 'true', 'true'].sort(),
    )
    expect((await world.read(id)).changes).toHaveLength(1)
    await problemOf(await ask(id, 'cancellations', { reason: 'once' }, headers), 'idempotency-key-reused')
    await world.meanwhile(id, settled)
    await problemOf(
      await ask(id, 'amendments', { reason: 'late', patch: { remarks: 'x' } }, { 'if-match': etag }),
      'if-match-stale',
    )
  })

  test('of somebody else’s declaration is not found', async () => {
    const { id } = await filed()
    const answer = await world.call('POST', `/v1/declarations/${id}/amendments`, {
      key: world.keys.stranger,
      body: { reason: 'mine', patch: {} },
      headers: { 'idempotency-key': 'thief', 'if-match': '*' },
    })
    await problemOf(answer, 'not-found')
  })

  test('what was asked for beyond the plan has its own particulars: another’s in the document are none of it', async () => {
    const declaration = { ...sample(), particulars: { west: { extra: { amount: 1 } } } }
    const { body } = await world.post(declaration)
    await world.meanwhile(body.id, ({ filings }) => filings.every(({ status }) => status === 'approved'))
    const further = await ask(body.id, 'filings', { agency: 'west', procedure: 'extra', particulars: { amount: 5 } })
    expect(further.status).toBe(202)
    await world.meanwhile(body.id, (seen) => filingOf(seen, 'west', 'extra').status === 'approved')
    const patch = { remarks: 'second', particulars: { west: { extra: { amount: 2 } } } }
    const asked = await ask(body.id, 'amendments', { reason: 'a remark', patch }, whatever)
    expect(asked.status).toBe(202)
    expect(await asked.json()).toMatchObject({ filings: [{ agency: 'east' }] })
  })

  test('particulars that were brought for a filing outlive an amendment that does not speak of them', async () => {
    world.desk.answers = (agency) => (agency === 'west' ? 'refused' : 'approved')
    const declaration = { ...sample(), particulars: { west: { file: { amount: 1 } } } }
    const { body } = await world.post(declaration)
    await world.meanwhile(body.id, (seen) => filingOf(seen, 'west').status === 'refused')
    world.desk.answers = () => 'approved'
    const { id, etag } = filingOf(await world.read(body.id), 'west')
    const brought = await world.call('PUT', `/v1/declarations/${body.id}/filings/${id}/particulars`, {
      body: { amount: 2 },
      headers: { 'if-match': etag },
    })
    expect(brought.status).toBe(200)
    await world.meanwhile(body.id, ({ filings }) => filings.every(({ status }) => status === 'approved'))
    const asked = await ask(body.id, 'amendments', { reason: 'a remark', patch: { remarks: 'second' } }, whatever)
    expect(await asked.json()).toMatchObject({ filings: [{ agency: 'east' }], unaffected: [{ agency: 'west' }] })
    await world.meanwhile(body.id, settled)
    // Said anew in a later version, they count.
    const anew = { particulars: { west: { file: { amount: 3 } } } }
    const again = await ask(body.id, 'amendments', { reason: 'an amount', patch: anew }, whatever)
    expect(await again.json()).toMatchObject({ filings: [{ agency: 'west' }] })
  })
})
