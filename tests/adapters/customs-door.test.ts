import { readdirSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Unintelligible } from '../../adapters/adapter.ts'
import type { Particulars } from '../../adapters/customs/particulars.ts'
import { readXml, type XmlNode } from '../../adapters/xml.ts'
import { type Declaration, declaration as schema } from '../../schemas/declaration/index.ts'
import {
  declare,
  enter,
  goldenDeclaration,
  particularsOf,
  samples,
  sampleText,
  submissionOf,
  texts,
  wireOf,
} from '../support/customs.ts'

const sampleNames = readdirSync(samples)

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
