import { describe, expect, test } from 'vitest'
import type { About, Change, Covered, Procedure, Standing } from '../../adapters/adapter.ts'
import { tax } from '../../adapters/tax/index.ts'
import type { RefundParticulars } from '../../adapters/tax/particulars.ts'
import { goldenCases } from '../../conformance/adapter/goldens.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Receipt } from '../../schemas/receipt.ts'

const procedure = (id: string) => tax.procedures[id] as Procedure
const cases = goldenCases('tax')

/** A golden submission, as anybody may change it. */
function golden(name: string) {
  const found = cases.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no case ${name}`)
  return structuredClone(found.submission)
}

/** A golden claim with some of its particulars changed, and whatever else it covers. */
function claim(name: string, said: object = {}, about: About = {}) {
  const submission = golden(name)
  const particulars = procedure('refund').particulars.parse({ ...(submission.particulars as object), ...said })
  return { ...submission, particulars, ...about }
}

type Asked = Pick<ReturnType<typeof claim>, 'declaration' | 'particulars'> & About
const problems = ({ declaration, particulars, ...about }: Asked, id = 'refund') =>
  [
    ...procedure(id).missing(declaration, particulars, about),
    ...procedure(id).check(declaration, particulars, about),
  ].map(({ pointer, code }) => `${pointer.replace('/particulars/tax/', '')} ${code}`)

interface Written {
  readonly ckmx: readonly { readonly [field: string]: string }[]
  readonly jhmx: readonly { readonly [field: string]: string }[]
}
const written = (submission: Parameters<Procedure['encode']>[0]) =>
  JSON.parse(procedure('refund').encode(submission).body ?? '') as Written

describe('a claim over several declarations', () => {
  test('carries each one’s own entry number, invoice, day and rate, and one 关联号 where goods are linked', () => {
    const { ckmx, jhmx } = written(golden('refund-two-declarations'))
    expect(ckmx.map(({ ckbgdh, ckfph, ckrq }) => [ckbgdh, ckfph, ckrq])).toEqual([
      ['801420260000000127001', 'CQ-SG-2026-122', '2026-11-30'],
      ['801420260000000123001', 'CQ-SG-2026-118', '2026-11-29'],
    ])
    expect(new Set([...ckmx, ...jhmx].map(({ glh }) => glh))).toEqual(new Set(['20261200100023001']))
    expect(ckmx.map(({ rmblaj }) => rmblaj)).toEqual(['1065000.00', '1064265.00'])
  })

  test('needs an invoice behind the goods of each when nothing links them', () => {
    const { exported: _, ...rest } = golden('refund-two-declarations').particulars as RefundParticulars
    expect(problems(claim('refund-two-declarations', { ...rest, exported: [] }))).toContain('refund/invoices missing')
  })

  test('is of one taxpayer, names only what it covers, and each once', () => {
    const { others: [other] = [], ...rest } = golden('refund-two-declarations')
    const { declaration, references } = other as Covered
    const strange: Declaration = {
      ...declaration,
      functionalReferenceId: 'LAP-2026-999',
      goodsShipment: { ...declaration.goodsShipment, exporter: { id: '91500105MA5U0E300G', name: '重庆样例' } },
    }
    const others = [declaration, declaration, strange].map((one) => ({ declaration: one, references }))
    const found = problems({ ...rest, others })
    expect(found.filter((one) => one.endsWith('declaration-repeated'))).toHaveLength(2)
    expect(found).toContain('refund/covered taxpayer-differs')
    expect(problems({ ...rest, others: [] })).toEqual([
      'refund/covered/0/declaration declaration-unknown',
      'refund/exported/1/item item-unknown',
      'refund/collections/1/item item-unknown',
    ])
  })

  test('cannot be written before each has its customs number', () => {
    const { others: [other] = [], ...rest } = golden('refund-two-declarations')
    const submission = { ...rest, others: [{ ...(other as Covered), references: {} }] }
    expect(() => procedure('refund').encode(submission)).toThrow('customs has given no entry-number')
  })
})

describe('a claim for a part', () => {
  test('tells what there is in all, and takes its share of the value', () => {
    const { ckmx, jhmx } = written(golden('refund-further-claim'))
    expect(ckmx[0]).toMatchObject({ cksl: '200', dzxxsl: '600', mylaj: '50000.00', rmblaj: '355000.00' })
    expect(jhmx[0]).toMatchObject({ sl: '200', jsje: '300000.00', fpje: '900000.00' })
  })

  test('is no more than was declared, and uses no more of an invoice than there is', () => {
    const { invoices } = golden('refund-part').particulars as RefundParticulars
    const dear = invoices.map((invoice) => ({ ...invoice, amount: '900000.01' }))
    expect(problems(claim('refund-part', { exported: [{ item: 1, quantity: '600.5' }], invoices: dear }))).toEqual([
      'refund/exported/0/quantity claimed-above-declared',
      'refund/invoices purchase-below-export',
      'refund/invoices/0/amount invoice-overdrawn',
    ])
  })

  test('links only what is counted in one unit', () => {
    const exported = [1, 2].map((item) => ({ item, link: 7 }))
    expect(problems(claim('refund-two-items', { exported }))).toEqual(['refund/exported link-unit-differs'])
  })
})

describe('proof of collection', () => {
  test.each([
    ['of class 4 with every claim', { managementClass: 4 }, ['refund/collections missing']],
    ['in the period of the April deadline is not asked for', { period: '202704' }, []],
    ['after it is', { period: '202705' }, ['refund/collections missing']],
  ])('%s', (_, said, expected) => {
    expect(problems(claim('refund-one-item', said))).toEqual(expected)
  })
})

describe('changes', () => {
  const changed = (name: string, change: Partial<Change>, said: unknown = {}) => {
    const submission = golden(name)
    return { ...submission, particulars: said, change: { ...(submission.change as Change), ...change } }
  }

  test.each([
    ['amendment-refund', 'amendment', 'refund not-amendable'],
    ['cancellation-refund', 'cancellation', 'refund not-cancellable'],
    ['cancellation-payment-certificate', 'cancellation', 'payment-certificate not-cancellable'],
  ])('%s once it is approved is too late', (name, id, expected) => {
    for (const status of ['approved', 'closed', 'reversed'] as const)
      expect(problems(changed(name, { status }), id)).toEqual([expected])
    for (const status of ['acknowledged', 'registered', 'in-review'] as const)
      expect(problems(changed(name, { status }), id)).toEqual([])
  })

  test('an amendment is looked at as the filing itself is', () => {
    const { change } = golden('amendment-refund')
    const after = structuredClone((change as Change).after) as {
      declaration: Declaration
      particulars: RefundParticulars
    }
    const wrong = {
      ...after.particulars,
      invoices: after.particulars.invoices.map((one) => ({ ...one, quantity: '599' })),
    }
    const about = { after: { ...after, particulars: wrong } }
    expect(problems(changed('amendment-refund', about), 'amendment')).toEqual(['refund/invoices purchase-below-export'])
    const bare = { after: { ...after, particulars: { ...after.particulars, invoices: [] } } }
    expect(problems(changed('amendment-refund', bare), 'amendment')[0]).toBe('refund/invoices missing')
  })

  test('another taxpayer is no amendment', () => {
    const submission = changed('amendment-refund', {})
    const exporter = { id: '91500105MA5U0E300G', name: '重庆样例新能源汽车有限公司' }
    Object.assign(submission.declaration.goodsShipment, { exporter })
    expect(problems(submission, 'amendment')).toContain('/goodsShipment/exporter/id not-amendable')
  })

  test('a reason too long for the office is asked for in short', () => {
    const submission = changed('cancellation-refund', { reason: '长'.repeat(201) })
    expect(problems(submission, 'cancellation')).toEqual(['cancellation/description too-long'])
    expect(problems({ ...submission, particulars: { description: '短' } }, 'cancellation')).toEqual([])
  })

  test('needs no particulars at all: the reason given with the change does', () => {
    const submission = { ...changed('cancellation-refund', {}), particulars: undefined }
    expect(problems(submission, 'cancellation')).toEqual([])
    expect(procedure('cancellation').encode(submission).body).toContain('"bgyy": "Papers incomplete"')
  })

  test('names what it changes by its own numbers, and itself by another', () => {
    const { reference, change } = golden('amendment-refund')
    const bodies = ['amendment', 'cancellation'].map(
      (id) => procedure(id).encode(changed('amendment-refund', {})).body ?? '',
    )
    for (const body of bodies) {
      const { head, bg } = JSON.parse(body) as { head: Record<string, string>; bg: Record<string, string> }
      expect(head['ourReference']).toBe(reference)
      expect([bg['ysbbh'], bg['yslbh']]).toEqual([change?.reference, 'T500020261202000001'])
    }
    expect(() => procedure('cancellation').encode(changed('cancellation-refund', { references: [] }))).toThrow(
      'tax has given no acceptance-number yet',
    )
  })
})

describe('what must be done in time', () => {
  const said = (code: string, status: Receipt['status'], at: string, details: object = {}): Receipt => ({
    references: [{ scheme: 'filing', value: 'YC' }],
    ...(status === undefined ? {} : { status }),
    code,
    text: '',
    at,
    details: { ...details },
  })
  const due = (status: Standing['status'], receipts: readonly Receipt[] = [], more: object = {}) => {
    const { declaration, particulars } = claim('refund-one-item', more)
    const standing: Standing = { declaration, particulars, status, references: [], receipts }
    return (procedure('refund').deadlines?.(standing) ?? []).map(({ id, dueAt, remindAt }) => {
      expect(Date.parse(remindAt)).toBeLessThan(Date.parse(dueAt))
      return `${id} ${dueAt}`
    })
  }
  const taken = said('TX-0000', 'acknowledged', '2026-12-02T09:30:01+08:00')
  const april = '2027-04-15T15:59:59.000Z'
  const clawedBack = said('CLAWED_BACK', 'reversed', '2027-01-08T17:00:00+08:00', { fnqx: '2027-01-23' })

  test('the claim itself, as long as it is not taken, also after a refusal', () => {
    for (const status of ['awaiting-particulars', 'waiting', 'sent', 'refused'] as const)
      expect(due(status)).toEqual([`claim ${april}`])
  })

  test('then the collection, and the supporting documents 15 days after claiming', () => {
    expect(due('in-review', [taken])).toEqual([`collection ${april}`, 'documents 2026-12-17T01:30:01.000Z'])
    expect(due('closed', [taken])).toHaveLength(2)
  })

  test('what is done is left out', () => {
    const collections = [
      { item: 1, date: '2026-12-01', voucher: 'PZ', currency: 'USD', amount: '150000', payer: 'EXAMPLE TECH PTE LTD' },
    ]
    expect(due('in-review', [taken], { collections, documentsKeptOn: '2026-12-02' })).toEqual([])
  })

  test('a clawback is repaid by the day the office names', () => {
    expect(due('reversed', [taken, clawedBack])).toEqual(['repayment 2027-01-23T15:59:59.000Z'])
    const repaid = said('REPAID', 'reversed', '2027-01-22T10:00:00+08:00')
    expect(due('reversed', [taken, clawedBack, repaid])).toEqual([])
    expect(due('withdrawn', [taken])).toEqual([])
  })
})
