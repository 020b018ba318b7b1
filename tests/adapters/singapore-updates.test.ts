import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Procedure, Submission } from '../../adapters/adapter.ts'
import { singapore } from '../../adapters/singapore/index.ts'
import { goldenCases } from '../../conformance/adapter/goldens.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { FilingStatus } from '../../schemas/status.ts'

const cases = goldenCases('singapore').filter(({ procedure }) => procedure !== 'permit')
const procedure = (id: string) => singapore.procedures[id] as unknown as Procedure

type Particulars = Record<string, unknown>
const particularsOf = ({ particulars }: Declaration, id: string) => {
  const found = particulars?.['singapore']?.[id]
  return found === undefined ? undefined : procedure(id).particulars.parse(found)
}

/** A golden case with its declaration changed further: for an amendment, as it is to be. */
function open(
  name: string,
  edit: (declared: Declaration, permit: Particulars) => void = () => {},
  status?: FilingStatus,
) {
  const found = cases.find((one) => one.name === name)
  if (found === undefined) throw new Error(`No golden case ${name}`)
  const submission = structuredClone(found.submission)
  const { declaration, change } = submission
  edit(declaration, (declaration.particulars?.['singapore']?.['permit'] ?? {}) as Particulars)
  const after = change?.after && { declaration, particulars: particularsOf(declaration, change.procedure) }
  return {
    id: found.procedure,
    submission: {
      ...submission,
      particulars: particularsOf(declaration, found.procedure),
      ...(change && { change: { ...change, ...(status && { status }), ...(after && { after }) } }),
    } as Submission,
  }
}

const issuesOf = ({ id, submission }: ReturnType<typeof open>) => {
  const { declaration, particulars } = submission
  const { missing, check } = procedure(id)
  const lacking = missing(declaration, particulars, submission)
  return (lacking.length > 0 ? lacking : check(declaration, particulars, submission)).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  )
}
const bodyOf = ({ id, submission }: ReturnType<typeof open>) => procedure(id).encode(submission).body ?? ''
const itemOf = ({ goodsShipment }: Declaration, at: number) => {
  const item = goodsShipment.items[at]
  if (item === undefined) throw new Error(`A golden case lost its item ${at}`)
  return item
}
const items = '/goodsShipment/items'

describe('updates and certificates that go to the window', () => {
  test.each(cases)('$name: the golden bytes, and nothing to complain of', ({ procedure: id, submission, bytes }) => {
    const { declaration, particulars } = submission
    expect(procedure(id).applies(declaration).files).toBe(true)
    expect(procedure(id).missing(declaration, particulars, submission)).toEqual([])
    expect(procedure(id).check(declaration, particulars, submission)).toEqual([])
    expect(procedure(id).encode(submission).body).toBe(bytes)
    expect(procedure(id).encodeInquiry(submission).path).toBe(`/declarations/${submission.reference}`)
  })

  test('an update has a number of its own and names the permit', () => {
    const body = bodyOf(open('amendment-import'))
    expect(body).toContain('<cbc:CommonAccessReference>YC26112100000000031A<')
    expect(body).toContain('<cbc:SequenceNumeric>0031<')
    expect(body).toMatch(/<cbc:UpdateIndicator>AME<.*\s*<cbc:PermitNumber>IG6K000001B</)
  })

  test('who cancels is another declarant of the same agent where one is named, else who declared', () => {
    expect(bodyOf(open('cancellation-export'))).toContain('<cbc:ID>S7654321D<')
    expect(bodyOf(open('cancellation-import'))).toContain('<cbc:ID>S1234567D<')
    expect(bodyOf(open('cancellation-certificate'))).toMatch(/S1234567D[\s\S]*<cbc:ID>197401143C</)
  })
})

describe('what the window would not amend', () => {
  const permit = '/particulars/singapore/permit'
  test.each([
    [
      'the HS code',
      (_: Declaration, asked: Particulars) =>
        Object.assign((asked['items'] as Particulars[])[1] ?? {}, { ahtn: '61091020' }),
      [`${permit}/items/1/ahtn`],
    ],
    ['the description', (declared: Declaration) => (itemOf(declared, 0).nameEn = 'LAPTOP'), [`${items}/0/nameEn`]],
    [
      'the quantity',
      (declared: Declaration) => (itemOf(declared, 0).statutoryQuantity1.value = '601'),
      [`${items}/0/statutoryQuantity1`],
    ],
    ['the origin', (declared: Declaration) => (itemOf(declared, 1).originCountry = 'VN'), [`${items}/1/originCountry`]],
    [
      'the importer',
      (_: Declaration, asked: Particulars) => (asked['trader'] = { uen: 'T01FC6132D', name: 'EXAMPLE RETAIL' }),
      [`${permit}/trader/uen`],
    ],
    [
      'a licence',
      (_: Declaration, asked: Particulars) => (asked['licences'] = ['IMDA-L-2026-9']),
      [`${permit}/licences`],
    ],
  ] as const)('%s', (_, edit, expected) => {
    const amended = open('amendment-import', (declared, asked) => void edit(declared, asked))
    expect(issuesOf(amended)).toEqual(expected.map((pointer) => `${pointer} not-amendable`))
  })

  test('the same quantity written otherwise, a vessel, a bill, a container, a weight are amended', () => {
    const amended = open('amendment-import', ({ goodsShipment }) => {
      const [item] = goodsShipment.items
      if (item !== undefined) item.statutoryQuantity1.value = `${item.statutoryQuantity1.value}.0`
      const sea = goodsShipment.consignment.legs.at(-1)
      Object.assign(sea ?? {}, { transportDocumentId: 'CQSG26120001', voyageNumber: '028W' })
      goodsShipment.totalGrossMassKg = '2990'
    })
    expect(issuesOf(amended)).toEqual([])
  })

  test('fewer items are cancelled for', () => {
    const amended = open('amendment-import', ({ goodsShipment }, asked) => {
      goodsShipment.items.pop()
      asked['items'] = (asked['items'] as Particulars[]).slice(0, 1)
    })
    expect(issuesOf(amended)).toContain(`${items} not-amendable`)
  })

  test.each(['amendment-import', 'cancellation-import', 'cancellation-certificate'])(
    '%s: nothing that is used, cancelled or rejected; what is still being decided is waited for',
    (name) => {
      for (const status of ['closed', 'withdrawn', 'refused'] as const)
        expect(issuesOf(open(name, undefined, status))).toEqual([
          `/particulars/singapore/${name === 'cancellation-certificate' ? 'origin-certificate' : 'permit'} too-late`,
        ])
      expect(issuesOf(open(name, undefined, 'in-review')).filter((found) => found.endsWith('too-late'))).toEqual([])
      expect(procedure(open(name).id).changeableFrom).toBe('approved')
    },
  )

  test('a cancellation waits for its reason, one of the thirteen', () => {
    const given = (reason: Particulars) =>
      open('cancellation-import', ({ particulars }) => {
        Object.assign(particulars?.['singapore'] ?? {}, { cancellation: reason })
      })
    expect(issuesOf(given({}))).toEqual(['/particulars/singapore/cancellation/reasonCode missing'])
    expect(procedure('cancellation').particulars.safeParse({ reasonCode: 'C14' }).success).toBe(false)
    expect(procedure('cancellation').particulars.safeParse({ reasonCode: 'C13' }).success).toBe(true)
  })
})

describe('a certificate of origin', () => {
  const asked = '/particulars/singapore/origin-certificate'
  const origin = (edit: (given: Particulars, declared: Declaration) => void, name = 'certificate-from-china') =>
    open(name, (declared) => edit(declared.particulars?.['singapore']?.['origin-certificate'] as Particulars, declared))

  test('is filed on request only, for goods to or from Singapore, once customs has released them', () => {
    const { onRequest, after, applies } = procedure('origin-certificate')
    expect([onRequest, after]).toEqual(['only', [{ agency: 'customs', procedure: 'declare', status: 'approved' }]])
    const { declaration } = open('certificate-from-china').submission
    declaration.goodsShipment.destinationCountry = 'MY'
    expect(applies(declaration).files).toBe(false)
  })

  test('without particulars waits for everything, but takes agent and declarant from the permit', () => {
    const { declaration } = open('certificate-from-china').submission
    const { missing } = procedure('origin-certificate')
    expect(missing(declaration, undefined).map(({ pointer }) => pointer)).toEqual([
      `${asked}/scheme`,
      `${asked}/certificate`,
      `${asked}/items`,
      `${asked}/items`,
    ])
    delete declaration.particulars
    expect(missing(declaration, undefined).map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining([`${asked}/declarant`, `${asked}/agent`]),
    )
  })

  test.each([
    ['criteria that RCEP has too', (given: Particulars) => (given['scheme'] = 'RCEP'), []],
    [
      'a criterion of another scheme',
      (given: Particulars) =>
        Object.assign(given, {
          scheme: 'RCEP',
          items: [
            { item: 1, criterion: 'PSR' },
            { item: 2, criterion: 'PE' },
          ],
        }),
      [`${asked}/items/0/criterion criterion-not-of-scheme`],
    ],
    [
      'regional value without its share',
      (given: Particulars) =>
        (given['items'] = [
          { item: 1, criterion: 'RVC', fobValue: '1' },
          { item: 2, criterion: 'PE' },
        ]),
      [`${asked}/items/0/regionalValueContent missing`],
    ],
    [
      'a row too many',
      (given: Particulars) => (given['items'] as Particulars[]).push({ item: 9, criterion: 'PE' }),
      [`${asked}/items/2/item item-unknown`],
    ],
    [
      'goods of another origin',
      (_: Particulars, declared: Declaration) => (itemOf(declared, 1).originCountry = 'VN'),
      [`${items}/1/originCountry origin-differs`],
    ],
  ] as const)('%s', (_, edit, expected) => {
    expect(issuesOf(origin((given, declared) => void edit(given, declared)))).toEqual(expected)
  })

  test('issued in Singapore brings no number of China', () => {
    const certificate = { number: 'X1', authority: 'X', issueDate: '2026-11-20' }
    expect(issuesOf(origin((given) => (given['certificate'] = certificate), 'certificate-from-singapore'))).toEqual([
      `${asked}/certificate certificate-not-due`,
    ])
  })
})

describe('what the window says of updates and certificates', () => {
  const folder = new URL('../../adapters/singapore/golden/replies/', import.meta.url)
  const decode = (path: string) =>
    singapore.decode({ status: 200, contentType: 'application/xml', body: readFileSync(new URL(path, folder), 'utf8') })
  const replies = ['amendment', 'cancellation'].flatMap((id) =>
    readdirSync(new URL(`${id}/`, folder)).map((file) => `${id}/${file}`),
  )

  test.each(replies)('%s names the update only', (path) => {
    const schemes = decode(path)[0]?.references.map(({ scheme }) => scheme)
    expect(schemes).not.toContain('permit-number')
    expect(schemes).not.toContain('certificate-number')
  })

  test('an amended permit tells its validity, a rejection its reasons, a query who must act', () => {
    expect(decode('amendment/amended.approved.xml')).toMatchObject([
      { status: 'approved', details: { permitNumber: 'IG6K000001B', validTo: '20261220', gst: '18837.00' } },
    ])
    expect(decode('cancellation/ground-does-not-hold.refused.xml')).toMatchObject([
      { status: 'refused', code: 'CA/SC REJECT', details: { faults: [{ code: 'U40' }] } },
    ])
    expect(decode('origin-certificate/query.hold-supplement.xml')).toMatchObject([
      { status: 'in-review', sets: ['supplement'], details: { faults: [{ code: 'O10' }] } },
    ])
    expect(decode('origin-certificate/query-answered.in-review.xml')).toMatchObject([{ lifts: ['supplement'] }])
    expect(decode('permit/permit-cancelled.withdrawn.xml')[0]?.references).toContainEqual({
      scheme: 'permit-number',
      value: 'IG6K000001B',
    })
  })
})
