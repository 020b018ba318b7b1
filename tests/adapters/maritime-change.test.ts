import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Procedure, Submission } from '../../adapters/adapter.ts'
import { maritime } from '../../adapters/maritime/index.ts'
import { goldenCases } from '../../conformance/adapter/goldens.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { FilingStatus } from '../../schemas/status.ts'

const cases = goldenCases('maritime').filter(({ submission }) => submission.change !== undefined)
const procedure = (id: string) => maritime.procedures[id] as unknown as Procedure

/** A golden change, with the declaration as it is to be changed further. */
function open(name: string, edit: (after: Declaration) => void = () => {}, status?: FilingStatus) {
  const found = cases.find((one) => one.name === name)
  if (found === undefined) throw new Error(`No golden case ${name}`)
  const submission = structuredClone(found.submission)
  const { change } = submission
  if (change === undefined) throw new Error(`${name} changes nothing`)
  edit(submission.declaration)
  const particulars = submission.declaration.particulars?.['maritime']?.[change.procedure]
  const after = change.after && { declaration: submission.declaration, particulars }
  const changed = { ...change, ...(status === undefined ? {} : { status }), ...(after === undefined ? {} : { after }) }
  return { id: found.procedure, submission: { ...submission, change: changed } as Submission }
}

const issuesOf = ({ id, submission }: ReturnType<typeof open>) => {
  const { declaration, particulars } = submission
  const { missing, check } = procedure(id)
  return [...missing(declaration, particulars, submission), ...check(declaration, particulars, submission)].map(
    ({ pointer, code }) => `${pointer} ${code}`,
  )
}
const legOf = ({ goodsShipment }: Declaration, at: number) => {
  const leg = goodsShipment.consignment.legs[at]
  if (leg === undefined) throw new Error(`A golden case lost its leg ${at}`)
  return leg
}
const leg = (at: number) => `/goodsShipment/consignment/legs/${at}`

describe('a change that goes to the maritime office', () => {
  test.each(cases)('$name: the golden bytes, and nothing to complain of', ({ procedure: id, submission, bytes }) => {
    const { declaration, particulars } = submission
    expect(procedure(id).missing(declaration, particulars, submission)).toEqual([])
    expect(procedure(id).check(declaration, particulars, submission)).toEqual([])
    const message = procedure(id).encode(submission)
    expect([message.path, message.body]).toEqual(['/changes', bytes])
    expect(procedure(id).encodeInquiry(submission).path).toBe(`/changes/${submission.reference}`)
  })

  test('an inland report is answered inline, the others are pushed; every procedure can be changed both ways', () => {
    const changeable = (kind: 'amends' | 'cancels') =>
      Object.values(maritime.procedures).flatMap((one) => (one[kind] ?? []).map((of) => `${of} ${one.replies}`))
    const all = ['dangerous-cargo pushed', 'dangerous-ship pushed', 'departure pushed', 'inland-report inline']
    expect(changeable('amends').sort()).toEqual(all)
    expect(changeable('cancels').sort()).toEqual(all)
  })

  test('it is named by what was granted, before that by its acceptance, before that by our own number alone', () => {
    const numberOf = (name: string, references: { scheme: string; value: string }[]) => {
      const { id, submission } = open(name)
      const { change } = submission
      if (change === undefined) throw new Error('Nothing is changed')
      return /<Number>(.*)<\/Number>/.exec(
        procedure(id).encode({ ...submission, change: { ...change, references } }).body ?? '',
      )?.[1]
    }
    const acceptance = { scheme: 'acceptance-number', value: 'SL1' }
    const permit = { scheme: 'permit-number', value: 'CK2' }
    expect(numberOf('cancellation-departure', [permit, acceptance])).toBe('CK2')
    expect(numberOf('cancellation-departure', [acceptance])).toBe('SL1')
    expect(numberOf('cancellation-departure', [])).toBeUndefined()
  })
})

describe('what the maritime office would not grant', () => {
  test.each([
    [
      'amendment-dangerous-cargo',
      (after: Declaration) => Object.assign(legOf(after, 0), { voyageNumber: '033E' }),
      [`${leg(0)}/voyageNumber not-amendable`],
    ],
    [
      'amendment-departure',
      (after: Declaration) => Object.assign(legOf(after, 1).conveyance ?? {}, { id: '9319466' }),
      [`${leg(1)}/conveyance/id not-amendable`],
    ],
    [
      'amendment-dangerous-ship',
      ({ particulars }: Declaration) =>
        Object.assign(particulars?.['maritime']?.['dangerous-ship'] ?? {}, { shipId: 'CN20157654321' }),
      [`${leg(0)}/conveyance/id not-amendable`],
    ],
    [
      'inland-amendment-one-item',
      ({ particulars }: Declaration) =>
        Object.assign(particulars?.['maritime']?.['inland-report'] ?? {}, { shipId: 'CN20157654321' }),
      [`${leg(0)}/conveyance/id not-amendable`],
    ],
    ['amendment-departure', (after: Declaration) => Object.assign(legOf(after, 1), { voyageNumber: '118S' }), []],
  ] as const)('%s: another ship or voyage is no correction', (name, edit, expected) => {
    expect(issuesOf(open(name, edit))).toEqual(expected)
  })

  test('the document as it is to be is checked as the first was', () => {
    const incomplete = open('amendment-departure', ({ particulars }) => {
      const departure = particulars?.['maritime']?.['departure'] as {
        securityCertificate: { expiryDate: string }
        crewCount?: number
      }
      departure.securityCertificate.expiryDate = '2026-11-30'
      delete departure.crewCount
    })
    expect(issuesOf(incomplete)).toEqual([
      '/particulars/maritime/departure/crewCount missing',
      '/particulars/maritime/departure/securityCertificate/expiryDate certificate-expired',
    ])
  })

  test('what is over is not changed; an inland report that lies there is', () => {
    for (const status of ['closed', 'refused', 'withdrawn'] as const) {
      expect(issuesOf(open('amendment-dangerous-cargo', undefined, status))).toEqual([`${leg(0)} too-late`])
      expect(issuesOf(open('cancellation-departure', undefined, status))).toEqual([`${leg(1)} too-late`])
    }
    expect(issuesOf(open('inland-cancellation-two-items', undefined, 'closed'))).toEqual([])
    expect(issuesOf(open('inland-cancellation-two-items', undefined, 'withdrawn'))).toEqual([`${leg(0)} too-late`])
  })
})

describe('what the maritime office says of a change', () => {
  const folder = new URL('../../adapters/maritime/golden/replies/', import.meta.url)
  const decode = (path: string) =>
    maritime.decode({ status: 200, contentType: 'application/xml', body: readFileSync(new URL(path, folder), 'utf8') })
  const replies = ['amendment', 'cancellation', 'inland-amendment', 'inland-cancellation'].flatMap((id) =>
    readdirSync(new URL(`${id}/`, folder)).map((file) => `${id}/${file}`),
  )

  test.each(replies)('%s names the change only', (path) => {
    const [one] = decode(path)
    expect(
      one?.references
        .map(({ scheme }) => scheme)
        .filter((scheme) => !['filing', 'message', 'change-number'].includes(scheme)),
    ).toEqual([])
    expect(one?.references[0]?.value).toMatch(/M[MXAB]\d\d$/)
  })

  test('what is changed is told, and what was taken back under its own names', () => {
    expect(decode('amendment/granted.approved.xml')).toMatchObject([
      {
        status: 'approved',
        references: [{}, {}, { scheme: 'change-number', value: 'BG26112200000003' }],
        details: {
          changed: {
            procedure: 'dangerous-cargo',
            ourReference: 'YC26112200000001MC08',
            number: 'HP26112200000002',
          },
        },
      },
    ])
    expect(decode('dangerous-cargo/taken-back.withdrawn.xml')[0]?.references.map(({ scheme }) => scheme)).toContain(
      'cargo-approval-number',
    )
  })
})
