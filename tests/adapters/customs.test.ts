import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Procedure, type Submission, Unintelligible } from '../../adapters/adapter.ts'
import { channels, containerSpecOf, containerTypeOf } from '../../adapters/customs/codes.ts'
import { sections } from '../../adapters/customs/elements.ts'
import { customs } from '../../adapters/customs/index.ts'
import type { Particulars } from '../../adapters/customs/particulars.ts'
import { papersFor } from '../../adapters/customs/rules.ts'
import { portCodeOf } from '../../adapters/customs/transport.ts'
import { readXml, type XmlNode, type XmlValue } from '../../adapters/xml.ts'
import { loadCodeList } from '../../schemas/codes/index.ts'
import { type Declaration, declaration as schema } from '../../schemas/declaration/index.ts'
import { receipt } from '../../schemas/receipt.ts'

const golden = new URL('../../adapters/customs/golden/', import.meta.url)
const samples = new URL('../support/samples/', import.meta.url)
const cases = readdirSync(golden).filter((name) => name !== 'replies')
const replies = readdirSync(new URL('replies/', golden))
const sampleNames = readdirSync(samples)

const goldenText = (path: string) => readFileSync(new URL(path, golden), 'utf8')
const sampleText = (name: string) => readFileSync(new URL(name, samples), 'utf8')
const declare = customs.procedures['declare'] as unknown as Procedure<Particulars>
const said = (body: string, status = 200) => customs.decode({ status, contentType: 'application/xml', body })
const enter = (xml: string) => customs.door?.read(xml) ?? expect.fail('customs has a door')

const particularsOf = (declared: Declaration) =>
  declare.particulars.parse(declared.particulars?.['customs']?.['declare'])

function submissionOf(declared: Declaration, more: Partial<Submission<Particulars>> = {}): Submission<Particulars> {
  const reference = 'YC261120000000000001'
  return {
    declaration: declared,
    particulars: particularsOf(declared),
    reference,
    messageId: `${reference}-1`,
    serial: 1,
    references: {},
    attempt: 1,
    instant: '2026-11-20T01:30:00Z',
    ...more,
  }
}

const goldenDeclaration = (name: string): Declaration =>
  schema.parse(JSON.parse(goldenText(`${name}/declaration.json`)))
const wireOf = (declared: Declaration) => declare.encode(submissionOf(declared)).body ?? ''

/** Every text of a document by its path. */
function texts(value: XmlValue, path = '', into: { [path: string]: string } = {}): { [path: string]: string } {
  if (typeof value === 'string') into[path] = value
  else if (Array.isArray(value))
    for (const [at, one] of (value as XmlNode[]).entries()) texts(one, `${path}[${at}]`, into)
  else for (const [name, child] of Object.entries(value ?? {})) texts(child as XmlValue, `${path}/${name}`, into)
  return into
}

/** Pointers and codes of what customs finds in a changed golden. */
function findings(name: string, change: (declared: Declaration, particulars: Particulars) => void): string[] {
  const declared = structuredClone(goldenDeclaration(name))
  const particulars = particularsOf(declared)
  change(declared, particulars)
  return declare.check(declared, particulars).map(({ pointer, code }) => `${pointer} ${code}`)
}

describe('goldens', () => {
  test.each(cases)('%s encodes to the bytes that were read and kept', (name) => {
    const { procedure, ...submission } = JSON.parse(goldenText(`${name}/submission.json`)) as { procedure: string }
    expect(procedure).toBe('declare')
    const declared = goldenDeclaration(name)
    const whole = submissionOf(declared, submission)
    expect(declare.missing(declared, whole.particulars)).toEqual([])
    expect(declare.check(declared, whole.particulars)).toEqual([])
    expect(declare.encode(whole)).toEqual(declare.encode(structuredClone(whole)))
    expect(declare.encode(whole)).toMatchObject({ method: 'POST', path: '/declarations' })
    expect(declare.encode(whole).body).toBe(goldenText(`${name}/submit.xml`))
  })

  test('every element written is one of the published message, in one order', () => {
    for (const name of cases) {
      const { DecHead, DecSign, DecFreeTxt } = readXml(goldenText(`${name}/submit.xml`))['DecMessage'] as XmlNode
      for (const [section, node] of Object.entries({ DecHead, DecSign, DecFreeTxt }))
        expect(Object.keys(node as XmlNode)).toEqual(Object.keys(sections[section as 'DecHead']))
    }
  })

  test('hostile text comes back as it went', () => {
    const declared = goldenDeclaration('hostile-text')
    const { declaration: again } = enter(goldenText('hostile-text/submit.xml')) as { declaration: Declaration }
    expect(again.remarks).toBe(declared.remarks)
    expect(again.goodsShipment.items[0]).toEqual(declared.goodsShipment.items[0])
    expect(again.goodsShipment.exporter).toEqual(declared.goodsShipment.exporter)
    expect(again.goodsShipment.consignment.legs[0]?.conveyance?.name).toBe('渝/航<17>')
  })

  test('a later attempt carries the unified number and is signed at its own instant', () => {
    const declared = goldenDeclaration('export-dangerous-goods')
    const references = { customs: [{ scheme: 'unified-number', value: 'E20260000123456789' }] }
    const body = (attempt: number, instant: string) =>
      texts(readXml(declare.encode(submissionOf(declared, { attempt, instant, references })).body ?? ''))
    expect(body(1, '2026-11-21T00:00:00Z')).toMatchObject({
      '/DecMessage/DecHead/SeqNo': '',
      '/DecMessage/DecSign/SignDate': '2026112009300000',
    })
    expect(body(2, '2026-11-21T00:00:00.120Z')).toMatchObject({
      '/DecMessage/DecHead/SeqNo': 'E20260000123456789',
      '/DecMessage/DecSign/SignDate': '2026112108000012',
    })
  })

  test('an inquiry names who keyed the declaration in and the client number', () => {
    expect(declare.encodeInquiry(submissionOf(goldenDeclaration('export-one-item')))).toEqual({
      method: 'GET',
      path: '/declarations?copCode=MA5U0B003&clientSeqNo=CQ-SG-2026-118',
    })
  })
})

describe('replies', () => {
  test.each(replies)('%s', (file) => {
    const [first, ...others] = said(goldenText(`replies/${file}`))
    expect(others).toEqual([])
    expect(receipt.parse(first)).toEqual(first)
    const brings = file.split('.').at(-2) ?? ''
    if (brings === 'unrecognised') expect(first?.status).toBeUndefined()
    else if (brings.startsWith('hold-')) expect(first?.sets).toEqual([brings.slice(5)])
    else expect(first?.status).toBe(brings)
  })

  test('the golden replies show exactly the statuses that are claimed', () => {
    const shown = replies.flatMap((file) => said(goldenText(`replies/${file}`)).flatMap(({ status }) => status ?? []))
    expect(new Set(shown)).toEqual(new Set(declare.statuses))
    expect(new Set(Object.values(channels).map(({ status }) => status))).toEqual(new Set(declare.statuses))
  })

  test('a refusal is an answer: every error with its element and item', () => {
    expect(said(goldenText('replies/import-response.refused.xml'))).toEqual([
      {
        references: [{ scheme: 'client-number', value: 'CQ-SG-2026-118' }],
        status: 'refused',
        code: '403',
        text: '申报失败：商品序号1：出口享惠情况填制不规范',
        details: {
          errors: [
            { field: 'DecList.GModel', item: '1', code: '403', text: '出口享惠情况填制不规范' },
            { field: 'DecHead.GrossWet', code: '501', text: '净重大于毛重' },
          ],
          warnings: [{ field: 'DecHead.OrgCode', text: '已停用，忽略' }],
        },
      },
    ])
  })

  test('a receipt carries both numbers, and its time is Shanghai time', () => {
    expect(said(goldenText('replies/stored.registered.xml'))[0]).toEqual({
      references: [
        { scheme: 'unified-number', value: 'E20260000123456789' },
        { scheme: 'entry-number', value: '801420260123456789' },
      ],
      status: 'registered',
      code: 'L',
      text: '海关入库成功',
      at: '2026-11-20T17:35:00+08:00',
      details: { office: '8014', declarationDate: '2026-11-20', importExportDate: '2026-11-20' },
    })
  })

  test('an inspection is lifted by the next review, a tax bill by release alone', () => {
    expect(said(goldenText('replies/reviewed.in-review.xml'))[0]?.lifts).not.toContain('payment-due')
    expect(said(goldenText('replies/reviewed.in-review.xml'))[0]?.lifts).toContain('inspection')
    expect(said(goldenText('replies/released.approved.xml'))[0]?.lifts).toContain('payment-due')
  })

  test('a channel like an object’s own property moves nothing', () => {
    const body = goldenText('replies/closed.closed.xml').replace('>R<', '>constructor<')
    expect(said(body)[0]).not.toHaveProperty('status')
    expect(said(body)[0]?.code).toBe('constructor')
  })

  test('an inquiry for something never taken in gives nothing', () => {
    const body = goldenText('replies/import-response.refused.xml').replace('>403<', '>901<')
    expect(said(body)).toEqual([])
  })

  test.each([
    ['nothing', ''],
    ['an HTML page', '<html><body>502 Bad Gateway</body></html>'],
    ['a plain refusal', 'Not a DecMessage'],
    ['another root', '<SRDMS><a/></SRDMS>'],
    ['a DOCTYPE', '<!DOCTYPE DEC_RESULT [<!ENTITY a "b">]><DEC_RESULT><CHANNEL>P</CHANNEL></DEC_RESULT>'],
    ['a receipt about nothing', '<DEC_RESULT><CHANNEL>P</CHANNEL></DEC_RESULT>'],
    ['half a document', '<DEC_RESULT><CHANNEL>P</CHANNEL>'],
  ])('%s is unintelligible', (_what, body) => {
    expect(() => said(body)).toThrow(Unintelligible)
  })
})

describe('mailbox', () => {
  const page = (files: string) => ({
    status: 200,
    contentType: 'application/xml',
    body: `<?xml version="1.0"?>\n<InBox next="17">${files}</InBox>`,
  })
  const file = (name: string, body: string) =>
    `<File name="${name}"><![CDATA[${body.replaceAll(']]>', ']]]]><![CDATA[>')}]]></File>`

  test('asks after the last number seen', () => {
    expect(customs.mailbox?.encode('12')).toEqual({ method: 'GET', path: '/mailbox?after=12&limit=200' })
  })

  test('keeps every file as it came; nonsense does not stop the others', () => {
    const released = goldenText('replies/released.approved.xml').replace('放行', 'a &amp; b &lt; ]]> 放行')
    const read = customs.mailbox?.decode(
      page(file('a.xml', released) + file('b.xml', '<DEC_RES') + file('c.xml', '')),
      '3',
    )
    expect(read?.cursor).toBe('17')
    expect(read?.documents.map(({ name, receipts }) => [name, receipts.length])).toEqual([
      ['a.xml', 1],
      ['b.xml', 0],
      ['c.xml', 0],
    ])
    expect(read?.documents[0]?.body.trim()).toBe(released.trim())
    expect(read?.documents[0]?.receipts[0]?.text).toBe('a & b < ]]> 放行')
    expect(read?.documents[0]).not.toHaveProperty('unintelligible')
    expect(read?.documents[1]).toMatchObject({ body: '<DEC_RES', unintelligible: expect.any(String) })
    expect(read?.documents[2]).toHaveProperty('unintelligible')
  })

  test('an empty page keeps the place; a page without one is unintelligible', () => {
    expect(customs.mailbox?.decode(page(''), '17')).toEqual({ documents: [], cursor: '17' })
    expect(() => customs.mailbox?.decode({ ...page(''), body: '<InBox/>' }, '17')).toThrow(Unintelligible)
    expect(() => customs.mailbox?.decode({ ...page(''), body: '<html/>' }, '17')).toThrow(Unintelligible)
  })
})

describe('door', () => {
  test.each(sampleNames)('%s is read whole and written back element by element', (name) => {
    const { declaration: read, issues, warnings } = enter(sampleText(name))
    expect({ issues, warnings }).toEqual({ issues: [], warnings: [] })
    const declared = schema.parse(read)
    expect(declare.missing(declared, particularsOf(declared))).toEqual([])
    expect(declare.check(declared, particularsOf(declared))).toEqual([])
    expect(texts(readXml(wireOf(declared)))).toEqual(texts(readXml(sampleText(name))))
    expect(enter(wireOf(declared)).declaration).toEqual(read)
  })

  test('an export up the river travels by a barge and a ship that is not named', () => {
    const { declaration: read } = enter(sampleText('export-laptops-river-sea.xml')) as { declaration: Declaration }
    expect(read.goodsShipment.consignment.legs).toEqual([
      {
        modeCode: '8',
        conveyance: { name: '渝航17' },
        voyageNumber: '026W',
        transportDocumentId: 'CQSG26110018',
        from: { unLocode: 'CNCHQ', countryCode: 'CN' },
        to: { countryCode: 'CN' },
      },
      { modeCode: '1', from: { countryCode: 'CN' }, to: { unLocode: 'SGSIN', countryCode: 'SG' } },
    ])
  })

  test('the countries of an export are swapped on the wire and nowhere else', () => {
    const { declaration: read } = enter(sampleText('export-laptops-river-sea.xml')) as { declaration: Declaration }
    expect(read.goodsShipment.items[0]).toMatchObject({ originCountry: 'CN', destinationCountry: 'SG' })
    const { declaration: imported } = enter(sampleText('import-frozen-beef-rail.xml')) as { declaration: Declaration }
    expect(imported.goodsShipment.items[0]).toMatchObject({ originCountry: 'KZ', destinationCountry: 'CN' })
  })

  test('older documents: Version, sections in any order, retired elements with a warning', () => {
    const sample = sampleText('import-frozen-beef-rail.xml')
    const { DecMessage } = readXml(sample) as { DecMessage: XmlNode }
    const head = /<DecHead>[\s\S]*<\/DecHead>/.exec(sample)?.[0] ?? ''
    const old = sample
      .replace('version="4.9"', 'Version="4.8"')
      .replace(head, '')
      .replace('</DecMessage>', `${head.replace('<OrgCode/>', '<OrgCode>500000</OrgCode>')}</DecMessage>`)
      .replace('<CiqName/>', '<CiqName>牛肉</CiqName>')
    const { declaration: read, issues, warnings } = enter(old)
    expect(Object.keys(DecMessage)).toContain('DecHead')
    expect(issues).toEqual([])
    expect(warnings.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/DecMessage/DecHead/OrgCode retired',
      '/DecMessage/DecLists/DecList/0/CiqName retired',
    ])
    expect(read).toEqual(enter(sample).declaration)
  })

  test('everything that cannot be held is named at once', () => {
    const xml = sampleText('export-ev-batteries-dangerous.xml')
      .replace('<DecHead>', '<DecHead><GrossWeight>1</GrossWeight>')
      .replace('<FeeMark>3</FeeMark>', '<FeeMark>9</FeeMark>')
      .replace('<TransMode>1</TransMode>', '<TransMode>8</TransMode>')
      .replace('<TradeAreaCode>SGP', '<TradeAreaCode>XXX')
      .replace('<GUnit>007', '<GUnit>999')
      .replace('<Uncode>3480', '<Uncode>34')
      .replace('<LicTypeCode>425</LicTypeCode>', '<LicTypeCode>425</LicTypeCode><LicTypeCode>426</LicTypeCode>')
      .replace('<GoodsNo>1</GoodsNo>\n      <LclFlag>0', '<GoodsNo>one</GoodsNo>\n      <LclFlag>2')
      .replace('<OperType>C', '<OperType>G')
      .replace('<SignDate>2026', '<SignDate>yyyy')
      .replace('<DecUsers/>', '<DecUsers/><DecUser/>')
    const { issues } = enter(xml)
    expect(issues.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/DecMessage/DecUser unknown-field',
      '/DecMessage/DecHead/GrossWeight unknown-field',
      '/DecMessage/DecSign/OperType not-mappable',
      '/DecMessage/DecLists/DecList/0/DecGoodsLimits/DecGoodsLimit/0/LicTypeCode repeated',
      '/goodsShipment/items/0/quantity/unitCode not-mappable',
      '/goodsShipment/items/0/dangerousGoods/undgId not-mappable',
      '/issueDateTime not-mappable',
      '/goodsShipment/tradeCountry not-mappable',
      '/goodsShipment/tradeTerms/conditionCode not-mappable',
      '/goodsShipment/valuation/freight/basis not-mappable',
      '/goodsShipment/consignment/containers/0/goodsItemSequences not-mappable',
      '/goodsShipment/consignment/containers/0/lessThanContainerLoad not-mappable',
    ])
    for (const { agency, detail, detailZh } of issues)
      expect([agency, detail === '', detailZh === '']).toEqual(['customs', false, false])
  })

  test('vehicles, a broker’s own unit, a port of his own and sections nobody reads survive', () => {
    const vin =
      '<DecGoodsLimitVin><LicenceNo>500026110000425</LicenceNo><LicTypeCode>425</LicTypeCode><VinCode>LSVAA4182E2123456</VinCode></DecGoodsLimitVin>'
    const xml = sampleText('export-ev-batteries-dangerous.xml')
      .replace('</DecGoodsLimit>', `${vin}</DecGoodsLimit>`)
      .replace('<GUnit>007', '<GUnit>001')
      .replace('<DistinatePort>SGP000', '<DistinatePort>SGP012')
      .replace('<VoyNo>031E', '<VoyNo>20261122')
      .replace('<IEPort>8007', '<IEPort>2248')
      .replace('<ExgNo/>', '<ExgNo>0012</ExgNo>')
      .replace('<DecUsers/>', '<DecUsers/><SddTax><FileName>T1</FileName><InRatio>1.0</InRatio></SddTax>')
    const { declaration: read, issues } = enter(xml)
    expect(issues).toEqual([])
    const declared = schema.parse(read)
    expect(particularsOf(declared)).toMatchObject({
      conveyanceLeg: 1,
      voyNo: '20261122',
      ports: { distinatePort: 'SGP012' },
      measureWords: { '/goodsShipment/items/0/quantity/unitCode': '001' },
      items: { 1: { exgNo: '0012', vins: [{ vinCode: 'LSVAA4182E2123456' }] } },
      sections: { SddTax: { FileName: 'T1', InRatio: '1.0' } },
    })
    const wire = texts(readXml(wireOf(declared)))
    for (const [path, text] of Object.entries(texts(readXml(xml)))) expect([path, wire[path]]).toEqual([path, text])
  })

  test.each([
    ['nothing', ''],
    ['another root', '<DEC_RESULT/>'],
    ['another namespace', '<DecMessage xmlns="http://www.chinaport.gov.cn/ceb"/>'],
    ['a DOCTYPE', '<!DOCTYPE x><DecMessage/>'],
  ])('%s is no DecMessage', (_what, text) => {
    expect(() => enter(text)).toThrow(Unintelligible)
  })

  test('an empty DecMessage is read: the schema says what is not there', () => {
    const { declaration: read } = enter('<DecMessage xmlns="http://www.chinaport.gov.cn/dec"><DecHead/></DecMessage>')
    expect(schema.safeParse(read).success).toBe(false)
  })
})

const items = '/goodsShipment/items'
const declaring = '/particulars/customs/declare'
type Change = (declared: Declaration, particulars: Particulars) => void

/** What customs finds when one thing of a golden is changed. */
const refused: readonly (readonly [what: string, name: string, change: Change, found: readonly string[]])[] = [
  [
    'no registration of the agent',
    'export-one-item',
    (d) => delete d.agent.customsRegistrationId,
    ['/agent/customsRegistrationId missing'],
  ],
  [
    'no registration of the exporter',
    'export-one-item',
    (d) => delete d.goodsShipment.exporter?.customsRegistrationId,
    ['/goodsShipment/exporter/customsRegistrationId missing'],
  ],
  [
    'no registration of the importer',
    'import-two-items',
    (d) => delete d.goodsShipment.importer?.customsRegistrationId,
    ['/goodsShipment/importer/customsRegistrationId missing'],
  ],
  [
    'freight under FOB',
    'export-one-item',
    (d) => void (d.goodsShipment.valuation = { freight: { basis: 'rate', amount: '1' } }),
    ['/goodsShipment/valuation/freight charge-not-allowed'],
  ],
  [
    'no freight and insurance under CIF',
    'export-dangerous-goods',
    (d) => delete d.goodsShipment.valuation,
    ['/goodsShipment/valuation/freight missing', '/goodsShipment/valuation/insurance missing'],
  ],
  [
    'charges on an import CIF',
    'import-two-items',
    (d) => void (d.goodsShipment.tradeTerms.conditionCode = 'CIF'),
    ['/goodsShipment/valuation/freight charge-not-allowed', '/goodsShipment/valuation/insurance charge-not-allowed'],
  ],
  [
    'no insurance on an import CFR',
    'import-rail-permit',
    (d) => void (d.goodsShipment.tradeTerms.conditionCode = 'CFR'),
    ['/goodsShipment/valuation/insurance missing'],
  ],
  [
    'an amount without a currency',
    'export-dangerous-goods',
    (d) => delete d.goodsShipment.valuation?.freight?.currency,
    ['/goodsShipment/valuation/freight/currency missing'],
  ],
  [
    'duty mode 3 in general trade',
    'export-one-item',
    (d) => void (d.goodsShipment.items[0]!.dutyMode = '3'),
    [`${items}/0/dutyMode combination-not-allowed`],
  ],
  [
    'processing trade without its levy nature and handbook',
    'export-one-item',
    (d) => void (d.goodsShipment.supervisionMode = '0615'),
    ['/goodsShipment/levyNature combination-not-allowed', '/goodsShipment/handbookNumber missing'],
  ],
  [
    'a handbook of another kind',
    'export-one-item',
    (d) => {
      Object.assign(d.goodsShipment, { supervisionMode: '0214', levyNature: '502', handbookNumber: 'C80125000001' })
      d.goodsShipment.items[0]!.dutyMode = '3'
    },
    ['/goodsShipment/handbookNumber handbook-differs'],
  ],
  [
    'a second related declaration',
    'import-two-items',
    (d) => void d.goodsShipment.previousDocuments?.push({ relation: 'declaration', id: '1' }),
    ['/goodsShipment/previousDocuments/2 not-mappable'],
  ],
  [
    'no conveyance by water',
    'export-one-item',
    (d) => delete d.goodsShipment.consignment.legs[0]?.conveyance,
    ['/goodsShipment/consignment/legs/0/conveyance missing'],
  ],
  [
    'no bill by water',
    'export-one-item',
    (d) => delete d.goodsShipment.consignment.legs[0]?.transportDocumentId,
    ['/goodsShipment/consignment/legs/0/transportDocumentId missing'],
  ],
  [
    'multimodal transport',
    'import-rail-permit',
    (d) => void (d.goodsShipment.consignment.legs[0]!.modeCode = '6'),
    ['/goodsShipment/consignment/legs/0/modeCode not-mappable'],
  ],
  [
    'a leg that is not there',
    'export-one-item',
    (_d, p) => void (p.conveyanceLeg = 3),
    [`${declaring}/conveyanceLeg leg-unknown`],
  ],
  [
    'an import without day of arrival or storage place',
    'import-rail-permit',
    (d) => {
      delete d.goodsShipment.consignment.legs[0]?.arrivalDateTime
      delete d.goodsShipment.consignment.goodsLocation
    },
    ['/goodsShipment/consignment/legs/0/arrivalDateTime missing', '/goodsShipment/consignment/goodsLocation missing'],
  ],
  [
    'an import bound elsewhere',
    'import-two-items',
    (d) => void (d.goodsShipment.items[1]!.destinationCountry = 'SG'),
    [`${items}/1/destinationCountry destination-differs`],
  ],
  [
    'no domestic district',
    'export-one-item',
    (d) => delete d.goodsShipment.items[0]?.domesticDistrict,
    [`${items}/0/domesticDistrict missing`],
  ],
  [
    'too few declaration elements',
    'export-one-item',
    (d) => void d.goodsShipment.items[0]?.declarationElements.pop(),
    [`${items}/0/declarationElements declaration-elements-differ`],
  ],
  [
    'too many declaration elements',
    'export-one-item',
    (d) => void d.goodsShipment.items[0]?.declarationElements.push('', '', '', ''),
    [`${items}/0/declarationElements declaration-elements-differ`],
  ],
  [
    'a blank declaration element',
    'export-one-item',
    (d) => void (d.goodsShipment.items[0]!.declarationElements[3] = ' '),
    [`${items}/0/declarationElements/3 declaration-element-blank`],
  ],
  [
    'an unknown kind of brand',
    'export-one-item',
    (d) => void (d.goodsShipment.items[0]!.declarationElements[0] = '5'),
    [`${items}/0/declarationElements/0 brand-kind-unknown`],
  ],
  [
    'an export preference on import',
    'import-two-items',
    (d) => void (d.goodsShipment.items[1]!.declarationElements[1] = '1'),
    [`${items}/1/declarationElements/1 preference-differs`],
  ],
  [
    'a preference without an agreement',
    'export-one-item',
    (d) => {
      d.goodsShipment.items[0]!.declarationElements[1] = '1'
      d.goodsShipment.items[0]!.destinationCountry = 'US'
    },
    [`${items}/0/declarationElements/1 preference-differs`],
  ],
  [
    'another statutory unit',
    'export-one-item',
    (d) => void (d.goodsShipment.items[0]!.statutoryQuantity1.unitCode = 'KGM'),
    [`${items}/0/statutoryQuantity1/unitCode unit-differs`],
  ],
  [
    'no second quantity',
    'export-one-item',
    (d) => delete d.goodsShipment.items[0]?.statutoryQuantity2,
    [`${items}/0/statutoryQuantity2 missing`],
  ],
  [
    'a second quantity too many',
    'import-two-items',
    (d) => void (d.goodsShipment.items[1]!.statutoryQuantity2 = { value: '1', unitCode: 'C62' }),
    [`${items}/1/statutoryQuantity2 unit-differs`],
  ],
  [
    'a total that is not the product',
    'import-two-items',
    (d) => void (d.goodsShipment.items[1]!.totalPrice = '300.02'),
    [`${items}/1/totalPrice total-differs`],
  ],
  [
    'two quantities in one unit',
    'export-one-item',
    (d) => void (d.goodsShipment.items[0]!.statutoryQuantity1.value = '1199'),
    [`${items}/0/statutoryQuantity1/value quantity-differs`],
  ],
  [
    'nothing at all',
    'import-two-items',
    (d) => void (d.goodsShipment.totalNetMassKg = '0'),
    ['/goodsShipment/totalNetMassKg not-above-zero'],
  ],
  [
    'quarantined goods without purpose, place and day',
    'import-rail-permit',
    (d) => {
      delete d.goodsShipment.items[0]?.purpose
      delete d.goodsShipment.items[0]?.administrativeDivision
      delete d.goodsShipment.consignment.legs[0]?.departureDateTime
    },
    [
      `${items}/0/administrativeDivision missing`,
      `${items}/0/purpose missing`,
      '/goodsShipment/consignment/legs/0/departureDateTime missing',
    ],
  ],
  [
    'dangerous goods without class and appraisal',
    'export-dangerous-goods',
    (d) => {
      delete d.goodsShipment.items[0]?.dangerousGoods?.packagingCategory
      delete d.goodsShipment.items[0]?.permits
      d.goodsShipment.items[0]!.notDangerous = true
    },
    [
      `${items}/0/dangerousGoods/packagingCategory missing`,
      `${items}/0/notDangerous danger-contradicted`,
      `${items}/0/permits missing`,
    ],
  ],
  [
    'no import licence',
    'import-rail-permit',
    (d) => delete d.goodsShipment.additionalDocuments,
    ['/goodsShipment/additionalDocuments certificate-missing'],
  ],
  [
    'a vehicle without its permit',
    'export-dangerous-goods',
    (_d, p) => void (p.items = { 1: { vins: [{ licTypeCode: '425', licenceNo: 'other' }] } }),
    [`${declaring}/items/1/vins/0 permit-unknown`],
  ],
  [
    'particulars of an item that is not there',
    'export-one-item',
    (_d, p) => void (p.items = { 2: { exgNo: '1' } }),
    [`${declaring}/items/2 row-unknown`],
  ],
  [
    'the material of the other direction',
    'export-one-item',
    (_d, p) => void (p.copPromises = [{ declaratioMaterialCode: '101040' }]),
    [`${declaring}/copPromises material-differs`],
  ],
  [
    'a measure word of another unit',
    'export-one-item',
    (_d, p) => void (p.measureWords = { '/goodsShipment/items/0/quantity/unitCode': '035' }),
    [`${declaring}/measureWords/~1goodsShipment~1items~10~1quantity~1unitCode unit-differs`],
  ],
  [
    'elements longer than the wire',
    'export-one-item',
    (d) => void (d.goodsShipment.items[0]!.declarationElements[3] = '长'.repeat(240)),
    [`${items}/0/declarationElements not-mappable`],
  ],
  [
    'a conveyance longer than the wire',
    'export-one-item',
    (d) => void (d.goodsShipment.consignment.legs[0]!.conveyance!.name = 'X'.repeat(46)),
    ['/goodsShipment/consignment/legs/0/conveyance/name not-mappable'],
  ],
  [
    'a sixth decimal',
    'import-two-items',
    (d) => void (d.goodsShipment.items[0]!.statutoryQuantity2!.value = '89.000001'),
    [`${items}/0/statutoryQuantity2/value not-mappable`],
  ],
]

describe('what customs would refuse', () => {
  test.each(refused)('%s (%s)', (_what, name, change, found) => {
    expect(findings(name, change)).toEqual(found)
  })

  test('everything at once', () => {
    const found = findings('import-rail-permit', (d) => {
      delete d.agent.customsRegistrationId
      d.goodsShipment.items[0]!.declarationElements = ['9']
      delete d.goodsShipment.additionalDocuments
    })
    expect(found).toHaveLength(4)
  })

  test('who keys in, and with which card, is waited for', () => {
    const declared = goldenDeclaration('export-one-item')
    const pointers = (particulars: Particulars | undefined) =>
      declare.missing(declared, particulars).map(({ pointer }) => pointer)
    expect(pointers(undefined)).toEqual([`${declaring}/inputerName`, `${declaring}/icCode`])
    expect(pointers({ inputerName: '录入员' })).toEqual([`${declaring}/icCode`])
  })

  test.each([
    [['4', '7', 'A', 'B', 'x'], 'import', '0110', ['7']],
    [['4', '7', 'A', 'B', 'x', 'y'], 'export', '0110', ['4']],
    [['4', 'x', 'y'], 'export', '0615', ['x']],
    [['4', 'x', 'y'], 'export', '4019', ['y']],
    [['4'], 'export', '0615', ['4']],
    [['7', 'v'], 'import', '0214', ['v']],
    [['6', '8', '9', 'A', 'B'], 'import', '0110', []],
  ] as const)('letters %s on %s under %s ask for %s', (letters, direction, mode, papers) => {
    expect(papersFor(letters, direction, mode)).toEqual(papers)
  })
})

describe('codes', () => {
  test('every container specification has a type that leads back to it', () => {
    const specs = loadCodeList('container-specs').items.map(({ code }) => code)
    expect(specs.map((spec) => containerSpecOf(containerTypeOf[spec] ?? ''))).toEqual(specs)
    expect(['45G1', 'L5R1', '20T6', '22U1', '42P3'].map(containerSpecOf)).toEqual(['11', '12', '23', '31', '32'])
  })

  test('every country has a port code, of its ports taken together where nothing nearer is known', () => {
    const countries = loadCodeList('countries').items.flatMap(({ alpha2 }) =>
      typeof alpha2 === 'string' ? [alpha2] : [],
    )
    expect(countries.filter((countryCode) => !/^[A-Z]{3}000$/.test(portCodeOf({ countryCode })))).toEqual([])
    expect(portCodeOf({ countryCode: 'SG', unLocode: 'SGSIN' })).toBe('SGP000')
    expect(portCodeOf({ countryCode: 'CN', unLocode: 'CNYSA' })).toMatch(/^CHN\d{3}$/)
  })

  test('a submitter is known by nine characters: its own code, or the organisation code in its credit code', () => {
    const declared = structuredClone(goldenDeclaration('export-one-item'))
    const code = (customsRegistrationId: string) => {
      declared.submitter = { ...declared.agent, customsRegistrationId }
      return texts(readXml(wireOf(declared)))['/DecMessage/DecHead/CopCode']
    }
    expect([code('501298000'), code('5012980001')]).toEqual(['501298000', 'MA5U0B003'])
  })

  test('which leg customs is told of: the domestic end in its own district, else the border', () => {
    const told = (change: Change) => {
      const declared = structuredClone(goldenDeclaration('export-one-item'))
      const particulars = particularsOf(declared)
      change(declared, particulars)
      return texts(readXml(declare.encode({ ...submissionOf(declared), particulars }).body ?? ''))[
        '/DecMessage/DecHead/TrafName'
      ]
    }
    expect(told(() => undefined)).toBe('渝航17/026W')
    expect(told((d) => void (d.exitEntryOfficeId = '2248'))).toBe('EXAMPLE PIONEER/045S')
    expect(told((_d, p) => void (p.conveyanceLeg = 2))).toBe('EXAMPLE PIONEER/045S')
  })
})

/** Texts a broker may put into any element that is free: what is read, written and read again stays what it was. */
const freeText = fc.constantFrom('', 'N/M', '0100', '1.50', `& < > " ' ]]> 😀 中文 |`, 'a/b/c', 'X  Y', '<b/>')
const anyOf = (...values: string[]) => fc.constantFrom('', ...values)
const broker = fc.record({
  BillNo: freeText,
  TrafName: fc.constantFrom('', '渝航17/026W', '渝航17', 'A/B/026W', '/026W', 'A/', '<&>'),
  VoyNo: anyOf('026W', '20261122', '/'),
  TrafMode: fc.constantFrom('2', '3', '4', '5', '6', '9', 'G', 'Y', '0'),
  DistinatePort: fc.constantFrom('SGP000', 'SGP012', 'SGP003', 'KAZ000', 'KAZ901', 'CHN331', 'USA000'),
  DespPortCode: fc.constantFrom('SGP000', 'SGP012', 'KAZ000', 'DEU063'),
  EntyPortCode: fc.constantFrom('500002', '311002', '650302', '420003', '999999'),
  IEPort: fc.constantFrom('8010', '2248', '9404'),
  DespDate: anyOf('20261108'),
  CmplDschrgDt: anyOf('20261201'),
  PromiseItmes: anyOf('000', '10910', '99999'),
  SpecDeclFlag: anyOf('0000000000', '1000000001', '01'),
  PurpOrgCode: anyOf('8014', '5000001234'),
  CopCode: fc.constantFrom('501298000', 'MA5U0B003'),
  CopName: fc.constantFrom('重庆样例报关有限公司', '别的公司'),
  CopCodeScc: anyOf('91500112MA5U0B0037'),
  TypistNo: anyOf('3295849982794', '77'),
  EntryType: anyOf('M', 'W'),
  ChkSurety: anyOf('0', '1'),
  OtherCurr: fc.constant('USD'),
  OtherMark: fc.constantFrom('1', '2', '3'),
  OtherRate: fc.constantFrom('0', '0.30', '12', '00012.34500'),
  NoteS: freeText,
  ApprNo: freeText,
  WrapType: fc.constantFrom('00', '06', '22', '93', '99'),
  CodeTS: fc.constantFrom('8507600020', '8703800090', '0000000000'),
  GUnit: fc.constantFrom('001', '003', '007', '035', '006', '120', '125'),
  GModel: anyOf('4|0|a', '||', 'x'),
  GQty: fc.constantFrom('42', '42.50000', '0.00001'),
  Uncode: anyOf('3480', 'UN3480'),
  NoDangFlag: anyOf('0', '1'),
  ProdValidDt: anyOf('20281130', '2028-11', '长期'),
  ProdQgp: anyOf('720', '24个月'),
  GoodsAttr: anyOf('11', '11,19'),
  EngManEntCnm: freeText,
  MnufctrRegName: freeText,
  UseTo: anyOf('01'),
  Factor: anyOf('1.500', '2'),
  ContainerMd: fc.constantFrom('11', '12', '13', '21', '22', '23', '31', '32'),
  LclFlag: anyOf('0', '1'),
  OperName: freeText,
  SignDate: anyOf('2026112009300000', '2026112009300050', '2026112009300005'),
})

describe('door property', () => {
  test.each(['export-ev-batteries-dangerous.xml', 'import-frozen-beef-rail.xml'])(
    '%s, changed at will: what was read is written and read again the same',
    (name) => {
      const sample = sampleText(name)
      fc.assert(
        fc.property(broker, (changes) => {
          const xml = Object.entries(changes).reduce((text, [element, value]) => {
            const safe = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
            return text.replace(
              new RegExp(`<${element}(/>|>[^<]*</${element}>)`),
              () => `<${element}>${safe}</${element}>`,
            )
          }, sample)
          const { declaration: read, issues } = enter(xml) as { declaration: Declaration; issues: unknown[] }
          fc.pre(issues.length === 0)
          const body =
            declare.encode({
              ...submissionOf(goldenDeclaration('export-one-item')),
              declaration: read,
              particulars: (read.particulars?.['customs']?.['declare'] ?? {}) as Particulars,
            }).body ?? ''
          const again = enter(body)
          expect(again.issues).toEqual([])
          const { issueDateTime, ...same } = again.declaration as Declaration
          const { issueDateTime: signed, ...first } = read
          expect(same).toEqual(first)
          expect(signed ?? issueDateTime).toBe(issueDateTime)
          expect(meaning(body)).toEqual({
            ...meaning(xml),
            ...(signed === undefined
              ? { '/DecMessage/DecSign/SignDate': meaning(body)['/DecMessage/DecSign/SignDate'] }
              : {}),
          })
        }),
        { numRuns: 60, seed: 20261120 },
      )
    },
  )
})

/**
 * A document's values as customs understands them. What the door normalises: zeros that fill a number up, confirmations that are not
 * said, an element left empty that has a default, the voyage in a ship's name, `UN` before a UN number.
 */
function meaning(xml: string): { [path: string]: string } {
  const all = texts(readXml(xml))
  const head = (element: string) => all[`/DecMessage/DecHead/${element}`] ?? ''
  const water = head('TrafMode') === '2'
  const air = head('TrafMode') === '5'
  const voyage = /^.+\/([^/]+)$/.exec(head('TrafName'))?.[1] ?? ''
  const defaults: { [element: string]: string } = {
    EdiId: '1',
    EntryType: 'M',
    DeclTrnRel: '0',
    ChkSurety: '0',
    LclFlag: '0',
    TypistNo: all['/DecMessage/DecSign/ICCode'] ?? '',
    OperName: head('DeclareName'),
    CopCodeScc: head('CopName') === head('AgentName') ? head('AgentCodeScc') : '',
    VoyNo: water ? voyage : '',
    NoDangFlag: Object.entries(all).some(([path, text]) => path.endsWith('/Uncode') && text !== '') ? '0' : '',
  }
  const entries = Object.entries(all).map(([path, text]) => {
    const element = path.slice(path.lastIndexOf('/') + 1)
    if (element === 'PromiseItmes') return [path, text.padEnd(5, '9')]
    if (element === 'SpecDeclFlag') return [path, /1/.test(text) ? text.padEnd(10, '0') : '']
    if (element === 'Uncode') return [path, text.replace('UN', '')]
    if (element === 'TrafName') return [path, text === '' && air ? voyageOf(all) : text]
    if (text === '' && defaults[element] !== undefined) return [path, defaults[element]]
    if (/^\d+(\.\d+)?$/.test(text) && numeric.has(element)) return [path, String(Number(text))]
    return [path, text]
  })
  return Object.fromEntries(entries.filter(([path]) => !(path ?? '').startsWith('/DecMessage/@')))
}
const voyageOf = (all: { [path: string]: string }) => all['/DecMessage/DecFreeTxt/VoyNo'] ?? ''
const numeric = new Set([
  'GQty',
  'FirstQty',
  'SecondQty',
  'DeclPrice',
  'DeclTotal',
  'FeeRate',
  'InsurRate',
  'OtherRate',
  'GrossWet',
  'NetWt',
  'Factor',
  'GoodsContaWt',
  'LicWrtofQty',
])
