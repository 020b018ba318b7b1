import { describe, expect, test } from 'vitest'
import { issuesIn, problemOf } from '../routes/support.ts'
import { openChanging, settled, whatever } from '../support/changing.ts'
import { filingOf } from '../support/world.ts'

const { world, sample, etagOf, ask, filed, documentOf } = await openChanging()

describe('a cancellation', () => {
  const reasons = { east: { cancellation: { reasonCode: 'C03' } }, west: { cancellation: { reasonCode: 'C03' } } }

  test('takes back what every agency holds; then the declaration is over', async () => {
    const { id } = await filed()
    const answer = await ask(id, 'cancellations', { reason: 'not shipped', particulars: reasons })
    expect(await answer.json()).toMatchObject({
      filings: [{ agency: 'east' }, { agency: 'west' }],
    })
    const seen = await world.meanwhile(id, settled)
    expect(seen).toMatchObject({ status: 'cancelled', needsAction: [], changes: [{ status: 'granted' }] })
    // What was planned, and why, stays readable.
    expect(seen.plan.map(({ agency, files }) => `${agency} ${files}`)).toContain('east true')
    expect(['east', 'west'].map((agency) => filingOf(seen, agency, 'file').status)).toEqual(['withdrawn', 'withdrawn'])
    await problemOf(await ask(id, 'amendments', { reason: 'late', patch: {} }), 'declaration-cancelled')
    const put = await world.call('PUT', `/v1/declarations/${id}`, {
      body: await documentOf(id),
      headers: { 'if-match': await etagOf(id) },
    })
    await problemOf(put, 'declaration-cancelled')
  })

  test('refused by one agency: that filing stands, the others are taken back', async () => {
    const { id } = await filed()
    world.desk.answers = (agency) => (agency === 'east' ? 'refused' : 'approved')
    await ask(id, 'cancellations', { reason: 'not shipped', particulars: reasons })
    const seen = await world.meanwhile(id, settled)
    expect(seen).toMatchObject({ changes: [{ status: 'partly' }] })
    expect(seen.status).not.toBe('cancelled')
    expect(filingOf(seen, 'east', 'file').status).toBe('approved')
    expect(filingOf(seen, 'west', 'file').status).toBe('withdrawn')
  })

  test('granted in part only: what waits for what was taken back says so', async () => {
    world.desk.answers = (agency, procedure) =>
      procedure === 'cancellation' ? (agency === 'east' ? 'refused' : 'approved') : 'acknowledged'
    const { id } = await filed()
    const asked = await world.call('POST', `/v1/declarations/${id}/filings`, {
      body: { agency: 'west', procedure: 'extra', covers: [] },
      headers: { 'idempotency-key': `stranded-${id}` },
    })
    expect(asked.status).toBe(202)
    await ask(id, 'cancellations', { reason: 'not shipped', particulars: reasons })
    const seen = await world.meanwhile(id, settled)
    const stranded = seen.filings.filter(({ status }) => status === 'blocked')
    expect(stranded).toMatchObject([{ agency: 'west', procedure: 'extra' }])
    expect(seen.status).toBe('action-needed')
    expect(seen.changes).toMatchObject([{ status: 'partly' }])
    expect(seen.needsAction.map(({ filingId }) => filingId)).toEqual(stranded.map(({ id }) => id))
  })

  test('waits for what an agency wants to know, and goes on when it is brought', async () => {
    const { id } = await filed()
    await ask(id, 'cancellations', { reason: 'not shipped', particulars: { west: reasons.west } })
    const waiting = await world.meanwhile(id, ({ filings }) =>
      filings.some(
        ({ agency, status, procedure }) => agency === 'west' && procedure === 'file' && status === 'withdrawn',
      ),
    )
    expect(waiting).toMatchObject({ status: 'action-needed', changes: [{ status: 'pending' }] })
    const change = waiting.filings.find(({ agency, procedure }) => agency === 'east' && procedure === 'cancellation')
    expect(waiting.needsAction).toMatchObject([{ agency: 'east', filingId: change?.id }])
    const brought = await world.call('PUT', `/v1/declarations/${id}/filings/${change?.id}/particulars`, {
      body: { reasonCode: 'C03' },
      headers: { 'if-match': change?.etag ?? '' },
    })
    expect(brought.status).toBe(200)
    expect(await world.meanwhile(id, settled)).toMatchObject({ status: 'cancelled' })
  })

  test('of what may have gone out waits for its agency', async () => {
    world.desk.answers = () => 'away'
    const { body } = await world.post(sample())
    // Whatever the worker has taken up by now may be on its way: wait for the first try to fail.
    await world.meanwhile(body.id, ({ filings }) => filings.every(({ delivery }) => (delivery?.tries ?? 0) > 0))
    await ask(body.id, 'cancellations', { reason: 'at once', particulars: reasons }, whatever)
    expect(await world.read(body.id)).toMatchObject({ changes: [{ status: 'pending' }] })
  })

  test('particulars for what is no change are refused', async () => {
    const { id } = await filed()
    const particulars = { east: { file: {} }, north: { cancellation: {} } }
    const problem = await problemOf(await ask(id, 'cancellations', { reason: 'x', particulars }), 'change-refused')
    expect(issuesIn(problem)).toEqual([
      '/particulars/east/file unknown-field',
      '/particulars/north/cancellation unknown-field',
    ])
  })
})
