import { expect, test } from 'vitest'
import { pageOf } from '../../schemas/answers.ts'
import { stuckAnswer } from '../../schemas/operations.ts'
import { beefUnder, desk } from '../certificates/licences.ts'
import { filingOf, openWorld, type Seen } from '../support/world.ts'

// The licence office is away 发证机关无应答: the declaration is taken in and waits, visibly, and goes on by itself.
let willNotWriteOff = false
const world = await openWorld({
  apart: ['commerce'],
  transport: (agencies) => ({
    ...agencies,
    async call(agency, message, trace) {
      const answer = await agencies.call(agency, message, trace)
      return willNotWriteOff && message.path === '/licences/writeoff'
        ? { ...answer, body: answer.body.replace(/<ResultCode>[^<]*/, '<ResultCode>6') }
        : answer
    },
  }),
})
const { told, uses, events, bookings, correct } = await desk(world)
const fault = (name: string, times?: number) =>
  world.simulator.app.request('/control/agencies/commerce/faults', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fault: name, ...(times === undefined ? {} : { times }) }),
  })
const clear = () => world.simulator.app.request('/control/agencies/commerce/faults', { method: 'DELETE' })
const gone = (seen: Seen) => !['planned', 'waiting', 'queued'].includes(filingOf(seen, 'customs').status)

test('an issuer that is away is a warning, never a refusal; the filing says since when it waits', async () => {
  expect((await fault('BURST5XX')).status).toBeLessThan(300)
  const dry = await world.call('POST', '/v1/declarations?dryRun=true', { body: beefUnder('26-50-100233') })
  expect(await dry.json()).toMatchObject({ acceptable: true, warnings: [{ code: 'certificate-not-verified' }] })

  const declaration = beefUnder('26-50-200048')
  const { status, body } = await world.post(declaration)
  expect(status).toBe(202)
  expect(body).toMatchObject({
    warnings: [{ pointer: '/goodsShipment/additionalDocuments/0', code: 'certificate-not-verified' }],
  })
  const waiting = await world.meanwhile(body.id, (seen) =>
    (filingOf(seen, 'customs').gates?.[0]?.because.en ?? '').includes('cannot be reached since'),
  )
  expect(filingOf(waiting, 'customs').status).toBe('waiting')
  expect(await events(body.id)).toEqual(['unreachable'])
  // Nobody else waits for it.
  await world.until(body.id, (seen) => filingOf(seen, 'border').status === 'closed')

  await clear()
  await world.meanwhile(body.id, gone)
  expect(await events(body.id)).toEqual(['unreachable', 'reserved'])
  expect(bookings(declaration)).toEqual(['commerce: licence booked 预留'])
  expect(await told('26-50-200048')).toMatchObject({ reserved: '24000', usesTaken: 1 })
})

test('an answer lost after it booked is asked for, and books nothing twice', async () => {
  const declaration = beefUnder('26-50-200048', '-K.AWAY')
  // Compared it is away; the booking is done, and its answer torn off.
  await fault('RESET', 2)
  const { body } = await world.post(declaration)
  await world.meanwhile(body.id, gone)
  expect(bookings(declaration)).toEqual(['commerce: licence booked 预留'])
  expect(await told('26-50-200048')).toMatchObject({ reserved: '48000', remaining: '0', usesTaken: 2 })
  await clear()
})

test('agreed when compared and refused when booked: the trader reads why, corrects it, and the rest goes by itself', async () => {
  const declaration = beefUnder('26-50-100233', '-K.BOOKEDOUT')
  const { status, body } = await world.post(declaration)
  expect(status).toBe(202)
  const refused = await world.meanwhile(body.id, (seen) => filingOf(seen, 'customs').status === 'awaiting-particulars')
  expect(refused.status).toBe('action-needed')
  const action = refused.needsAction.find(({ agency }) => agency === 'customs')
  expect(action).toMatchObject({
    by: 'trader',
    needs: [{ code: 'certificate-quantity', pointer: '/goodsShipment/additionalDocuments/0' }],
  })
  expect(action?.needs?.[0]).toMatchObject({ detail: expect.stringContaining('数量超出') })
  expect(await uses(body.id)).toMatchObject([{ status: 'refused', findings: [{ code: 'certificate-quantity' }] }])

  // The office refuses whatever this declaration's own number asks it: another licence is another matter of its register.
  expect((await correct(body.id, { ...declaration, remarks: 'the same again' })).status).toBe(200)
  await world.meanwhile(body.id, (seen) => filingOf(seen, 'customs').status === 'awaiting-particulars')
  expect((await uses(body.id)).map(({ status }) => status)).toEqual(['refused', 'refused'])
})

test('an answer nobody has published moves nothing forward', async () => {
  const declaration = beefUnder('26-50-100233', '-K.STRANGECODE')
  const { body } = await world.post(declaration)
  await world.meanwhile(body.id, (seen) => (filingOf(seen, 'customs').gates?.[0]?.because.en ?? '').includes('since'))
  expect(filingOf(await world.read(body.id), 'customs').status).toBe('waiting')
  expect(await uses(body.id)).toMatchObject([{ status: 'wanted', error: expect.stringContaining('77') }])
})

/** What an operator sees of it. */
const stuck = async (id: string) => {
  const path = '/v1/operations/stuck?cause=certificate&agency=commerce'
  const { data } = pageOf(stuckAnswer).parse(await (await world.call('GET', path, { key: world.keys.admin })).json())
  return data.filter(({ declarationId }) => declarationId === id)
}

test.each([
  ['never answers', async () => void (await fault('BURST5XX')), /HTTP 503/],
  ['keeps refusing', async () => void (willNotWriteOff = true), /answered 6/],
])('a write-off that its issuer %s stands among what is stuck, until it is done', async (_, disturb, error) => {
  // Released against a guarantee, so that nobody has to pay first.
  const { body } = await world.post(beefUnder('26-50-100233', '-C.GUARANTEE'))
  await world.meanwhile(body.id, gone)
  expect(await stuck(body.id)).toEqual([])
  await disturb()
  const granted = await world.until(body.id, (seen) =>
    ['approved', 'closed'].includes(filingOf(seen, 'customs').status),
  )
  await world.eventually(async () => (await stuck(body.id)).length === 1)
  const [row] = await stuck(body.id)
  expect(row).toMatchObject({
    cause: 'certificate',
    agency: 'commerce',
    error: expect.stringMatching(error) as string,
    filingId: filingOf(granted, 'customs').id,
    certificate: { typeCode: '7', number: '26-50-100233', asking: 'commit' },
    tries: expect.any(Number) as number,
    nextAttemptAt: expect.any(String) as string,
  })
  willNotWriteOff = false
  await clear()
  await world.eventually(async () => (await uses(body.id))[0]?.status === 'committed')
  expect(await stuck(body.id)).toEqual([])
})
