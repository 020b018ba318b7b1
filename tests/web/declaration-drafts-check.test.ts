import { describe, expect, test } from 'vitest'
import { laptops } from '../support/world.ts'
import { form, idOf, openDraftPages } from './draft-clerk.ts'

const { world, clerk, made, readDraft, at, heldByCustoms } = await openDraftPages()

describe('the last step', () => {
  test('lists everything with the way to its field, and hands in nothing that is not whole', async () => {
    const document = { ...laptops(), declarationOfficeId: 'ZZZZ', nonsense: 1 }
    const { id } = await made({ document })
    const page = await at(id, 'check')
    expect(page.html).toContain(`/drafts/${id}/basics?show=all#/declarationOfficeId`)
    const refused = await clerk.send(page, form, { go: 'hand-in' })
    expect(refused.status).toBe(422)
    await clerk.send(page, form, { drop: '/nonsense' })
    expect((await readDraft(id)).document).not.toHaveProperty('nonsense')
  })

  test('of an amendment asks for its reason, shows what differs and whom it concerns, and asks the agencies', async () => {
    const accepted = await world.post(laptops())
    await heldByCustoms(accepted.body.id)
    const begun = await clerk.post('/drafts/new', { way: 'from', from: accepted.body.id, purpose: 'amendment' })
    const id = idOf(begun)
    const edited = await clerk.send(await clerk.get(begun.location), form, { '/remarks': 'amended', go: 'check' })
    const page = await clerk.get(edited.location)
    expect(page.html).toContain('Say why the amendment is asked for')
    expect(page.html).toContain('amended')
    const kept = await clerk.send(page, form, {
      reason: 'typing error',
      'change:customs/amendment/reasonCode': '7',
      'change:customs/amendment/entOpName': '李雷',
      'change:customs/amendment/entOpTele': '023-12345678',
      go: 'check',
    })
    expect(kept.status).toBe(303)
    expect((await readDraft(id)).particulars).toEqual({
      customs: { amendment: { reasonCode: '7', entOpName: '李雷', entOpTele: '023-12345678' } },
    })
    const handed = await clerk.send(await at(id, 'check'), form, { go: 'hand-in' })
    expect([handed.status, handed.location]).toEqual([303, `/declarations/${accepted.body.id}`])
    const { changes } = await world.read(accepted.body.id)
    expect(changes).toMatchObject([{ kind: 'amendment', status: 'pending' }])
  }, 60_000)
})

test('of a declaration that has changed meanwhile the changes are shown, taken over, and gone on from', async () => {
  const accepted = await world.post(laptops())
  await heldByCustoms(accepted.body.id)
  const particulars = { customs: { amendment: { reasonCode: '7', entOpName: '李雷', entOpTele: '023-12345678' } } }
  const from = { declarationId: accepted.body.id, purpose: 'amendment' }
  const { id } = await made({ from, reason: 'typing error', particulars })
  const faster = await made({ from, reason: 'typing error', particulars })
  await clerk.send(await at(faster.id, 'basics'), form, { '/remarks': 'the faster one', go: 'check' })
  expect((await clerk.send(await at(faster.id, 'check'), form, { go: 'hand-in' })).location).toContain('/declarations/')
  await world.until(accepted.body.id, (seen) => (seen as { version?: number }).version === 2)
  const page = await at(id, 'check')
  for (const part of ['has changed since', 'the faster one', 'Take it over']) expect(page.html).toContain(part)
  expect((await clerk.send(page, form, { go: 'hand-in' })).status).toBe(409)
  await clerk.send(await at(id, 'check'), form, { adopt: '/remarks' })
  await clerk.send(await at(id, 'check'), form, { basedOn: '2' })
  const caught = await readDraft(id)
  expect([caught.document['remarks'], caught.basis?.version]).toEqual(['the faster one', 2])
  expect((await at(id, 'check')).html).not.toContain('has changed since')
}, 60_000)
