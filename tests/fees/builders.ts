import type { Content, Entry, Fee } from '../../schemas/fees/entries.ts'
import type { Price, Rate } from '../../schemas/fees/price.ts'

/** Whatever stands in this file was invented. */
export const evidence = { kind: 'synthetic', text: 'invented for tests' } as const
/** A name in both languages; one will do. */
export const named = (en: string, zh = en) => ({ en, zh })

/** A price by rates. */
export const rates = (...all: readonly Rate[]): Price => ({ kind: 'rates', currency: 'CNY', rates: [...all] })
/** A price of one amount a unit. */
export const fixed = (amount: string, ...per: Rate['per']): Price => rates({ form: 'fixed', per, amount })
/** A price for each size of container. */
export const bySize = (twenty: string, forty: string): Price =>
  rates(
    { form: 'fixed', when: { sizes: ['20'] }, per: ['container'], amount: twenty },
    { form: 'fixed', when: { sizes: ['40', '45'] }, per: ['container'], amount: forty },
  )

/** A fee of the terminal at Guoyuan, by default always due and of market price, changed as a test wants it. */
export const fee = (id: string, changes: Partial<Fee> = {}): Extract<Entry, { type: 'fee' }> => ({
  type: 'fee',
  id,
  content: {
    kind: 'weighing',
    name: named(id),
    payee: 'guoyuan-terminal',
    port: 'guoyuan',
    nature: 'market',
    service: named(`What is done for ${id}`, `${id}服务`),
    payers: ['shipper', 'consignee'],
    arises: { when: 'always' },
    price: fixed('60', 'container'),
    telephone: '023-1234567',
    validFrom: '2026-01-01',
    evidence,
    ...changes,
  },
})

export const port = (id: string, changes: Partial<Content<'port'>> = {}): Extract<Entry, { type: 'port' }> => ({
  type: 'port',
  id,
  content: {
    name: named(id),
    modes: ['water'],
    locations: [],
    terminals: [],
    entryExitPorts: [],
    evidence,
    ...changes,
  },
})

export const payee = (id: string, changes: Partial<Content<'payee'>> = {}): Extract<Entry, { type: 'payee' }> => ({
  type: 'payee',
  id,
  content: { name: named(id), type: 'terminal', ports: ['guoyuan'], telephone: '023-7654321', evidence, ...changes },
})

export const basis = (id: string, changes: Partial<Content<'basis'>> = {}): Extract<Entry, { type: 'basis' }> => ({
  type: 'basis',
  id,
  content: {
    title: named(`Basis ${id}`, `依据${id}`),
    number: `试〔2026〕${id}号`,
    issuer: named('An authority', '某主管部门'),
    issuedOn: '2025-12-01',
    validFrom: '2026-01-01',
    evidence,
    ...changes,
  },
})
