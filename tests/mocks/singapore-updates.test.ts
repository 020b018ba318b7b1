import { describe, expect, test } from 'vitest'
import { outcomes } from '../../mocks/singapore/outcomes.ts'
import {
  amendment,
  between,
  cancelCertificate,
  cancellation,
  certificate,
  day,
  hour,
  inward,
  naming,
  numbered,
  office,
  outward,
  permitOf,
  type Wanted,
} from './singapore-window.ts'

describe('the outcomes of updates and certificates', () => {
  const told: { readonly [magic: string]: readonly string[] } = {
    AMENDREJECT: ['URN Accepted', 'Update Rejected U40'],
    AMENDPENDING: ['URN Accepted', 'Pending SC', 'Update Approved'],
    AMENDNEVER: [],
    CANCELREJECT: ['URN Accepted', 'Update Rejected U40'],
    CANCELNEVER: [],
    COQUERY: ['URN Accepted', 'Query O10', 'Query Answered', 'Certificate of Origin Approved'],
    COREJECT: ['URN Accepted', 'Declaration Rejected O10'],
    CONEVER: [],
  }
  const rows = outcomes.filter(({ procedure }) => procedure !== 'permit')
  const write = (procedure: string, wanted: Wanted) =>
    procedure === 'amendment'
      ? amendment('outward', wanted)
      : procedure === 'cancellation'
        ? cancellation('outward', wanted)
        : certificate(wanted)

  test.each(rows)('$magic on $procedure does what the table tells', async ({ magic, procedure, once }) => {
    const { send, pass, story, now } = await office(outward)
    const trader = `EV1-S.${magic}`
    expect((await send(write(procedure, { trader, at: now() }))).status).toBe(202)
    pass(day)
    expect(story('U1')).toEqual(told[magic])
    if (once !== true) return
    await send(write(procedure, { trader, messageId: 'U1-2', at: now() }))
    pass(day)
    expect(story('U1').at(-1)).toMatch(/Approved$/)
  })

  test('every row is shown', () => {
    expect(rows.map(({ magic }) => magic).sort()).toEqual(Object.keys(told).sort())
  })
})

describe('an amendment', () => {
  test('keeps the permit’s number, is approved under its own numbers, and the permit is used when it now says', async () => {
    const { send, pass, story, since, now, effects } = await office(inward)
    await send(amendment('inward', { at: now(), replace: [['>20261205<', '>20261210<']] }))
    pass(40 * day)
    expect(story()).toEqual(['URN Accepted', 'Update Approved', 'Permit Used'])
    const [, approval = '', used = ''] = since()
    expect(approval).toContain('<cbc:MessageReference>IPTUPT<')
    expect(between(approval, 'PermitNumber')).toBe(permitOf.inward)
    expect(between(approval, 'EndDate')).toBe('20261219')
    expect(between(used, 'UsedDatetime')).toBe('2026-12-11T12:00:00+08:00')
    expect(between(used, 'CommonAccessReference')).toBe('YC26112100000000022A')
    expect(effects.filter((what) => what.includes('used'))).toHaveLength(1)
  })

  test('to a day after the permit’s end gives it another term', async () => {
    const { send, pass, since, now } = await office(inward)
    await send(amendment('inward', { at: now(), replace: [['>20261205<', '>20261230<']] }))
    pass(day)
    expect(between(since()[1] ?? '', 'EndDate')).toBe('20261219')
    const later = await office(inward)
    later.pass(10 * day)
    await later.send(amendment('inward', { at: later.now(), replace: [['>20261205<', '>20261230<']] }))
    later.pass(day)
    expect(between(later.since()[1] ?? '', 'EndDate')).toBe('20261229')
  })

  test.each([
    ['an HS code', [['61091010', '61091020']], 'U20', '2'],
    ['a description', [['COTTON T-SHIRT', 'SILK T-SHIRT']], 'U20', '2'],
    ['a quantity', [['unitCode="TEN">200<', 'unitCode="TEN">201<']], 'U20', '2'],
    ['an origin', [[/(OriginCountry>)CN/, '$1VN']], 'U20', '1'],
    ['the importer', [['00192200M', 'T01FC6132D']], 'U20', ''],
    ['a licence', [['IMDA-L-2026-2', 'IMDA-L-2026-3']], 'U20', ''],
    ['another permit’s number', [[permitOf.inward, 'IG6K000009K']], 'U10', ''],
  ] as const)('of %s is rejected', async (_, replace, reason, item) => {
    const { send, pass, story, since, now } = await office(inward)
    await send(amendment('inward', { at: now(), replace }))
    pass(hour)
    expect(story()[1]).toMatch(`Update Rejected ${reason}`)
    expect(between(since()[1] ?? '', 'ItemSequenceNumeric')).toBe(item)
  })

  test('with a fault of format is a DCS ERROR, and blocks nothing', async () => {
    const { send, pass, story, now } = await office(inward)
    await send(amendment('inward', { at: now(), replace: [[/GSTRate>9.00/, 'GSTRate>8.00']] }))
    await send(cancellation('inward', { reference: 'U2', at: now() }))
    pass(hour)
    expect(story('U1')).toEqual(['Customs Error message E20024 E20024'])
    expect(story('U2').at(-1)).toBe('Cancellation Approved')
  })

  test('comes too late after the validity of the permit, or after its use', async () => {
    const late = await office(numbered(inward, { reference: 'P1', replace: [['>20261205<', '>20270115<']] }))
    late.pass(29 * day)
    await late.send(amendment('inward', { at: late.now(), replace: [['>20261205<', '>20270115<']] }))
    late.pass(hour)
    expect(late.story()).toEqual(['URN Accepted', 'Update Rejected U21'])
    const used = await office(outward)
    used.pass(10 * day)
    await used.send(amendment('outward', { at: used.now() }))
    used.pass(hour)
    expect(used.story('U1')).toEqual(['URN Accepted', 'Update Rejected U30'])
  })
})

describe('a cancellation', () => {
  test('is told of the permit too, which is then never used', async () => {
    const { send, pass, story, since, now } = await office(outward)
    await send(cancellation('outward', { at: now() }))
    pass(40 * day)
    expect(story()).toEqual(['URN Accepted', 'Cancellation Approved', 'Permit Cancelled'])
    expect(between(since()[2] ?? '', 'CommonAccessReference')).toBe('YC26112100000000024A')
    expect(since()[1]).toContain('<cbc:MessageReference>OUTUPT<')
    await send(cancellation('outward', { reference: 'U2', at: now() }))
    pass(hour)
    expect(story('U2')).toEqual(['URN Accepted', 'Update Rejected U34'])
  })

  test.each([
    ['the day it was approved', 0, ['URN Accepted', 'Pending SC', 'Cancellation Approved']],
    ['once the tax is paid, at 23:59 of that day', 10 * hour, ['URN Accepted', 'Update Rejected U32']],
  ])('of a payment permit, %s', async (_, waited, expected) => {
    const { send, pass, story, now } = await office(inward)
    pass(waited)
    await send(cancellation('inward', { at: now() }))
    pass(hour)
    expect(story('U1')).toEqual(expected)
  })

  test.each([
    ['a day after the end', 29, 'Cancellation Approved'],
    ['more than a day after it', 30, 'Update Rejected U31'],
  ])('of a permit %s', async (_, days, end) => {
    const far = numbered(outward, { reference: 'P1', replace: [['>20261125<', '>20270110<']] })
    const { send, pass, story, now } = await office(far)
    pass(days * day)
    await send(cancellation('outward', { at: now() }))
    pass(hour)
    expect(story('U1').at(-1)).toBe(end)
  })

  test('of a permit that was never here, or is another agent’s', async () => {
    const { send, pass, story, now } = await office(outward)
    await send(cancellation('outward', { at: now(), replace: [[permitOf.outward, 'OD6K000007H']] }))
    await send(cancellation('outward', { reference: 'U2', at: now(), replace: [['197401143C', 'S16FC0121D']] }))
    pass(hour)
    for (const reference of ['U1', 'U2']) expect(story(reference)).toEqual(['URN Accepted', 'Update Rejected U10'])
  })

  test('waits its turn, and meets what became true meanwhile', async () => {
    const { send, pass, story, now } = await office(outward)
    await send(amendment('outward', { trader: 'EV1-S.AMENDPENDING', at: now() }))
    await send(cancellation('outward', { reference: 'U2', at: now() }))
    pass(5 * hour)
    expect(story('U2')).toEqual(['URN Accepted', 'Update Rejected U11'])
    expect(story('U1').at(-1)).toBe('Update Approved')
    // The goods fly on the 25th and are cleared at noon of the 26th; this amendment is pending just then.
    pass(Date.parse('2026-11-26T10:00:00+08:00') - now())
    await send(amendment('outward', { reference: 'U3', trader: 'EV1-S.AMENDPENDING', at: now() }))
    pass(day)
    expect(story('U3')).toEqual(['URN Accepted', 'Pending SC', 'Update Rejected U30'])
  })

  test('of an outward permit declared with a certificate of origin is rejected until that is cancelled', async () => {
    const { send, pass, story, now } = await office(outward)
    await send(certificate({ reference: 'C1', at: now(), replace: naming(permitOf.outward) }))
    pass(hour)
    await send(cancellation('outward', { at: now() }))
    pass(hour)
    expect(story('U1')).toEqual(['URN Accepted', 'Update Rejected U33'])
    await send(cancelCertificate('SG20261121000002', { reference: 'U2', at: now() }))
    pass(hour)
    expect([story('U2'), story('C1').at(-1)]).toEqual([
      ['URN Accepted', 'Cancellation Approved'],
      'Certificate Cancelled',
    ])
    await send(cancellation('outward', { messageId: 'U1-2', at: now() }))
    pass(hour)
    expect(story('U1').slice(2)).toEqual(['URN Accepted', 'Cancellation Approved'])
  })

  test('the same twice gets the first answer and has one effect', async () => {
    const { send, pass, effects, now } = await office(outward)
    const document = cancellation('outward', { at: now() })
    const first = await send(document)
    pass(hour)
    expect(await send(document)).toEqual(first)
    pass(hour)
    expect(effects.filter((what) => what.includes('cancelled'))).toHaveLength(1)
  })
})
