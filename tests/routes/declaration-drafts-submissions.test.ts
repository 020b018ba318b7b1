import { describe, expect, test } from 'vitest'
import type { DeclarationDraftAnswer } from '../../schemas/declaration-draft.ts'
import { edited, openDraftDesk, root, tagOf } from '../drafts/desk.ts'
import { filingOf, laptops } from '../support/world.ts'
import { freshKey, issuesIn, problemOf, smallSample } from './support.ts'

const { world, begin, read, put, replace, check, handIn, heldByCustoms } = await openDraftDesk()

describe('handing a draft in', () => {
  test('makes a declaration of it, and the draft is gone', async () => {
    const document = laptops()
    const draft = await begin({ document })
    const headers = freshKey()
    const given = await handIn(draft, headers)
    expect(given.status).toBe(202)
    const { id } = (await given.json()) as { id: string }
    expect(given.headers.get('location')).toBe(`/v1/declarations/${id}`)
    expect(await (await world.call('GET', `/v1/declarations/${id}/document`)).json()).toEqual(document)
    const gone = await world.call('GET', `${root}/${draft.id}`)
    expect(gone.headers.get('location')).toBe(`/v1/declarations/${id}`)
    await problemOf(gone, 'draft-handed-in')
    await problemOf(await put(draft, { document: {} }), 'draft-handed-in')
    const again = await handIn(draft, headers)
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([202, 'true'])
    expect(((await again.json()) as { id: string }).id).toBe(id)
    await problemOf(await handIn(draft), 'draft-handed-in')
  })

  test('refuses what no agency would take, and keeps the draft', async () => {
    const draft = await begin({ document: { ...laptops(), declarationOfficeId: 'ZZZZ' } })
    const problem = await problemOf(await handIn(draft), 'declaration-invalid')
    expect(issuesIn(problem)).toContain('/declarationOfficeId unknown-code')
    expect((await read(draft.id)).revision).toBe(1)
  })

  test('takes only what was seen', async () => {
    const draft = await begin({ document: laptops() })
    await replace(draft, { document: laptops() })
    await problemOf(await handIn(draft), 'if-match-stale')
    await problemOf(
      await world.call('POST', `${root}/${draft.id}/submissions`, { headers: freshKey() }),
      'if-match-missing',
    )
    await problemOf(
      await world.call('POST', `${root}/${draft.id}/submissions`, { headers: tagOf(draft) }),
      'idempotency-key-missing',
    )
  })

  test('corrects what an agency refused: its filing starts anew with the version of the draft, and the draft is gone', async () => {
    const { body } = await world.post(smallSample('-C.REFUSE'))
    await world.idle()
    const draft = await begin({ from: { declarationId: body.id, purpose: 'correction' } })
    expect(draft.basis).toMatchObject({ purpose: 'correction', version: 1, current: 1 })
    const next = await replace(draft, {
      document: edited(draft, (document) => {
        document.remarks = '更正'
      }),
    })
    const found = await check(draft.id)
    expect(found.errors).toEqual([])
    expect(found.differences).toMatchObject([{ pointer: '/remarks', after: '更正' }])
    const headers = freshKey()
    const given = await handIn(next, headers)
    expect([given.status, given.headers.get('location')]).toEqual([202, `/v1/declarations/${body.id}`])
    const corrected = await world.read(body.id)
    expect(corrected).toMatchObject({ version: 2 })
    expect(filingOf(corrected, 'customs').attempt).toBe(2)
    expect(await (await world.call('GET', `/v1/declarations/${body.id}/document`)).json()).toMatchObject({
      remarks: '更正',
    })
    await problemOf(await world.call('GET', `${root}/${draft.id}`), 'draft-handed-in')
    expect((await handIn(next, headers)).headers.get('idempotent-replayed')).toBe('true')
    expect(filingOf(await world.read(body.id), 'customs').attempt).toBe(2)
  })

  test('does not correct a declaration that was corrected meanwhile: it is told what changed', async () => {
    const declaration = smallSample('-C.REFUSE')
    const { body } = await world.post(declaration)
    await world.idle()
    const draft = await begin({ from: { declarationId: body.id, purpose: 'correction' } })
    const put = await world.call('PUT', `/v1/declarations/${body.id}`, {
      body: { ...declaration, remarks: 'FIRST' },
      headers: { 'if-match': '*' },
    })
    expect(put.status).toBe(200)
    await problemOf(await handIn(draft), 'basis-changed')
    expect((await read(draft.id)).basis).toMatchObject({ version: 1, current: 2 })
  })

  test('amends what agencies hold, with a reason', async () => {
    const accepted = await world.post(laptops())
    await heldByCustoms(accepted.body.id)
    const draft = await begin({ from: { declarationId: accepted.body.id, purpose: 'amendment' } })
    const document = edited(draft, ({ goodsShipment }) => {
      goodsShipment.contractNumber = 'NEW-1'
    })
    const without = await replace(draft, { document })
    expect(issuesIn(await check(draft.id))).toContain('/reason missing')
    await problemOf(await handIn(without), 'change-refused')
    const next = await replace(without, { document, reason: '合同号录入有误' })
    const found = await check(draft.id)
    expect(found).toMatchObject({
      acceptable: true,
      change: { differences: [{ pointer: '/goodsShipment/contractNumber', after: 'NEW-1' }] },
    })
    expect(found.change?.filings.some(({ agency }) => agency === 'customs')).toBe(true)
    const given = await handIn(next)
    expect(given.status).toBe(202)
    expect(given.headers.get('location')).toMatch(new RegExp(`^/v1/declarations/${accepted.body.id}/changes/`))
    await problemOf(await world.call('GET', `${root}/${draft.id}`), 'draft-handed-in')
  })

  test('says what changed where its declaration has moved on, and goes on once it takes account of that', async () => {
    const accepted = await world.post(laptops())
    await heldByCustoms(accepted.body.id)
    const from = { declarationId: accepted.body.id, purpose: 'amendment' }
    const [one, other] = [await begin({ from }), await begin({ from })]
    const particulars = { customs: { amendment: { reasonCode: '7', entOpName: '李雷', entOpTele: '023-12345678' } } }
    const amended = (draft: DeclarationDraftAnswer, remarks: string) => ({
      particulars,
      document: edited(draft, (document) => {
        document.remarks = remarks
      }),
      reason: '更正',
    })
    expect((await handIn(await replace(one, amended(one, '一')))).status).toBe(202)
    await world.until(accepted.body.id, (seen) => (seen as { version?: number }).version === 2)
    const late = await replace(other, amended(other, '二'))
    expect(late.basis).toMatchObject({ version: 1, current: 2 })
    expect((await check(late.id)).moved).toMatchObject({ from: 1, to: 2, data: [{ pointer: '/remarks', after: '一' }] })
    const problem = await problemOf(await handIn(late), 'basis-changed')
    expect(issuesIn(problem)).toContain('/remarks changed-meanwhile')
    const caught = await replace(late, { ...amended(late, '二'), basedOn: 2 })
    expect(caught.basis).toMatchObject({ version: 2, current: 2 })
    expect((await check(late.id)).moved).toBeUndefined()
  })

  test('a copy is a declaration of its own: no number, no days, and what is often another’s to be confirmed', async () => {
    const original = laptops()
    const accepted = await world.post(original)
    const copy = await begin({ from: { declarationId: accepted.body.id, purpose: 'copy' } })
    expect(copy.basis).toBeUndefined()
    expect(copy.document).not.toHaveProperty('functionalReferenceId')
    expect(JSON.stringify(copy.document)).not.toContain('departureDateTime')
    expect(copy.guesses.map(({ pointer }) => pointer)).toContain('/goodsShipment/contractNumber')
    const from = { declarationId: accepted.body.id, purpose: 'copy' }
    await problemOf(
      await world.call('POST', root, { key: world.keys.stranger, body: { from }, headers: freshKey() }),
      'not-found',
    )
  })
})
