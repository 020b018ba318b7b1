import { describe, expect, test } from 'vitest'
import { boxes, comes, doubts, steps } from './charged.ts'
import { bySize, fixed, rates } from './support.ts'

describe('a price of each shape the real lists show', () => {
  test('by size of container', () => {
    const price = bySize('180', '360')
    expect(comes({ price }, { containers: [boxes(2, '20'), boxes(1, '40')] })).toBe('720.00')
    expect(steps({ price }, { containers: [boxes(2, '20'), boxes(1, '40')] })).toEqual([
      '180 × 2箱 = 360.00元',
      '360 × 1箱 = 360.00元',
    ])
  })

  test('by size and state', () => {
    const price = rates(
      { form: 'fixed', when: { sizes: ['40'], states: ['laden'] }, per: ['container'], amount: '68' },
      { form: 'fixed', when: { sizes: ['40'], states: ['empty'] }, per: ['container'], amount: '0' },
    )
    const containers = [boxes(3, '40', { state: 'laden' }), boxes(5, '40', { state: 'empty' })]
    expect(comes({ price }, { containers })).toBe('204.00')
  })

  test('foreign, domestic and transhipment, on site and direct', () => {
    const rate = (amount: string, when: object) => ({
      form: 'fixed' as const,
      when,
      per: ['container' as const],
      amount,
    })
    const price = rates(
      rate('38', { trades: ['foreign'], places: ['on-site'], sizes: ['20'] }),
      rate('76', { trades: ['foreign'], places: ['on-site'], sizes: ['40'] }),
      rate('28', { trades: ['foreign'], places: ['direct'], sizes: ['20'] }),
      rate('56', { trades: ['foreign'], places: ['direct'], sizes: ['40'] }),
      rate('28', { trades: ['domestic'], sizes: ['20'] }),
      rate('56', { trades: ['domestic'], sizes: ['40'] }),
    )
    const containers = [boxes(1, '20'), boxes(1, '40')]
    expect(comes({ price }, { containers, place: 'on-site' })).toBe('114.00')
    expect(comes({ price }, { containers, place: 'direct' })).toBe('84.00')
    expect(comes({ price }, { containers, trade: 'domestic' })).toBe('84.00')
    expect(comes({ price }, { containers, trade: 'transhipment' })).toBe('The list has no price for this')
    expect(comes({ price }, { containers })).toBe('84.00–114.00')
    expect(doubts({ price }, { containers })).toEqual(['Not known: place of the work (on site/direct)'])
  })

  test('free days and steps: detention 1–7 free, 8–14 at 85, 15–21 at 170, then 340', () => {
    const price = rates({
      form: 'slices',
      per: ['container', 'detention-day'],
      of: 'detention-day',
      steps: [
        { upTo: '7', amount: '0' },
        { upTo: '14', amount: '85' },
        { upTo: '21', amount: '170' },
        { amount: '340' },
      ],
    })
    const after = (detentionDays: number) => comes({ price }, { containers: [boxes(1, '20', { detentionDays })] })
    expect([0, 1, 7, 8, 14, 15, 21, 22, 30].map(after)).toEqual([
      '0.00',
      '0.00',
      '0.00',
      '85.00',
      '595.00',
      '765.00',
      '1785.00',
      '2125.00',
      '4845.00',
    ])
    expect(steps({ price }, { containers: [boxes(2, '20', { detentionDays: 16 })] })).toEqual([
      '(7 × 0 + 7 × 85 + 2 × 170) × 2箱 = 1870.00元',
    ])
    expect(comes({ price }, { containers: [boxes(1, '20')] })).toBe('0.00 or more')
    expect(doubts({ price }, { containers: [boxes(1, '20')] })).toEqual([
      'Not known: how many days the container is out',
    ])
  })

  test('days beyond the last step have no price, and it says so', () => {
    const price = rates({
      form: 'slices',
      per: ['storage-day'],
      of: 'storage-day',
      steps: [
        { upTo: '3', amount: '0' },
        { upTo: '10', amount: '5' },
      ],
    })
    expect(comes({ price }, { containers: [boxes(2, '20', { storageDays: 10 })] })).toBe('70.00')
    expect(comes({ price }, { containers: [boxes(2, '20', { storageDays: 11 })] })).toBe('70.00 or more')
    expect(doubts({ price }, { containers: [boxes(2, '20', { storageDays: 11 })] })).toEqual([
      'The list has no step for so many days in store',
    ])
  })

  test('fractions of a measure lie in the slice they reach into', () => {
    const price = rates({
      form: 'slices',
      per: ['tonne'],
      of: 'tonne',
      steps: [{ upTo: '10', amount: '2' }, { amount: '1.5' }],
    })
    expect(comes({ price }, { grossMassTonnes: '10.0001' })).toBe('20.00')
    expect(comes({ price }, { grossMassTonnes: '12.3333' })).toBe('23.50')
  })

  test('a range: 50 to 90 a ticket', () => {
    const price = rates({ form: 'range', per: ['bill'], least: '50', most: '90' })
    expect(comes({ price }, { bills: 3 })).toBe('150.00–270.00')
  })

  test('tonne or cubic metre, whichever is larger 择大', () => {
    const price = fixed('2', { largerOf: ['tonne', 'cubic-metre'] })
    expect(comes({ price }, { grossMassTonnes: '10', volumeCubicMetres: '12.5' })).toBe('25.00')
    expect(comes({ price }, { grossMassTonnes: '13', volumeCubicMetres: '12.5' })).toBe('26.00')
    expect(steps({ price }, { grossMassTonnes: '10', volumeCubicMetres: '12.5' })).toEqual([
      '2 × 12.5立方米（10吨与12.5立方米择大） = 25.00元',
    ])
    // Of two the known one is the least it can be.
    expect(comes({ price }, { grossMassTonnes: '10' })).toBe('20.00 or more')
    expect(doubts({ price }, { grossMassTonnes: '10' })).toEqual(['Not known: how many cubic metres'])
  })

  test('net tonnage by kilometre, the band of the tonnage setting the rate', () => {
    const price = rates({
      form: 'bands',
      per: ['net-tonne', 'pilotage-kilometre'],
      of: 'net-tonne',
      steps: [{ upTo: '1000', amount: '0.045' }, { upTo: '3000', amount: '0.038' }, { amount: '0.03' }],
    })
    const vessel = (netTonnage: string) => comes({ price }, { vessel: { netTonnage, pilotageKilometres: '120' } })
    expect(['1000', '1000.5', '3000', '5000'].map(vessel)).toEqual(['5400.00', '4562.28', '13680.00', '18000.00'])
  })

  test('a band of the vessel’s length, which itself is not counted', () => {
    const price = rates({
      form: 'bands',
      per: ['tug-call'],
      of: 'vessel-metre',
      steps: [
        { upTo: '80', amount: '3000' },
        { upTo: '120', amount: '4200' },
      ],
    })
    expect(comes({ price }, { vessel: { lengthMetres: '80', tugCalls: 2 } })).toBe('6000.00')
    expect(steps({ price }, { vessel: { lengthMetres: '95', tugCalls: 2 } })).toEqual([
      '4200（船长80至120米） × 2拖轮艘次 = 8400.00元',
    ])
    expect(comes({ price }, { vessel: { tugCalls: 1 } })).toBe('3000.00–4200.00')
    expect(comes({ price }, { vessel: { lengthMetres: '150', tugCalls: 1 } })).toBe('0.00 or more')
  })

  test('by kilometre, for each container', () => {
    const price = fixed('6.125', 'container', 'haulage-kilometre')
    expect(comes({ price }, { containers: [boxes(3, '40')], haulageKilometres: '33' })).toBe('606.39')
  })

  test('a minimum charge: air cargo by the kilogram, at least 50 a waybill', () => {
    const price = rates({ form: 'fixed', per: ['chargeable-kilogram'], amount: '0.35', minimum: '50' })
    expect(comes({ price }, { cargo: 'air', chargeableKilograms: '100' })).toBe('50.00')
    expect(comes({ price }, { cargo: 'air', chargeableKilograms: '142.8571' })).toBe('50.00')
    expect(comes({ price }, { cargo: 'air', chargeableKilograms: '1000' })).toBe('350.00')
    expect(steps({ price }, { cargo: 'air', chargeableKilograms: '100' })).toEqual([
      '0.35 × 100计费千克 = 35元（最低50元） → 50.00元',
    ])
    expect(comes({ price }, { cargo: 'air', chargeableKilograms: '0' })).toBe('0.00')
  })

  test('a minimum and a maximum of each container, not of all together', () => {
    const price = rates({
      form: 'fixed',
      per: ['container', 'storage-day'],
      amount: '10',
      minimum: '30',
      maximum: '80',
    })
    const containers = [boxes(2, '20', { storageDays: 1 }), boxes(3, '20', { storageDays: 20 })]
    expect(comes({ price }, { containers })).toBe('300.00')
    expect(comes({ price }, { containers: [boxes(2, '20')] })).toBe('0.00–160.00')
  })

  test('handed on, and by agreement: no amount, and why', () => {
    const of = { en: 'the seaport', zh: '海港' }
    const handed = { price: { kind: 'pass-through', currency: 'CNY', of } } as const
    expect(comes(handed, {})).toBe('0.00 or more')
    expect(doubts(handed, {})).toEqual(['Handed on as charged, without mark-up: the seaport'])
    const agreed = { price: { kind: 'agreement', currency: 'CNY', disclosure: of } } as const
    expect(comes(agreed, {})).toBe('0.00 or more')
    expect(doubts(agreed, {})).toEqual(['By agreement: the seaport'])
  })

  test('per voyage, per ticket, per seal', () => {
    expect(comes({ price: fixed('193', 'voyage') }, { vessel: { voyages: 1 } })).toBe('193.00')
    expect(comes({ price: fixed('70', 'bill') }, { bills: 2 })).toBe('140.00')
    expect(comes({ price: fixed('5', 'seal') }, { seals: 4 })).toBe('20.00')
  })

  test('halves of a fen are rounded up, once, at the end', () => {
    expect(comes({ price: fixed('0.0333', 'tonne', 'hour') }, { grossMassTonnes: '1.5', hours: '0.1' })).toBe('0.00')
    expect(comes({ price: fixed('0.335', 'tonne') }, { grossMassTonnes: '1' })).toBe('0.34')
    expect(comes({ price: fixed('0.335', 'tonne') }, { grossMassTonnes: '3' })).toBe('1.01')
  })
})
