import { describe, expect, test } from 'vitest'
import { transaction } from '../../src/db/database.ts'
import { digestOfDraft, putEntries, readChanges } from '../../src/db/draft-entries.ts'
import {
  beginDraft,
  discardDraft,
  editDraft,
  findDraft,
  outsiders,
  putEntry,
  returnDraft,
} from '../../src/fees/draft.ts'
import { submitDraft } from '../../src/fees/publish.ts'
import { limits } from '../../src/limits.ts'
import { clerk, lin, newFee, openDesk, orderlyEntries, refusalOf, wang, zhao } from './drafting.ts'
import { fee, payee, tallyFirm, terminalFirm } from './support.ts'

const desk = await openDesk()
const { database } = desk
await desk.seed()
const changesOf = async (id: string) =>
  (await readChanges(database.pool, await desk.read(id), { after: undefined, limit: 50 })).map(
    ({ type, id: entry, before, after, reason }) =>
      `${type}/${entry} ${before === null ? 'added' : after === null ? `removed: ${reason}` : 'changed'}`,
  )
const tally = orderlyEntries().find(({ id }) => id === 'guoyuan-tally')
if (tally?.type !== 'fee') throw new Error('No tally')
const dearer = { ...tally, content: { ...tally.content, note: { en: 'dearer', zh: '上调' } } }

describe('what a draft changes', () => {
  test('is kept against its base: added, changed, taken out with a reason', async () => {
    const { id } = await desk.begin()
    await desk.put(id, lin, newFee('new-one'), dearer)
    await desk.remove(id, lin, { type: 'fee', id: 'guoyuan-lashing' }, 'Nobody asks for it')
    expect(await changesOf(id)).toEqual([
      'fee/guoyuan-lashing removed: Nobody asks for it',
      'fee/guoyuan-tally changed',
      'fee/new-one added',
    ])
    expect(await desk.read(id)).toMatchObject({ revision: 4, put: 2, removed: 1, status: 'open' })
  })
  test('is undone by putting what the base has, whatever the order of its fields', async () => {
    const { id } = await desk.begin()
    await desk.put(id, lin, dearer)
    const asBefore = Object.fromEntries(Object.entries(tally.content).reverse()) as typeof tally.content
    await desk.put(id, lin, { ...tally, content: asBefore })
    expect(await changesOf(id)).toEqual([])
    await desk.remove(id, lin, tally, 'By mistake')
    await desk.put(id, lin, tally)
    expect(await changesOf(id)).toEqual([])
  })
  test('taken out of what only the draft has leaves no trace and needs no reason; out of the base it does', async () => {
    const { id } = await desk.begin()
    await desk.put(id, lin, newFee('new-one'), dearer)
    await desk.remove(id, lin, { type: 'fee', id: 'new-one' })
    expect(await refusalOf(desk.remove(id, lin, dearer))).toEqual({
      code: 'invalid-parameter',
      issues: ['/reason missing'],
    })
    expect(await changesOf(id)).toEqual(['fee/guoyuan-tally changed'])
    await desk.remove(id, lin, dearer, 'Not done any more')
    expect(await changesOf(id)).toEqual(['fee/guoyuan-tally removed: Not done any more'])
    expect(await refusalOf(desk.remove(id, lin, dearer, 'Again'))).toMatchObject({ code: 'not-found' })
    expect(await refusalOf(desk.remove(id, lin, { type: 'fee', id: 'never-was' }, 'x'))).toMatchObject({
      code: 'not-found',
    })
  })
  test('gives a digest that any change of it changes', async () => {
    const { id } = await desk.begin()
    const seen = new Set<string>()
    const look = async () => seen.add(await digestOfDraft(database.pool, await desk.read(id)))
    await look()
    await desk.put(id, lin, dearer)
    await look()
    await desk.put(id, lin, newFee('new-one'))
    await look()
    await desk.remove(id, lin, { type: 'fee', id: 'guoyuan-lashing' }, 'One reason')
    await look()
    await desk.remove(id, lin, { type: 'fee', id: 'guoyuan-weighing' }, 'One reason')
    await look()
    for (const change of [{ title: 'Another' }, { reason: 'Another' }, { validFrom: '2027-01-01' }]) {
      await editDraft(database, desk.about(id, lin), change)
      await look()
    }
    expect(seen.size).toBe(8)
    expect([...seen].every((digest) => /^[0-9a-f]{64}$/.test(digest))).toBe(true)
  })
  test('has an end', async () => {
    const { id } = await desk.begin()
    const many = Array.from({ length: limits.draftChanges }, (_, at) => ({
      type: 'fee' as const,
      id: `many-${at}`,
      content: '{}',
    }))
    await transaction(database.pool, async (client) => putEntries(client, await desk.read(id), many, lin, desk.at()))
    expect(await refusalOf(desk.put(id, lin, newFee('one-more')))).toMatchObject({ code: 'limit-reached' })
    expect(await desk.read(id)).toMatchObject({ put: limits.draftChanges, revision: 1 })
  })
})

describe('two at once', () => {
  test('of two that saw the same, one is told; nothing is lost', async () => {
    const { id } = await desk.begin()
    const done = await Promise.allSettled([
      putEntry(database, desk.about(id, lin, 1), newFee('from-lin')),
      putEntry(database, desk.about(id, zhao, 1), newFee('from-zhao')),
    ])
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const [lost] = done.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    expect(lost).toMatchObject({ code: 'if-match-stale' })
    expect(await desk.read(id)).toMatchObject({ revision: 2, put: 1 })
    expect(await changesOf(id)).toHaveLength(1)
  })
  test('twenty changes one after the other are twenty revisions', async () => {
    const { id } = await desk.begin()
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        putEntry(database, desk.about(id, at % 2 === 0 ? lin : zhao), newFee(`n-${at}`)),
      ),
    )
    expect(await desk.read(id)).toMatchObject({ revision: 21, put: 20 })
    expect((await desk.read(id)).contributors.length).toBe(2)
  })
})

describe('who may do what', () => {
  const terminal = clerk('Chen of the terminal')
  test('a payee’s key drafts for its own payee, and sees nothing else', async () => {
    const own = await desk.begin(terminal, {})
    expect(own.payee).toBe('guoyuan-terminal')
    const others = await desk.begin(lin)
    expect(await refusalOf(findDraft(database.pool, others.id, terminal))).toMatchObject({ code: 'not-found' })
    expect(await refusalOf(findDraft(database.pool, own.id, clerk('Du of the tally', tallyFirm)))).toMatchObject({
      code: 'not-found',
    })
    expect((await findDraft(database.pool, own.id, lin)).id).toBe(own.id)
    expect(await refusalOf(desk.begin(terminal, { payee: 'qingtian-tally' }))).toEqual({
      code: 'forbidden',
      issues: ['/payee not-your-payee'],
    })
    for (const nobody of [clerk('Nobody', '91500000MA5PAY999X'), { ...terminal, tenant: undefined }])
      expect(await refusalOf(desk.begin(nobody, {}))).toMatchObject({ code: 'forbidden' })
    expect(await refusalOf(desk.begin(lin, { payee: 'nobody' }))).toEqual({
      code: 'body-invalid',
      issues: ['/payee unknown-entry'],
    })
  })
  test.each([
    ['its own new fee', fee('guoyuan-new', { kind: 'seal' }), undefined],
    ['its own fee, changed', fee('guoyuan-weighing', { telephone: '023-9999999' }), undefined],
    ['a fee of somebody else', fee('guoyuan-new', { payee: 'qingtian-tally' }), '/payee not-your-payee'],
    ['somebody else’s fee, made its own', fee('guoyuan-tally', { kind: 'tally' }), ' not-your-payee'],
    ['itself', payee('guoyuan-terminal', { telephone: '023-9999999', creditCode: terminalFirm }), undefined],
    ['itself, as another firm', payee('guoyuan-terminal', { creditCode: tallyFirm }), '/creditCode not-your-payee'],
    ['itself, as no firm', payee('guoyuan-terminal'), '/creditCode not-your-payee'],
    ['another payee', payee('qingtian-tally', { creditCode: terminalFirm }), ' not-your-payee'],
    ['a rule', orderlyEntries().find(({ type }) => type === 'rule'), ' not-your-payee'],
    ['a basis', orderlyEntries().find(({ type }) => type === 'basis'), ' not-your-payee'],
  ])('a payee’s key puts %s: %#', async (_, entry, issue) => {
    if (entry === undefined) throw new Error('No such entry')
    const { id } = await desk.begin(terminal, {})
    const putting = desk.put(id, terminal, entry)
    if (issue === undefined) expect(await putting).toMatchObject({ put: 1 })
    else {
      expect(await refusalOf(putting)).toEqual({ code: 'forbidden', issues: [issue] })
      expect(await desk.read(id)).toMatchObject({ put: 0, revision: 1 })
    }
    await discardDraft(database, desk.about(id, terminal))
  })
  test('and takes out its own only', async () => {
    const { id } = await desk.begin(terminal, {})
    expect(await refusalOf(desk.remove(id, terminal, tally, 'Too dear'))).toMatchObject({ code: 'forbidden' })
    expect(await desk.remove(id, terminal, { type: 'fee', id: 'guoyuan-weighing' }, 'Not done')).toMatchObject({
      removed: 1,
    })
  })
  test('an officer in a draft for one payee keeps to it too', async () => {
    const { id } = await desk.begin(lin, { payee: 'guoyuan-terminal' })
    expect(await refusalOf(desk.put(id, lin, dearer))).toMatchObject({ code: 'forbidden' })
    expect(await desk.put(id, lin, payee('guoyuan-terminal', { creditCode: tallyFirm }))).toMatchObject({ put: 1 })
  })
  test('many at once are told apart one by one', async () => {
    const draft = await desk.begin(terminal, {})
    const found = await outsiders(database.pool, terminal, draft, [
      fee('a-new', {}),
      tally,
      fee('b-new', { payee: 'broker-east' }),
    ])
    expect(found.map((one) => one?.code)).toEqual([undefined, 'not-your-payee', 'not-your-payee'])
  })
  test('drafts of one key have a number', async () => {
    const busy = { ...wang, name: 'Busy', keyHash: 'busy' }
    const begun = await Promise.allSettled(Array.from({ length: limits.draftsOpen + 3 }, () => desk.begin(busy)))
    expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(limits.draftsOpen)
    const [first] = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    await discardDraft(database, desk.about(first?.id ?? '', busy))
    await transaction(database.pool, (client) =>
      beginDraft(client, busy, { title: 'x', reason: 'x', validFrom: '2027-01-01' }, desk.at()),
    )
  })
})

describe('its way', () => {
  test('submitted it stands still; returned it is open again by the next change', async () => {
    const { id } = await desk.begin()
    await desk.put(id, lin, newFee('new-one'))
    await desk.submit(id)
    for (const doing of [
      () => desk.put(id, lin, newFee('another')),
      () => desk.remove(id, lin, { type: 'fee', id: 'new-one' }),
      () => editDraft(database, desk.about(id, lin), { title: 'x' }),
      () => discardDraft(database, desk.about(id, lin)),
      () => desk.submit(id),
    ])
      expect(await refusalOf(doing())).toMatchObject({ code: 'not-changeable' })
    expect(await returnDraft(database, desk.about(id, zhao), 'Say why')).toMatchObject({
      status: 'returned',
      remark: 'Say why',
      decidedBy: 'Zhao',
    })
    expect(await refusalOf(returnDraft(database, desk.about(id, zhao), 'x'))).toMatchObject({ code: 'not-changeable' })
    expect(await editDraft(database, desk.about(id, lin), { reason: 'Because' })).toMatchObject({ status: 'open' })
    await desk.submit(id)
    await desk.approve(id)
    for (const doing of [
      () => desk.put(id, lin, newFee('another')),
      () => desk.submit(id),
      () => discardDraft(database, desk.about(id, lin)),
    ])
      expect(await refusalOf(doing())).toMatchObject({ code: 'not-changeable' })
  })
  test('with errors it is not submitted, and every one is named', async () => {
    const { id } = await desk.begin(lin, { validFrom: '2026-11-25' })
    await desk.put(id, lin, newFee('a-fee', { payee: 'nobody' }), newFee('b-fee', { kind: 'port-construction' }))
    expect(await refusalOf(desk.submit(id))).toEqual({
      code: 'draft-invalid',
      issues: [
        '/fee/a-fee/payee unknown-entry',
        '/fee/b-fee/kind kind-cancelled',
        '/validFrom begins-before-its-base',
        '/validFrom begins-before-notice-ends',
      ],
    })
    expect(await desk.read(id)).toMatchObject({ status: 'open', put: 2 })
  })
  test('without a change it is not submitted', async () => {
    const { id } = await desk.begin()
    expect(await refusalOf(submitDraft(database, desk.about(id, lin)))).toEqual({
      code: 'draft-invalid',
      issues: [' nothing-changed'],
    })
  })
})
