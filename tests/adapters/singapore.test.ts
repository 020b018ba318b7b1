import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Procedure, type Submission, Unintelligible } from '../../adapters/adapter.ts'
import { controlOf, gstRateOn } from '../../adapters/singapore/codes.ts'
import { singapore } from '../../adapters/singapore/index.ts'
import { isUen } from '../../adapters/singapore/uen.ts'
import { childOf, readXml, textOf } from '../../adapters/xml.ts'
import { declaration } from '../../schemas/declaration/index.ts'
import { receipt } from '../../schemas/receipt.ts'

const golden = new URL('../../adapters/singapore/golden/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, golden), 'utf8')
/** Permits; updates and certificates are shown in singapore-updates.test.ts. */
const cases = readdirSync(golden).filter(
  (name) =>
    name !== 'replies' && (JSON.parse(read(`${name}/submission.json`)) as { procedure: string }).procedure === 'permit',
)
const replies = readdirSync(new URL('replies/permit/', golden)).map((file) => ({
  file,
  status: file.split('.').at(-2),
}))

const reply = (body: string) => ({ status: 200, contentType: 'application/xml', body })
const said = (body: string) => singapore.decode(reply(body))
const permit = singapore.procedures['permit'] as Procedure

/** A golden declaration with some of its particulars changed. */
function changed(
  name: string,
  change: (declared: ReturnType<typeof declaration.parse>, particulars: Record<string, unknown>) => void,
) {
  const declared = declaration.parse(JSON.parse(read(`${name}/declaration.json`)))
  const particulars = structuredClone(declared.particulars?.['singapore']?.['permit']) as Record<string, unknown>
  change(declared, particulars)
  return { declared, particulars: permit.particulars.parse(particulars) }
}

function submissionOf(name: string, change: Parameters<typeof changed>[1] = () => {}): Submission {
  const rest = JSON.parse(read(`${name}/submission.json`)) as Omit<Submission, 'declaration' | 'particulars'>
  const { declared, particulars } = changed(name, change)
  return { ...rest, declaration: declared, particulars }
}

const codesAt = (issues: readonly { pointer: string; code: string }[]) =>
  issues.map(({ pointer, code }) => `${pointer} ${code}`)

describe('what goes to the window', () => {
  test.each(cases)('%s: the golden bytes, twice the same', (name) => {
    const submission = submissionOf(name)
    const { declaration: declared, particulars } = submission
    expect(permit.applies(declared).files).toBe(true)
    expect([...permit.missing(declared, particulars), ...permit.check(declared, particulars)]).toEqual([])
    expect(permit.encode(submission).body).toBe(read(`${name}/submit.xml`))
    expect(permit.encode(submission)).toEqual(permit.encode(submission))
  })

  test('hostile text arrives as it was written', () => {
    const { declared } = changed('import-hostile-text', () => {})
    const item = childOf(
      readXml(read('import-hostile-text/submit.xml')),
      'TradenetDeclaration',
      'InboundMessage',
      'InPaymentDeclaration',
      'Item',
    )
    expect(textOf(item, 'GoodsDescription')).toBe(declared.goodsShipment.items[0]?.nameEn)
  })

  test('items together are worth the total to the cent', () => {
    const submission = submissionOf('import-two-items', (_, asked) =>
      Object.assign(asked, {
        items: [
          { item: 1, ahtn: '84713020' },
          { item: 2, ahtn: '61091010' },
        ],
      }),
    )
    const body = permit.encode(submission).body ?? ''
    const values = [...body.matchAll(/<cbc:ItemCIFFOBValue currencyCode="USD">([\d.]+)</g)].map(([, value]) => value)
    expect(values).toEqual(['151500.01', '9090.00'])
    expect(body).toContain('<cbc:TotalCIFFOBValue currencyCode="USD">160590.01<')
  })

  test('the serial becomes four digits and never 0000', () => {
    const body = (serial: number) => permit.encode({ ...submissionOf('export-one-item'), serial }).body
    expect(body(9999)).toContain('<cbc:SequenceNumeric>9999<')
    expect(body(10000)).toContain('<cbc:SequenceNumeric>0001<')
  })

  test('a filing is asked for by our own number, the mailbox by its cursor', () => {
    expect(permit.encodeInquiry(submissionOf('import-one-item'))).toEqual({
      method: 'GET',
      path: '/declarations/YC26112100000000021A',
    })
    expect(singapore.mailbox?.encode('0')).toEqual({ method: 'GET', path: '/responses?after=0&limit=50' })
  })
})

describe('whom it concerns', () => {
  test.each([
    ['import-one-item', 'DE', '货物运抵国为DE，不涉及新加坡'],
    ['export-one-item', 'MY', '货物启运国为MY，不涉及新加坡'],
  ])('%s by way of %s: not Singapore', (name, country, zh) => {
    const { declared } = changed(
      name,
      ({ goodsShipment, direction }) =>
        (goodsShipment[direction === 'export' ? 'destinationCountry' : 'exportCountry'] = country),
    )
    expect(permit.applies(declared)).toMatchObject({ files: false, because: { zh } })
  })
})

describe('what a filing waits for and what would be refused', () => {
  test('a permit without particulars waits and names everything it needs', () => {
    const { declared } = changed('import-two-items', ({ goodsShipment }) => {
      delete goodsShipment.invoice
      delete goodsShipment.valuation
      const [, sea] = goodsShipment.consignment.legs
      Object.assign(sea ?? {}, {
        voyageNumber: undefined,
        transportDocumentId: undefined,
        arrivalDateTime: undefined,
        conveyance: undefined,
      })
      Object.assign(goodsShipment.items[1]?.statutoryQuantity1 ?? {}, { unitCode: 'DZN' })
    })
    expect(codesAt(permit.missing(declared, undefined))).toEqual([
      '/particulars/singapore/permit/declarant missing',
      '/particulars/singapore/permit/agent missing',
      '/particulars/singapore/permit/trader missing',
      '/goodsShipment/invoice/id missing',
      '/goodsShipment/invoice/issueDate missing',
      '/goodsShipment/consignment/legs/1/voyageNumber missing',
      '/goodsShipment/consignment/legs/1/conveyance/name missing',
      '/goodsShipment/consignment/legs/1/transportDocumentId missing',
      '/goodsShipment/consignment/legs/1/arrivalDateTime missing',
      '/particulars/singapore/permit/items missing',
      '/particulars/singapore/permit/items missing',
      '/particulars/singapore/permit/items missing',
      '/particulars/singapore/permit/items missing',
      '/particulars/singapore/permit/items missing',
    ])
  })

  test('a journey that does not say how it reaches Singapore', () => {
    const { declared, particulars } = changed('import-one-item', ({ goodsShipment }) =>
      goodsShipment.consignment.legs.pop(),
    )
    expect(codesAt(permit.missing(declared, particulars))).toEqual(['/goodsShipment/consignment/legs missing'])
  })

  test('meat waits for the licence of the competent authority', () => {
    const meat = changed('import-one-item', ({ goodsShipment }, asked) => {
      Object.assign(goodsShipment.items[0] ?? {}, { hsCode: '0202300090' })
      Object.assign(asked, { items: [{ item: 1, ahtn: '02023000' }] })
    })
    expect(permit.missing(meat.declared, meat.particulars)).toMatchObject([
      {
        pointer: '/particulars/singapore/permit/licences',
        code: 'missing',
        detail: 'Item 1: licence of SFA',
        detailZh: '第1项缺少SFA许可',
      },
    ])
  })

  test('every fault is found at once', () => {
    const { declared, particulars } = changed('import-two-items', ({ goodsShipment }, asked) => {
      const [, sea] = goodsShipment.consignment.legs
      Object.assign(sea ?? {}, { modeCode: '6', voyageNumber: 'V'.repeat(18), conveyance: { name: 'N'.repeat(36) } })
      goodsShipment.invoice = { id: 'I'.repeat(36), issueDate: '2026-11-20' }
      goodsShipment.tradeTerms.conditionCode = 'C&I'
      for (const item of goodsShipment.items) item.currency = 'CHF'
      Object.assign(asked, { agent: { uen: '197401143D', name: 'X' }, trader: { uen: 'R16FC0121D' } })
      Object.assign(asked, {
        items: [
          { item: 1, ahtn: '84713120', value: '1' },
          { item: 2, ahtn: '61091010', value: '1' },
          { item: 3, ahtn: '61091010' },
        ],
      })
    })
    expect(codesAt(permit.check(declared, particulars))).toEqual([
      '/particulars/singapore/permit/agent/uen uen-invalid',
      '/particulars/singapore/permit/trader/uen uen-invalid',
      '/goodsShipment/consignment/legs/1/modeCode mode-not-taken',
      '/goodsShipment/consignment/legs/1/voyageNumber too-long',
      '/goodsShipment/consignment/legs/1/conveyance/name too-long',
      '/goodsShipment/invoice/id too-long',
      '/goodsShipment/tradeTerms/conditionCode terms-not-incoterm',
      '/goodsShipment/items/0/currency currency-not-taken',
      '/particulars/singapore/permit/items/0/ahtn ahtn-differs',
      '/particulars/singapore/permit/items/2/item item-unknown',
    ])
  })

  test.each(['00192200M', '197401143C', 'S16FC0121D', 'T01FC6132D'])(
    '%s is a UEN; with another check letter it is none',
    (uen) => {
      const others = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('').filter((letter) => letter !== uen.at(-1))
      expect(isUen(uen)).toBe(true)
      expect(others.filter((letter) => isUen(uen.slice(0, -1) + letter))).toEqual([])
    },
  )

  test.each(['', 'C', '1974011439', 'S16FC0121', 'A16FC0121D', '91500106MA5U0C102B'])('"%s" is no UEN', (uen) => {
    expect(isUen(uen)).toBe(false)
  })

  test('the longest start of a code decides who controls it, and which way it goes', () => {
    expect(controlOf('84713020', 'export')?.product).toBe('IMDA-TEL')
    expect(controlOf('84713020', 'import')).toBeUndefined()
    expect(controlOf('93020000', 'import')?.product).toBe('SPF-ARMS')
    expect(controlOf('61091010', 'export')).toBeUndefined()
  })

  test('the GST rate follows the day of arrival', () => {
    expect(['2022-12-31', '2023-01-01', '2023-12-31', '2024-01-01'].map(gstRateOn)).toEqual([
      '7.00',
      '8.00',
      '8.00',
      '9.00',
    ])
  })
})

describe('what the window answers', () => {
  test('a golden reply for exactly the claimed statuses', () => {
    const claimed = replies.flatMap(({ status = '' }) => (status === 'unrecognised' ? [] : [status]))
    expect([...new Set(claimed)].sort()).toEqual([...permit.statuses].sort())
    for (const { file, status } of replies) {
      const [only, ...others] = said(read(`replies/permit/${file}`)).map((one) => receipt.parse(one))
      expect(others).toEqual([])
      expect(only?.status ?? 'unrecognised').toBe(status)
      expect(only?.references).toContainEqual({ scheme: 'filing', value: 'YC26112100000000021A' })
      expect(only?.references).toContainEqual({ scheme: 'message', value: 'YC26112100000000021A-1' })
      expect(only?.at).toMatch(/\+08:00$/)
    }
  })

  test('a fault of format and a decision against are told apart by their code', () => {
    expect(said(read('replies/permit/format-error.refused.xml'))[0]).toMatchObject({
      code: 'DCS ERROR',
      details: { faults: [{ code: 'E20002', element: 'Item[2]/ItemHarmonizedSystemCode' }, { code: 'E20022' }] },
    })
    expect(said(read('replies/permit/decision-against.refused.xml'))[0]).toMatchObject({
      code: 'CA/SC REJECT',
      details: { faults: [{ agency: 'CUSTOMS', code: 'R10', item: '1' }] },
    })
  })

  test('a permit brings its number, its validity and its conditions', () => {
    const [approved] = said(read('replies/permit/approved.approved.xml'))
    expect(approved?.references).toContainEqual({ scheme: 'permit-number', value: 'IG6K000001Q' })
    expect(approved?.references).toContainEqual({
      scheme: 'unique-reference-number',
      value: '197401143C-20261121-0001',
    })
    expect(approved?.details).toMatchObject({
      validTo: '20261219',
      gst: '17736.03',
      conditions: [
        { by: 'SC', code: 'A1' },
        { by: 'CA', agency: 'IMDA', code: 'Z10' },
      ],
    })
  })

  test('a yes in the wrong message is not a yes', () => {
    const odd = read('replies/permit/urn-accepted.registered.xml').replace('URN Accepted', 'Declaration Approved')
    expect(said(odd)[0]).not.toHaveProperty('status')
  })

  const processingError = (
    code: string,
    references = '<CommonAccessReference>YC26112100000000021A</CommonAccessReference>',
  ) =>
    `<TransactionResponse dateTime="2026-11-21T10:00:01+08:00">${references}<Status>Processing Error</Status><Error><ErrorCode>${code}</ErrorCode><ErrorDescription>x</ErrorDescription></Error></TransactionResponse>`

  test('an unknown filing brings no receipt, other content moves nothing, an attempt too early is refused', () => {
    expect(said(processingError('E10404'))).toEqual([])
    expect(said(processingError('E10002'))[0]).not.toHaveProperty('status')
    expect(said(processingError('E10003'))[0]).toMatchObject({ status: 'refused', code: 'E10003' })
    expect(() => said(processingError('E10001', ''))).toThrow(Unintelligible)
  })

  const responses = ['urn-accepted.registered', 'pending-ca.in-review', 'approved.approved'].map((file) =>
    read(`replies/permit/${file}.xml`).trim(),
  )
  const page = (inside: string, last = '3') =>
    reply(
      `<?xml version="1.0"?>\n<ResponseMailbox xmlns="urn:x-sgwindow:xsd:mailbox" after="0" last="${last}" more="false">${inside}</ResponseMailbox>`,
    )

  test('a page of the mailbox holds each response byte for byte; an inquiry is answered by such a page', () => {
    const { documents, cursor } = singapore.mailbox?.decode(page(responses.join('\n  ')), '0') ?? {
      documents: [],
      cursor: '',
    }
    expect(cursor).toBe('3')
    expect(documents.map(({ body }) => body)).toEqual(responses)
    expect(documents.map(({ body }) => said(body))).toEqual(documents.map(({ receipts }) => receipts))
    expect(said(page(responses.join('')).body).map(({ status }) => status)).toEqual([
      'registered',
      'in-review',
      'approved',
    ])
    expect(said(page('', '0').body)).toEqual([])
  })

  test('nonsense in one response does not close the mailbox for the others', () => {
    const spoiled = responses[0]?.replace('<cbc:Status>URN Accepted</cbc:Status>', '')
    const { documents } = singapore.mailbox?.decode(
      page(`${spoiled}${responses[2]}<Response sequence="9" name="empty.xml"/>`),
      '0',
    ) ?? { documents: [] }
    expect(documents.map(({ unintelligible }) => unintelligible)).toEqual([
      'A message without a status',
      undefined,
      'A response without a message',
    ])
    expect(documents.map(({ receipts }) => receipts.length)).toEqual([0, 1, 0])
  })

  test.each([
    ['nothing', ''],
    ['HTML', '<html><body>502 Bad Gateway</body></html>'],
    ['another root', '<Envelope/>'],
    ['our own declaration', read('import-one-item/submit.xml')],
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY b "c">]><TransactionResponse>&b;</TransactionResponse>'],
  ])('%s is unintelligible, as an answer and as a mailbox', (_, body) => {
    expect(() => said(body)).toThrow(Unintelligible)
    expect(() => singapore.mailbox?.decode(reply(body), '0')).toThrow(Unintelligible)
  })
})
