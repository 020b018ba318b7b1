import { describe, expect, test } from 'vitest'
import type { Fee } from '../../schemas/fees/entries.ts'
import type { Shipment } from '../../schemas/fees/shipment.ts'
import { chargeOf } from '../../src/fees/pricing/charge.ts'
import { situationOf } from '../../src/fees/pricing/situation.ts'
import { boxes, charged, comes, doubts } from './charged.ts'
import { fee, fixed, rates } from './support.ts'

describe('on whom a fee falls', () => {
  test('conditions of the fee leave containers out', () => {
    const applies = { states: ['empty'] } as const
    const some = [boxes(2, '20', { state: 'empty' }), boxes(1, '20', { state: 'laden' })]
    expect(
      comes({ applies: { ...applies, states: ['empty'] }, price: fixed('10', 'container') }, { containers: some }),
    ).toBe('20.00')
    expect(comes({ applies: { directions: ['import'] } }, { containers: some })).toBe('Only for import')
  })

  test('a fact that is not known makes it a perhaps, not a yes and not a no', () => {
    const applies: Fee['applies'] = { hazards: ['dangerous'] }
    expect(comes({ applies, price: fixed('100', 'bill') }, { bills: 1, containers: [boxes(1, '20')] })).toBe(
      'perhaps 0.00–100.00',
    )
    expect(comes({ applies, price: fixed('100', 'bill') }, { bills: 1, hazard: 'ordinary' })).toBe(
      'Only for dangerous goods',
    )
  })

  test('an exemption by conditions, and by what happened', () => {
    const exemptions: Fee['exemptions'] = [
      { text: { en: 'empty ones', zh: '空箱' }, when: { states: ['empty'] } },
      { text: { en: 'nothing found', zh: '查验无问题' }, event: 'inspection-clean' },
      { text: { en: 'military goods', zh: '军用物资' } },
    ]
    const containers = [boxes(1, '20', { state: 'laden' })]
    expect(comes({ exemptions }, { containers })).toBe('60.00')
    expect(comes({ exemptions }, { containers: [boxes(1, '20', { state: 'empty' })] })).toBe('Exempt: empty ones')
    expect(comes({ exemptions }, { containers, happened: ['inspection-clean'] })).toBe('Exempt: nothing found')
    expect(comes({ exemptions }, { containers: [boxes(1, '20')] })).toBe('perhaps 0.00–60.00')
  })

  test('a rate by size that counts documents is for the whole, once', () => {
    const price = rates(
      { form: 'fixed', when: { sizes: ['20'] }, per: ['bill'], amount: '200' },
      { form: 'fixed', when: { sizes: ['40'] }, per: ['bill'], amount: '400' },
    )
    expect(comes({ price }, { bills: 1, containers: [boxes(3, '20')] })).toBe('200.00')
    expect(comes({ price }, { bills: 1, containers: [boxes(1, '20'), boxes(1, '40')] })).toBe('200.00–400.00')
    expect(doubts({ price }, { bills: 1, containers: [boxes(1, '20'), boxes(1, '40')] })).toEqual([
      'Not known: how much of it goes with which containers',
    ])
  })

  test('one dangerous container is enough for a document, but not for all tonnes', () => {
    const applies: Fee['applies'] = { hazards: ['dangerous'] }
    const containers = [boxes(1, '20', { hazard: 'dangerous' }), boxes(1, '20', { hazard: 'ordinary' })]
    expect(comes({ applies, price: fixed('100', 'bill') }, { bills: 1, containers })).toBe('100.00')
    expect(comes({ applies, price: fixed('3', 'tonne') }, { grossMassTonnes: '40', containers })).toBe(
      'perhaps 0.00–120.00',
    )
  })

  test('tonnes of a container are those of the whole where there is one, and not known where there are several', () => {
    const price = fixed('3', 'container', 'tonne')
    expect(comes({ price }, { grossMassTonnes: '20', containers: [boxes(1, '20')] })).toBe('60.00')
    expect(comes({ price }, { grossMassTonnes: '20', containers: [boxes(2, '20')] })).toBe('0.00 or more')
  })

  test('days in store of so many tonnes are those of the goods', () => {
    const price = fixed('0.2', 'tonne', 'storage-day')
    expect(comes({ price }, { cargo: 'general', grossMassTonnes: '100', storageDays: 12 })).toBe('240.00')
  })

  test('no containers, containers not told of, and a vessel nobody asked about', () => {
    const price = fixed('60', 'container')
    expect(comes({ price }, { cargo: 'bulk' })).toBe('There are no containers')
    expect(comes({ price }, { containers: [] })).toBe('There are no containers')
    expect(comes({ price }, { cargo: 'container' })).toBe('0.00 or more')
    expect(comes({ price: fixed('193', 'voyage') }, {})).toBe('Paid for the vessel, which was not asked about')
    expect(comes({ payers: ['carrier'] }, { containers: [boxes(1, '20')] })).toBe(
      'Paid for the vessel, which was not asked about',
    )
    expect(comes({ payers: ['carrier'] }, { containers: [boxes(1, '20')], vessel: {} })).toBe('60.00')
  })

  test('where one rate must hold whatever is not known, the cheapest is the least', () => {
    const price = rates(
      { form: 'fixed', when: { heights: ['standard'] }, per: ['container'], amount: '170' },
      { form: 'fixed', when: { heights: ['high-cube'] }, per: ['container'], amount: '190' },
    )
    expect(comes({ price }, { containers: [boxes(2, '40')] })).toBe('340.00–380.00')
    const half = rates({ form: 'fixed', when: { heights: ['high-cube'] }, per: ['container'], amount: '190' })
    expect(comes({ price: half }, { containers: [boxes(2, '40')] })).toBe('perhaps 0.00–380.00')
    const charge = charged({ price: half }, { containers: [boxes(2, '40')] })
    expect(charge).toMatchObject({ applications: [{ provided: { en: 'high cube', zh: '高箱' } }] })
  })

  test('what was worked out for one shipment is not shown for another', () => {
    const { content } = fee('kept', { price: fixed('60', 'container') })
    const least = (containers: Shipment['containers'], more: Partial<Shipment> = {}) => {
      const situation = situationOf({
        port: 'guoyuan',
        direction: 'export',
        ...(containers ? { containers } : {}),
        ...more,
      })
      const charge = chargeOf(content, situation)
      return charge.falls === 'no' ? 'no' : `${charge.least.toFixed(2)} ${charge.applications[0]?.to.en}`
    }
    const all = () => [
      least([boxes(1, '20')]),
      least([boxes(2, '20')]),
      least([boxes(1, '40')]),
      least([boxes(1, '20', { state: 'laden' })]),
      least([]),
      least(undefined),
    ]
    const first = all()
    expect(first).toEqual([
      "60.00 1 × 20'",
      "120.00 2 × 20'",
      "60.00 1 × 40'",
      "60.00 1 × 20' laden",
      'no',
      '0.00 the consignment',
    ])
    expect(all()).toEqual(first)
  })
})
