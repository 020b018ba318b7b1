import * as z from 'zod'
import { currency, decimal, field } from '../formats.ts'

/** Freight, insurance or another charge 运保杂费: a rate in per cent, a price per unit, or a total; the last two in a currency. */
export const charge = z.strictObject({
  basis: field(z.enum(['rate', 'unit-price', 'total']), {
    en: 'Basis',
    zh: '计费方式',
    values: {
      rate: { en: 'rate (%)', zh: '率（%）' },
      'unit-price': { en: 'price per unit', zh: '单价' },
      total: { en: 'total', zh: '总价' },
    },
  }),
  amount: field(decimal(5), { en: 'Rate or amount', zh: '率/金额' }),
  currency: field(currency, { en: 'Currency', zh: '币制' }).optional(),
})
export type Charge = z.infer<typeof charge>

/** Trade terms 成交方式: Incoterms 2020, and three national terms that no Incoterm covers. */
export const tradeTerms = [
  'CIF',
  'CIP',
  'CFR',
  'CPT',
  'FOB',
  'FCA',
  'FAS',
  'EXW',
  'DAP',
  'DPU',
  'DDP',
  'C&I',
  'MARKET',
  'STOWAGE',
] as const
