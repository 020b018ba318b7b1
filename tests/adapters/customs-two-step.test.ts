import { describe, expect, test } from 'vitest'
import type { Procedure, Standing } from '../../adapters/adapter.ts'
import { customs } from '../../adapters/customs/index.ts'
import type { Particulars } from '../../adapters/customs/particulars.ts'
import { documentType, readDocumentType } from '../../adapters/customs/steps.ts'
import { readXml } from '../../adapters/xml.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { summaryDeclaration } from '../../schemas/declaration/summary.ts'
import type { Receipt } from '../../schemas/receipt.ts'
import type { FilingStatus } from '../../schemas/status.ts'
import { declare, enter, goldenDeclaration, goldenText, submissionOf, texts } from '../support/customs.ts'

const summary = customs.procedures['summary'] as unknown as Procedure<Particulars>
const summarised = summaryDeclaration.parse(
  JSON.parse(goldenText('summary-under-quarantine/declaration.json')),
) as Declaration
const completed = goldenDeclaration('complete-after-summary')
const particulars = summary.particulars.parse(summarised.particulars?.['customs']?.['summary'])
const names = {
  customs: [
    { scheme: 'summary-number', value: 'I20260000111222333' },
    { scheme: 'summary-entry-number', value: '801620261000000777' },
  ],
}
const elementsOf = (body: string | undefined) => texts(readXml(body ?? ''))
const said = (body: string) => customs.decode({ status: 200, contentType: 'application/xml', body })

describe('which step is filed', () => {
  test('at once: the declaration alone; as a summary: the summary alone; complete: both, one after the other', () => {
    const files = (declaration: Declaration) =>
      [summary, declare].map((procedure) => procedure.applies(declaration).files)
    const { declarationStep: _, ...atOnce } = completed
    expect(files(atOnce as Declaration)).toEqual([false, true])
    expect(files(summarised)).toEqual([true, false])
    expect(files(completed)).toEqual([true, true])
    expect(declare.after).toContainEqual({ agency: 'customs', procedure: 'summary', status: 'registered' })
  })

  test.each([
    [undefined, undefined, undefined],
    ['summary', undefined, '  5'],
    ['complete', undefined, '  6'],
    ['summary', 'CL', 'CL5'],
    ['complete', 'Z', 'Z 6'],
    ['complete', 'ML    Z', 'ML6   Z'],
    [undefined, 'CL', 'CL'],
  ] as const)('step %s of kind %s is Type "%s"', (step, type, wire) => {
    expect(documentType(step, (type === undefined ? {} : { type }) as Particulars)).toBe(wire)
    if (wire !== undefined && step !== undefined)
      expect(readDocumentType(wire.trim())).toEqual({ step, type: type ?? '' })
  })
})

describe('the summary', () => {
  test('says the nine things, and is the same when the rest of the declaration is there', () => {
    const submission = submissionOf(completed, { particulars, declaration: summarised })
    const brief = summary.encode(submission).body
    expect(summary.encode({ ...submission, declaration: completed }).body).toBe(brief)
    const elements = Object.entries(elementsOf(brief)).filter(([, text]) => text !== '')
    expect(elements.map(([path]) => path)).not.toContain('/DecMessage/DecHead/TransMode')
    expect(elementsOf(brief)).toMatchObject({
      '/DecMessage/DecHead/TradeCoScc': '91500103MA5U0F207T',
      '/DecMessage/DecHead/BillNo': 'KZCQ26100207',
      '/DecMessage/DecHead/SeqNo': '',
      '/DecMessage/DecLists/DecList/CodeTS': '0202300090',
      '/DecMessage/DecLists/DecList/GModel': '',
    })
  })

  test('tells six digits of goods that nothing hangs on', () => {
    expect(goldenText('summary-in-brief/submit.xml')).toContain('<CodeTS>854231</CodeTS>')
  })

  test('a later attempt carries the number of the first and is signed anew', () => {
    const more = {
      declaration: summarised,
      particulars,
      references: names,
      attempt: 2,
      instant: '2026-11-21T00:00:00Z',
    }
    expect(elementsOf(summary.encode(submissionOf(completed, more)).body)).toMatchObject({
      '/DecMessage/DecHead/SeqNo': 'I20260000111222333',
      '/DecMessage/DecSign/SignDate': '2026112108000000',
    })
  })

  test.each([
    ['/goodsShipment/items/0/purpose', (d: Declaration) => delete d.goodsShipment.items[0]?.purpose],
    ['/goodsShipment/items/0/goodsAttributes', (d: Declaration) => delete d.goodsShipment.items[0]?.goodsAttributes],
    ['/goodsShipment/additionalDocuments', (d: Declaration) => delete d.goodsShipment.additionalDocuments],
    ['/agent/customsRegistrationId', (d: Declaration) => delete d.agent.customsRegistrationId],
    [
      '/goodsShipment/importer/customsRegistrationId',
      (d: Declaration) => delete d.goodsShipment.importer?.customsRegistrationId,
    ],
    [
      '/goodsShipment/consignment/legs/0/arrivalDateTime',
      (d: Declaration) => delete d.goodsShipment.consignment.legs[0]?.arrivalDateTime,
    ],
  ])('customs asks for %s', (pointer, take) => {
    const other = structuredClone(summarised)
    take(other)
    expect(summary.check(other, particulars).map((found) => found.pointer)).toEqual([pointer])
  })

  test('a broker’s complete declaration comes in with its step and its numbers', () => {
    const { declaration: read, issues } = enter(goldenText('complete-after-summary/submit.xml')) as {
      declaration: Declaration
      issues: unknown[]
    }
    expect(issues).toEqual([])
    expect(read.declarationStep).toBe('complete')
    expect(read.particulars?.['customs']?.['declare']).toMatchObject({
      seqNo: 'I20260000111222333',
      entryId: '801620261000000777',
    })
    expect(read.particulars?.['customs']?.['declare']).not.toHaveProperty('type')
  })
})

describe('the complete declaration', () => {
  test('carries both numbers of its summary; without them it cannot be written', () => {
    expect(elementsOf(declare.encode(submissionOf(completed, { references: names })).body)).toMatchObject({
      '/DecMessage/DecHead/SeqNo': 'I20260000111222333',
      '/DecMessage/DecHead/EntryId': '801620261000000777',
    })
    expect(() => declare.encode(submissionOf(completed))).toThrow('summary-number')
  })

  test('an inquiry asks for its own step', () => {
    const { path } = declare.encodeInquiry(submissionOf(completed))
    expect(path).toContain('&step=6')
    expect(summary.encodeInquiry(submissionOf(completed)).path).toContain('&step=5')
  })
})

describe('receipts', () => {
  test('a receipt of the summary never names the complete declaration, nor the other way round', () => {
    const schemes = (body: string) => said(body).flatMap(({ references }) => references.map(({ scheme }) => scheme))
    expect(schemes(goldenText('replies/summary/stored.registered.xml'))).toEqual([
      'summary-number',
      'summary-entry-number',
    ])
    const deleted = goldenText('replies/summary/deleted.withdrawn.xml')
    expect(schemes(deleted)).toEqual(['summary-number', 'summary-entry-number'])
    expect(schemes(deleted.replace('>5<', '>6<'))).toEqual(['unified-number', 'entry-number'])
    const response = goldenText('replies/summary/import-response.acknowledged.xml')
    expect(schemes(response)).toEqual(['summary-number', 'client-number'])
    expect(schemes(response.replace('<DeclareStep>5', '<DeclareStep>6'))).toEqual(['unified-number', 'client-number'])
  })
})

describe('the fourteen days', () => {
  const standing = (declaration: Declaration, status: FilingStatus, receipts: readonly Receipt[] = []): Standing =>
    ({ declaration, particulars, status, references: [], receipts }) as Standing
  const stored: Receipt = {
    references: [{ scheme: 'summary-number', value: 'I20260000111222333' }],
    status: 'registered',
    code: 'SpL',
    text: '',
    details: { importExportDate: '2026-11-20' },
  }

  test('run from the day of entry, Shanghai time; a reminder comes three days before', () => {
    // 20 November and fourteen days is 4 December, to its last second.
    expect(summary.deadlines?.(standing(summarised, 'approved', [stored]) as Standing<Particulars>)).toEqual([
      {
        id: 'complete-declaration',
        dueAt: '2026-12-04T23:59:59+08:00',
        remindAt: '2026-12-01T23:59:59+08:00',
        what: { en: expect.any(String), zh: expect.any(String) },
      },
    ])
  })

  const due = (procedure: Procedure<Particulars>, declaration: Declaration, status: FilingStatus) =>
    procedure.deadlines?.(standing(declaration, status) as Standing<Particulars>).map(({ dueAt }) => dueAt)

  test('where customs has named no day, from the day the goods arrive', () => {
    expect(due(summary, summarised, 'registered')).toEqual(['2026-12-02T23:59:59+08:00'])
  })

  test.each([
    ['acknowledged', []],
    ['refused', []],
    ['withdrawn', []],
    ['in-review', ['2026-12-02T23:59:59+08:00']],
  ] as const)('a summary that is %s leaves %j', (status, left) => {
    expect(due(summary, summarised, status)).toEqual(left)
  })

  test.each([
    ['awaiting-particulars', 1],
    ['acknowledged', 1],
    ['refused', 1],
    ['registered', 0],
    ['closed', 0],
    ['withdrawn', 0],
  ] as const)('once the complete declaration is handed in the date is its own: %s leaves %i', (status, left) => {
    expect(due(summary, completed, 'approved')).toEqual([])
    expect(due(declare, completed, status)).toHaveLength(left)
  })
})
