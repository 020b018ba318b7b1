import { describe, expect, test } from 'vitest'
import type { Entry, Fee } from '../../schemas/fees/entries.ts'
import { quote as quoteSchema } from '../../schemas/fees/quote.ts'
import type { Shipment } from '../../schemas/fees/shipment.ts'
import { quoteOf } from '../../src/fees/quote.ts'
import { quoteText } from '../../src/fees/quote-text.ts'
import { fee, fixed, payee, rates, someCatalogue, someEntries, someShipment } from './support.ts'

const day = '2026-03-01'
/** A catalogue of some fees of Guoyuan, and what a shipment comes to by it. */
const quoted = (fees: readonly Entry[], changes: Partial<Shipment> = {}, on = day) => {
  const others = someEntries().filter(({ type }) => type !== 'fee')
  return quoteSchema.parse(quoteOf(someCatalogue([...others, ...fees]), someShipment(changes), on))
}
const shown = (lines: readonly { fee: string; least: string; most?: string | undefined }[]) =>
  lines.map(({ fee: id, least, most }) => `${id} ${least}${most === least ? '' : ` to ${most ?? 'whatever'}`}`)
const lump = (id: string, changes: Partial<Fee> = {}) =>
  fee(id, { kind: 'handling-lump-sum', price: fixed('500', 'container'), includes: ['weighing'], ...changes })

describe('a quote', () => {
  test('of all the shapes there are, by hand', () => {
    const found = quoteSchema.parse(quoteOf(someCatalogue(), someShipment(), day))
    expect(shown(found.lines)).toEqual([
      'east-declaration 190.00',
      'guoyuan-cargo-dues 85.00',
      // Two of 40 feet, high cube, out for 10 days: 3 × 190 each; one of 20 feet out for 3 days, free.
      'guoyuan-detention 1140.00',
      'guoyuan-lump-sum 1920.00',
      'guoyuan-security 32.00',
      'guoyuan-tally 70.00',
      'line-terminal-handling 0.00 to whatever',
      'west-declaration 150.00 to 260.00',
    ])
    expect(shown(found.possible)).toEqual([
      'guoyuan-fumigation 900.00',
      'guoyuan-inspection 1600.00',
      'guoyuan-lashing 0.00 to whatever',
    ])
    expect(found.exempt.map(({ fee: id, because }) => `${id}: ${because.zh}`)).toEqual([
      'guoyuan-cargo-tally: 仅适用于件杂货',
      'guoyuan-pilotage: 由船方支付，测算未涉及船舶',
      'guoyuan-weighing: 已包含在“港口作业包干费”中，不得重复收取',
    ])
    // The cheaper broker counts; what is handed on has no upper end.
    expect(found).toMatchObject({
      edition: 1,
      day,
      total: { least: '3397.00' },
      government: { least: '117.00', most: '117.00' },
      market: { least: '3280.00' },
    })
    expect(found.total.most).toBeUndefined()
    expect(found.lines.filter(({ certain }) => !certain).map((line) => line.fee)).toEqual([
      'east-declaration',
      'line-terminal-handling',
      'west-declaration',
    ])
  })

  test('tells how each amount comes about, and where the rate stands', () => {
    const line = quoted([
      fee('some-fee', { price: rates({ form: 'fixed', when: { sizes: ['40'] }, per: ['container'], amount: '12.5' }) }),
    ]).lines[0]
    expect(line).toMatchObject({
      href: '/v1/fee-editions/1/fees/some-fee',
      payeeName: { zh: '果园码头' },
      because: { zh: '此类货物均须收取' },
      applications: [
        {
          rate: '/price/rates/0',
          to: { en: "2 × 40' high cube laden", zh: '2个40尺高箱重箱' },
          quantity: [{ measure: 'container', value: '2' }],
          least: '25.00',
          most: '25.00',
          steps: { en: '12.5 × 2 containers = 25.00', zh: '12.5 × 2箱 = 25.00元' },
        },
      ],
    })
  })

  test('looks at fees that are valid on the day, and no others', () => {
    const fees = [
      fee('ended', { kind: 'lashing', validTo: '2026-02-28' }),
      fee('to-come', { kind: 'tally', validFrom: '2026-03-02' }),
      fee('last-day', { kind: 'fumigation', validTo: day }),
      fee('first-day', { kind: 'disinfection', validFrom: day }),
    ]
    expect(shown(quoted(fees).lines)).toEqual(['first-day 180.00', 'last-day 180.00'])
    expect(quoted(fees).exempt).toEqual([])
    expect(shown(quoted(fees, {}, '2026-03-02').lines)).toEqual(['first-day 180.00', 'to-come 180.00'])
  })

  test('counts what was asked for and what happened, and shows what else may come', () => {
    const fees = [
      fee('asked', { kind: 'fumigation', arises: { when: 'on-request' } }),
      fee('looked-at', { kind: 'inspection-handling', arises: { when: 'on-event', event: 'inspection' } }),
    ]
    expect(shown(quoted(fees).lines)).toEqual([])
    expect(shown(quoted(fees).possible)).toEqual(['asked 180.00', 'looked-at 180.00'])
    const both = quoted(fees, { requested: ['fumigation'], happened: ['inspection'] })
    expect(both.lines.map(({ because }) => because.en)).toEqual(['It was asked for', 'It came to: inspection'])
    expect(both).toMatchObject({ possible: [], total: { least: '360.00', most: '360.00' } })
  })

  test('of an unknown port is empty', () => {
    const found = quoted([fee('some-fee')], { port: 'nowhere' })
    expect(found).toMatchObject({ lines: [], possible: [], exempt: [], total: { least: '0.00', most: '0.00' } })
  })
})

describe('payees who do the same', () => {
  const [east, west] = [
    fee('east', { kind: 'booking', payee: 'broker-east', price: fixed('190', 'bill') }),
    fee('west', {
      kind: 'booking',
      payee: 'broker-west',
      price: rates({ form: 'range', per: ['bill'], least: '150', most: '260' }),
    }),
  ]
  test('count once: the cheapest at least, the dearest at most', () => {
    const found = quoted([east, west])
    expect(found.lines.map(({ group, certain }) => [group, certain])).toEqual([
      ['booking', false],
      ['booking', false],
    ])
    expect(found.total).toEqual({ least: '150.00', most: '260.00' })
    expect(found.uncertain.map(({ zh }) => zh)).toEqual(['订舱费：2家收费主体择一，请选择'])
  })
  test('all fees of one payee go together', () => {
    const more = fee('west-more', { kind: 'booking', payee: 'broker-west', price: fixed('100', 'bill') })
    expect(quoted([east, west, more]).total).toEqual({ least: '190.00', most: '360.00' })
  })
  test('the one the trader deals with is paid, and the others do not fall', () => {
    const found = quoted([east, west], { payees: ['broker-east'] })
    expect(shown(found.lines)).toEqual(['east 190.00'])
    expect(found.lines[0]).toMatchObject({ certain: true })
    expect(found.exempt.map(({ fee: id, because }) => [id, because.en])).toEqual([
      ['west', 'You deal with another payee for this'],
    ])
  })
  test('who does not do this kind, or not for such goods, displaces nobody', () => {
    expect(shown(quoted([east, west], { payees: ['qingtian-tally'] }).lines)).toHaveLength(2)
    const imports = fee('other', { kind: 'booking', payee: 'qingtian-tally', applies: { directions: ['import'] } })
    expect(shown(quoted([east, west, imports], { payees: ['qingtian-tally'] }).lines)).toHaveLength(2)
  })
  test('natures of a contested kind stay apart and add up', () => {
    const set = fee('set', {
      kind: 'booking',
      payee: 'broker-west',
      nature: 'government-set',
      price: fixed('300', 'bill'),
    })
    const found = quoted([east, set])
    expect(found).toMatchObject({
      total: { least: '190.00', most: '300.00' },
      market: { least: '190.00', most: '0.00' },
      government: { least: '0.00', most: '300.00' },
    })
  })
})

describe('a service that is part of another', () => {
  const weighing = fee('weighing')
  test('does not fall twice', () => {
    const found = quoted([lump('lump'), weighing])
    expect(shown(found.lines)).toEqual(['lump 1500.00'])
    expect(found.exempt.map(({ because }) => because.en)).toEqual([
      'Included in lump: charging it as well is charging twice',
    ])
  })
  test('falls where what includes it does not', () => {
    expect(shown(quoted([lump('lump', { applies: { cargoes: ['bulk'] } }), weighing]).lines)).toEqual([
      'weighing 180.00',
    ])
    expect(shown(quoted([lump('lump', { arises: { when: 'on-request' } }), weighing]).lines)).toEqual([
      'weighing 180.00',
    ])
  })
  test('is not offered either', () => {
    const found = quoted([lump('lump'), fee('weighing', { arises: { when: 'on-request' } })])
    expect(found.possible).toEqual([])
    expect(found.exempt.map(({ fee: id }) => id)).toEqual(['weighing'])
  })
  test('may be covered, where it is not known whether the other falls', () => {
    const found = quoted([lump('lump', { applies: { hazards: ['dangerous'] } }), weighing])
    expect(shown(found.lines)).toEqual(['lump 0.00 to 1500.00', 'weighing 0.00 to 180.00'])
    expect(found.lines[1]).toMatchObject({ certain: false, uncertain: [{ en: 'May be included in lump' }] })
  })
  test('may be covered, where only one of two payees includes it; for that payee it is', () => {
    const [mine, theirs] = [
      lump('mine'),
      fee('theirs', { kind: 'handling-lump-sum', payee: 'broker-east', price: fixed('450', 'container') }),
    ]
    const scales = fee('scales', { payee: 'qingtian-tally' })
    const found = quoted([mine, theirs, weighing, scales])
    expect(found.lines.map((line) => [line.fee, line.least, line.uncertain.length])).toEqual([
      ['mine', '1500.00', 0],
      ['scales', '0.00', 1],
      ['theirs', '1350.00', 0],
    ])
    expect(found.exempt.map((one) => one.fee)).toEqual(['weighing'])
    expect(shown(quoted([mine, theirs, scales], { payees: ['guoyuan-terminal'] }).lines)).toEqual(['mine 1500.00'])
  })
  test('circles leave one of them', () => {
    const found = quoted([
      fee('a', { kind: 'lashing', includes: ['tally'] }),
      fee('b', { kind: 'tally', includes: ['weighing'] }),
      fee('c', { kind: 'weighing', includes: ['lashing'] }),
      fee('d', { kind: 'seal', includes: ['seal'], price: fixed('5', 'container') }),
    ])
    expect(shown(found.lines)).toEqual(['a 180.00', 'd 15.00'])
  })
})

describe('the same catalogue asked again', () => {
  test('answers the same for the same shipment, and another for another', () => {
    const catalogue = someCatalogue()
    const shipments = [1, 2, 3].flatMap((bills) =>
      (['import', 'export'] as const).flatMap((direction) =>
        [[], ['broker-east']].map((payees) => someShipment({ bills, direction, payees })),
      ),
    )
    const all = (from = catalogue) => shipments.map((shipment) => JSON.stringify(quoteOf(from, shipment, day)))
    const first = all()
    expect(new Set(first).size).toBe(shipments.length)
    expect(all()).toEqual(first)
    expect(shipments.map((shipment) => JSON.stringify(quoteOf(someCatalogue(), shipment, day)))).toEqual(first)
  })
  test('is written as what it is', () => {
    const catalogue = someCatalogue([
      ...someEntries(),
      payee('a"b', {}),
      fee('quoted', { name: { en: 'a "b" \u2028', zh: '“引号”\\' } }),
    ])
    const found = quoteOf(catalogue, someShipment(), day)
    expect(JSON.parse(quoteText(found))).toEqual(JSON.parse(JSON.stringify(found)))
    expect(quoteText(found)).toBe(quoteText(quoteOf(catalogue, someShipment(), day)))
    const none = quoteOf(catalogue, someShipment({ port: 'nowhere' }), day)
    expect(JSON.parse(quoteText(none))).toEqual(none)
  })
})
