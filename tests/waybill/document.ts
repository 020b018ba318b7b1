import type { Waybill } from '../../schemas/waybill.ts'

/** Invented parties; the shipper is the broker of the samples. */
export const parties = {
  carrier: 'TEST-OPERATOR',
  shipper: '91500112MA5U0B0037',
  bank: 'TEST-BANK',
  buyer: 'TEST-BUYER',
  stranger: 'TEST-STRANGER',
} as const

/** A train to Duisburg with its gauge changed at Khorgos: negotiable unless said otherwise. */
export function trainBill(beside: Partial<Waybill> = {}): Waybill {
  const [chongqing, khorgos, duisburg] = [
    { countryCode: 'CN', unLocode: 'CNCQI', terminal: '团结村' },
    { countryCode: 'CN', unLocode: 'CNHRS' },
    { countryCode: 'DE', unLocode: 'DEDUI' },
  ] as const
  return {
    form: 'rail-bill',
    negotiable: true,
    shipper: { id: parties.shipper, name: '重庆样例贸易有限公司', countryCode: 'CN' },
    notifyParty: { name: 'Beispiel GmbH', countryCode: 'DE' },
    legs: [
      {
        mode: 'RAIL',
        carrier: { name: '样例铁路' },
        from: chongqing,
        to: khorgos,
        conveyance: { name: 'X8083' },
        contract: 'domestic',
      },
      {
        mode: 'RAIL',
        carrier: { name: 'Sample Railways' },
        from: khorgos,
        to: duisburg,
        contract: 'SMGS',
        conveyance: { name: '54871236' },
        boxes: { '6': '霍尔果斯 / Małaszewicze', '10': '4' },
      },
    ],
    containers: [{ id: 'CQSU1234564', sealIds: ['CQ1234564'] }],
    goods: [{ description: '笔记本电脑', gngCode: '84713000', packages: 498, grossMassKg: '2988.5' }],
    ...beside,
  }
}

/** The same journey under a plain note, to a named consignee. */
export const trainNote = (): Waybill =>
  trainBill({
    form: 'smgs',
    negotiable: false,
    consignee: { id: parties.buyer, name: 'Beispiel GmbH', countryCode: 'DE' },
  })
