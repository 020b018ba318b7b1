import type { Fee } from '../../schemas/fees/entries.ts'
import { price as priceSchema } from '../../schemas/fees/price.ts'
import { application } from '../../schemas/fees/quote.ts'
import { type Shipment, shipment as shipmentSchema } from '../../schemas/fees/shipment.ts'
import { chargeOf } from '../../src/fees/pricing/charge.ts'
import { situationOf } from '../../src/fees/pricing/situation.ts'
import { fee } from './support.ts'

/** What a fee comes to for a shipment of foreign trade from Guoyuan. */
export const charged = (changes: Partial<Fee>, shipment: Partial<Shipment>) => {
  const { content } = fee('some-fee', changes)
  priceSchema.parse(content.price)
  return chargeOf(
    content,
    situationOf(shipmentSchema.parse({ port: 'guoyuan', direction: 'export', trade: 'foreign', ...shipment })),
  )
}
/** What a fee comes to, as one line: "360.00", "100.00–180.00", "0.00 or more"; who does not pay reads why. */
export const comes = (changes: Partial<Fee>, shipment: Partial<Shipment>): string => {
  const charge = charged(changes, shipment)
  if (charge.falls === 'no') return charge.because.en
  for (const one of charge.applications) application.parse(one)
  const [least, most] = [charge.least.toFixed(2), charge.most?.toFixed(2)]
  const amount = most === undefined ? `${least} or more` : most === least ? least : `${least}–${most}`
  return charge.falls === 'yes' ? amount : `perhaps ${amount}`
}
/** How it comes about. */
export const steps = (changes: Partial<Fee>, shipment: Partial<Shipment>) => {
  const charge = charged(changes, shipment)
  return charge.falls === 'no' ? [] : charge.applications.map((one) => one.steps.zh)
}
/** What is not known. */
export const doubts = (changes: Partial<Fee>, shipment: Partial<Shipment>) => {
  const charge = charged(changes, shipment)
  return charge.falls === 'no' ? [] : charge.uncertain.map(({ en }) => en)
}
/** Containers that are alike. */
export const boxes = (count: number, size: '20' | '40' | '45', more: object = {}) => ({ count, size, ...more }) as const
