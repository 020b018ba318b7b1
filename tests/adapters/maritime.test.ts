import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Procedure, type Submission, Unintelligible } from '../../adapters/adapter.ts'
import { maritime } from '../../adapters/maritime/index.ts'
import { childOf, readXml, textOf } from '../../adapters/xml.ts'
import { type Declaration, declaration, type Item } from '../../schemas/declaration/index.ts'
import { receipt } from '../../schemas/receipt.ts'

const golden = new URL('../../adapters/maritime/golden/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, golden), 'utf8')
/** What is filed by itself; changes of it are shown in maritime-change.test.ts. */
const procedures = Object.entries(maritime.procedures)
  .filter(([, { amends, cancels }]) => (amends ?? cancels) === undefined)
  .map(([id]) => id)
const cases = readdirSync(golden).filter(
  (name) =>
    name !== 'replies' &&
    procedures.includes((JSON.parse(read(`${name}/submission.json`)) as { procedure: string }).procedure),
)
const repliesOf = (id: string) =>
  readdirSync(new URL(`replies/${id}/`, golden)).map((file) => ({
    path: `replies/${id}/${file}`,
    brings: file.split('.').at(-2) ?? '',
  }))

const decode = (body: string, status = 200) => maritime.decode({ status, contentType: 'application/xml', body })
const procedure = (id: string) => maritime.procedures[id] as unknown as Procedure

type Goods = Record<string, unknown>
interface Particulars {
  [name: string]: unknown
  goods?: Goods[]
  stowage?: { containerId: string; position: string; onDeck: boolean }[]
}
interface Case {
  readonly id: string
  readonly declared: Declaration
  readonly particulars: Particulars
  readonly submission: Submission
}

/** A golden case, free to change. */
function open(name: string): Case {
  const { procedure: id, ...rest } = JSON.parse(read(`${name}/submission.json`)) as Submission & { procedure: string }
  const declared = declaration.parse(JSON.parse(read(`${name}/declaration.json`)))
  const particulars = declared.particulars?.['maritime']?.[id] as Particulars
  return { id, declared, particulars, submission: { ...rest, declaration: declared, particulars } }
}

const nth = <T>(list: readonly T[] | undefined, at: number): T => {
  const one = list?.[at]
  if (one === undefined) throw new Error(`A golden case lost its row ${at}`)
  return one
}
const leg = ({ declared }: Case, at: number) => nth(declared.goodsShipment.consignment.legs, at)
const dangerous = ({ declared }: Case, at: number): NonNullable<Item['dangerousGoods']> => {
  const { dangerousGoods } = nth(declared.goodsShipment.items, at)
  if (dangerousGoods === undefined) throw new Error(`Item ${at} is not dangerous`)
  return dangerousGoods
}

const at = (issues: readonly { pointer: string; code: string; agency?: string }[]) =>
  issues.map(({ pointer, code, agency }) => `${agency} ${pointer} ${code}`)
const check = ({ id, declared, particulars }: Case) => at(procedure(id).check(declared, particulars))
const missing = ({ id, declared, particulars }: Case) => at(procedure(id).missing(declared, particulars))
const applies = (id: string, { declared }: Case) => procedure(id).applies(declared)
const legMissing = (...below: string[]) =>
  below.map((one) => `maritime /goodsShipment/consignment/legs/0/${one} missing`)

describe('what goes to the maritime office', () => {
  const paths: Record<string, string> = {
    'inland-report': '/inland-reports',
    'dangerous-cargo': '/dangerous-cargo',
    'dangerous-ship': '/dangerous-ship',
    departure: '/departure-permits',
  }

  test.each(cases)('%s: the golden bytes, twice the same, and nothing to complain of', (name) => {
    const opened = open(name)
    const { id, particulars, submission } = opened
    expect(applies(id, opened).files).toBe(true)
    expect(procedure(id).particulars.safeParse(particulars).success).toBe(true)
    expect([...missing(opened), ...check(opened)]).toEqual([])
    const message = procedure(id).encode(submission)
    expect(message).toEqual({
      method: 'POST',
      path: paths[id],
      contentType: 'application/xml',
      body: read(`${name}/submit.xml`),
    })
    expect(procedure(id).encode(submission)).toEqual(message)
    expect(procedure(id).encodeInquiry(submission)).toEqual({
      method: 'GET',
      path: `${paths[id]}/${submission.reference}`,
    })
  })

  test('every procedure has a golden case', () => {
    expect(new Set(cases.map((name) => open(name).id))).toEqual(new Set(procedures))
  })

  test('hostile text comes out of the document as it went in', () => {
    const opened = open('dangerous-cargo-hostile-text')
    const goods = childOf(
      readXml(read('dangerous-cargo-hostile-text/submit.xml')),
      'DangerousCargoDeclaration',
      'Goods',
    )
    expect(textOf(goods, 'ProperShippingName')).toBe(dangerous(opened, 0).properShippingName)
    expect(textOf(goods, 'TechnicalName')).toBe(nth(opened.particulars.goods, 0)['technicalName'])
  })

  test('a long cargo summary is cut, but never through a character', () => {
    const opened = open('inland-report-one-item')
    nth(opened.declared.goodsShipment.items, 0).name = `${'x'.repeat(255)}🚢`
    const body = procedure('inland-report').encode(opened.submission).body ?? ''
    expect(textOf(readXml(body), 'InlandReport', 'Cargo', 'Summary')).toBe('x'.repeat(255))
  })

  test('the permit names what customs and border inspection gave last; the carrier names the newest cargo approval', () => {
    const { submission } = open('departure-one-item')
    const references = {
      customs: [
        { scheme: 'entry-number', value: '800720260000000001' },
        { scheme: 'entry-number', value: '800720260000000009' },
      ],
      border: [{ scheme: 'clearance-number', value: 'BJ26112200000007' }],
    }
    const permit = procedure('departure').encode({ ...submission, references }).body
    expect(permit).toContain('<CustomsReleaseNumber>800720260000000009</CustomsReleaseNumber>')
    expect(permit).toContain('<BorderClearanceNumber>BJ26112200000007</BorderClearanceNumber>')
    expect(procedure('dangerous-ship').after).toEqual([
      { agency: 'maritime', procedure: 'dangerous-cargo', status: 'approved' },
    ])
  })

  test('environmentally hazardous substances are marine pollutants without being said to be', () => {
    const opened = open('dangerous-cargo-one-item')
    Object.assign(dangerous(opened, 0), { undgId: '3077', packingGroup: 'III' })
    delete nth(opened.particulars.goods, 0)['marinePollutant']
    expect(procedure('dangerous-cargo').encode(opened.submission).body).toContain(
      '<MarinePollutant>Y</MarinePollutant>',
    )
  })
})

describe('which procedures a declaration needs', () => {
  const filed = (opened: Case) => procedures.filter((id) => applies(id, opened).files)

  test('dangerous goods by barge and sea ship need all four', () => {
    expect(filed(open('dangerous-cargo-one-item'))).toEqual(procedures)
  })

  test('ordinary goods by barge and sea ship need the report and the permit', () => {
    expect(filed(open('inland-report-two-items'))).toEqual(['inland-report', 'departure'])
  })

  test('by rail the maritime office is not concerned, and says why', () => {
    const opened = open('dangerous-cargo-one-item')
    for (const one of opened.declared.goodsShipment.consignment.legs) one.modeCode = '2'
    expect(filed(opened)).toEqual([])
    expect(applies('dangerous-cargo', opened).because).toEqual({
      en: 'Dangerous goods (UN 3480), but no ship from, to or within China carries them',
      zh: '有危险货物（UN 3480），但不由船舶运输',
    })
  })

  test('an import reports the barge; the entry permit of its sea ship is not filed here', () => {
    const opened = open('inland-report-one-item')
    const { consignment } = opened.declared.goodsShipment
    opened.declared.direction = 'import'
    consignment.legs = consignment.legs.toReversed().map((one) => ({ ...one, from: one.to, to: one.from }))
    expect(filed(opened)).toEqual(['inland-report', 'dangerous-cargo', 'dangerous-ship'])
    expect(applies('departure', opened).because.en).toContain('entry permit')
    expect(missing(opened)).toEqual([])
  })

  test('dangerous goods are declared for the first voyage that touches China', () => {
    const opened = open('dangerous-ship-two-items')
    expect(applies('dangerous-ship', opened).because.en).toContain('CNQZH – SGSIN')
    expect(procedure('departure').after).toEqual([
      { agency: 'customs', procedure: 'declare', status: 'approved' },
      { agency: 'border', procedure: 'departure', status: 'approved' },
      { agency: 'maritime', procedure: 'dangerous-ship', status: 'approved' },
    ])
  })
})

describe('what is missing', () => {
  test.each([
    ['inland-report-one-item', ['reporter', 'shipId']],
    ['dangerous-cargo-one-item', ['declarantPhone', 'goods']],
    ['dangerous-ship-one-item', ['carrier', 'shipId', 'shipType', 'stowage']],
    ['departure-one-item', ['applicant', 'crewCount', 'securityCertificate']],
  ])('%s: without particulars all of them are waited for', (name, fields) => {
    const { id, declared } = open(name)
    expect(at(procedure(id).missing(declared, undefined))).toEqual(
      fields.map((field) => `maritime /particulars/maritime/${id}/${field} missing`),
    )
  })

  test.each(['inland-report-one-item', 'dangerous-cargo-one-item', 'dangerous-ship-one-item'])(
    '%s: a leg without ship, voyage, port or time is pointed at',
    (name) => {
      const opened = open(name)
      const barge = leg(opened, 0)
      barge.departureDateTime = '2026-11-25'
      delete barge.voyageNumber
      delete barge.from.unLocode
      expect(missing(opened)).toEqual(legMissing('voyageNumber', 'from/unLocode', 'departureDateTime'))
      delete barge.conveyance
      expect(missing(opened)).toEqual(expect.arrayContaining(legMissing('conveyance')))
    },
  )

  test('a barge of 100 GT or more has an MMSI', () => {
    const opened = open('inland-report-hostile-text')
    expect(missing(opened)).toEqual([])
    opened.particulars['grossTonnage'] = '100'
    expect(missing(opened)).toEqual(['maritime /particulars/maritime/inland-report/mmsi missing'])
  })

  test('dangerous goods: everything absent, of the declaration and of the row, at once', () => {
    const opened = open('dangerous-cargo-two-items')
    const paint = nth(opened.declared.goodsShipment.items, 1)
    delete paint.grossMassKg
    delete paint.netMassKg
    delete dangerous(opened, 1).packingGroup
    dangerous(opened, 1).properShippingName = 'PAINT, N.O.S.'
    opened.particulars.goods = [nth(opened.particulars.goods, 1), { goodsItemSequence: 2 }]
    delete opened.particulars['emergencyContact']
    const row = '/particulars/maritime/dangerous-cargo/goods'
    expect(missing(opened)).toEqual(
      [
        `${row}/0/emergencyContact`,
        '/goodsShipment/items/1/dangerousGoods/packingGroup',
        '/goodsShipment/items/1/grossMassKg',
        '/goodsShipment/items/1/netMassKg',
        ...[
          'technicalName',
          'flashPointC',
          'emS',
          'packageCount',
          'packingCertificateNumber',
          'packagingCertificate',
          'safetyDataSheetId',
          'emergencyContact',
        ].map((field) => `${row}/1/${field}`),
      ].map((pointer) => `maritime ${pointer} missing`),
    )
  })

  test('stowage is told for every container with dangerous goods, and there is one', () => {
    const opened = open('dangerous-ship-two-items')
    opened.particulars.stowage?.pop()
    expect(missing(opened)).toEqual(['maritime /particulars/maritime/dangerous-ship/stowage missing'])
    delete opened.declared.goodsShipment.consignment.containers
    expect(missing(opened)).toEqual(['maritime /goodsShipment/consignment/containers missing'])
  })
})

describe('what is wrong', () => {
  const substance = '/goodsShipment/items/0/dangerousGoods'

  test.each<[string, Partial<Item['dangerousGoods']>, string[]]>([
    ['a UN number nobody gave', { undgId: '9999' }, ['undgId un-number-unknown']],
    ['the class of another number', { classCode: '3' }, ['classCode class-differs']],
    ['a packing group where there is none', { packingGroup: 'II' }, ['packingGroup packing-group-not-due']],
    ['a name that says nothing', { properShippingName: 'General Cargo' }, ['properShippingName shipping-name-vague']],
    ['the name of another number', { properShippingName: '汽油' }, ['properShippingName shipping-name-differs']],
    [
      'chlorine on the Yangtze',
      { undgId: '1017', classCode: '2.3', properShippingName: 'CHLORINE' },
      ['undgId forbidden-on-inland-waters'],
    ],
    [
      'deadly poison on the Yangtze',
      { undgId: '2810', classCode: '6.1', packingGroup: 'I', properShippingName: 'TOXIC LIQUID' },
      ['undgId forbidden-on-inland-waters'],
    ],
  ])('%s', (_, change, found) => {
    const opened = open('dangerous-cargo-one-item')
    Object.assign(dangerous(opened, 0), change)
    expect(check(opened)).toEqual(found.map((one) => `maritime ${substance}/${one}`))
  })

  test('a listed class without division admits all its divisions', () => {
    const opened = open('dangerous-cargo-one-item')
    Object.assign(dangerous(opened, 0), { undgId: '1950', classCode: '2.1', properShippingName: 'AEROSOLS' })
    expect(check(opened)).toEqual([])
  })

  test('rows of particulars: expired, contradicted, repeated or of no dangerous item', () => {
    const opened = open('dangerous-cargo-one-item')
    Object.assign(dangerous(opened, 0), { undgId: '3082', packingGroup: 'III', properShippingName: 'X, N.O.S.' })
    const row = nth(opened.particulars.goods, 0)
    row['packagingCertificate'] = { number: 'WB1', expiryDate: '2026-11-24' }
    opened.particulars.goods?.push({ goodsItemSequence: 1 }, { goodsItemSequence: 2 })
    expect(check(opened)).toEqual(
      [
        '0/marinePollutant marine-pollutant-due',
        '0/packagingCertificate/expiryDate certificate-expired',
        '1/goodsItemSequence item-not-due',
        '2/goodsItemSequence item-not-due',
      ].map((one) => `maritime /particulars/maritime/dangerous-cargo/goods/${one}`),
    )
  })

  test('what must be kept apart may not share a container, unless in limited quantities', () => {
    const opened = open('dangerous-cargo-two-items')
    Object.assign(dangerous(opened, 0), {
      undgId: '2014',
      classCode: '5.1',
      packingGroup: 'II',
      properShippingName: 'HYDROGEN PEROXIDE',
    })
    expect(check(opened)).toEqual([])
    nth(opened.declared.goodsShipment.consignment.containers, 0).goodsItemSequences = [1, 2]
    expect(check(opened)).toEqual(['maritime /goodsShipment/items/1/dangerousGoods/classCode segregation-conflict'])
    nth(opened.particulars.goods, 0)['limitedQuantity'] = true
    expect(check(opened)).toEqual([])
  })

  test('nor a bay', () => {
    const opened = open('dangerous-ship-two-items')
    Object.assign(dangerous(opened, 0), { undgId: '2014', classCode: '5.1', packingGroup: 'II' })
    nth(opened.declared.goodsShipment.consignment.containers, 0).goodsItemSequences = [1]
    expect(check(opened)).toEqual([])
    nth(opened.particulars.stowage, 0).position = '0100402'
    expect(check(opened)).toEqual([
      'maritime /particulars/maritime/dangerous-ship/stowage/1/position segregation-conflict',
    ])
  })

  test('a passenger ship carries no explosives, and only our containers are stowed, once', () => {
    const opened = open('dangerous-ship-one-item')
    opened.particulars['shipType'] = 'PASSENGER'
    Object.assign(dangerous(opened, 0), { undgId: '0336', classCode: '1.4G' })
    opened.particulars.stowage?.push(
      { containerId: 'CSQU3054383', position: '020284', onDeck: true },
      { containerId: 'MSCU6639870', position: '030284', onDeck: true },
    )
    const stow = '/particulars/maritime/dangerous-ship/stowage'
    expect(check(opened)).toEqual([
      `maritime ${substance}/classCode forbidden-on-passenger-ship`,
      `maritime ${stow}/1/containerId container-not-due`,
      `maritime ${stow}/2/containerId container-not-due`,
    ])
  })

  test('the permit wants an IMO number that checks and a certificate that holds on the Beijing day of departure', () => {
    const opened = open('departure-one-item')
    opened.particulars['securityCertificate'] = { number: 'ISSC-1', expiryDate: '2026-12-03' }
    expect(check(opened)).toEqual([])
    const sea = leg(opened, 1)
    sea.departureDateTime = '2026-12-03T16:00:00Z'
    sea.conveyance = { name: 'EXAMPLE STRAIT', id: '413800001', flagCountry: 'SG' }
    expect(check(opened)).toEqual([
      'maritime /goodsShipment/consignment/legs/1/conveyance/id imo-number-invalid',
      'maritime /particulars/maritime/departure/securityCertificate/expiryDate certificate-expired',
    ])
  })

  test('the inland voyage arrives after it departs, and its names fit', () => {
    const opened = open('inland-report-one-item')
    Object.assign(leg(opened, 0), { voyageNumber: 'A VOYAGE NUMBER TOO LONG', arrivalDateTime: '2026-11-25T00:00:00Z' })
    leg(opened, 0).from.terminal = 'GUOYUAN CONTAINER TERMINAL'
    expect(check(opened)).toEqual([
      'maritime /goodsShipment/consignment/legs/0/voyageNumber too-long',
      'maritime /goodsShipment/consignment/legs/0/from/terminal too-long',
      'maritime /goodsShipment/consignment/legs/0/arrivalDateTime arrival-not-after-departure',
    ])
  })
})

describe('what the maritime office says', () => {
  test.each(procedures.flatMap(repliesOf))('$path', ({ path, brings }) => {
    // An inquiry tells all that was said, the newest last.
    const one = decode(read(path)).at(-1)
    expect(receipt.safeParse(one).success).toBe(true)
    expect(one?.references.map(({ scheme }) => scheme)).toContain('filing')
    expect(one?.sets ? `hold-${one.sets.join()}` : (one?.status ?? 'unrecognised')).toBe(brings)
  })

  test.each(procedures)('the replies show every status %s claims and no other', (id) => {
    const shown = repliesOf(id)
      .map(({ brings }) => brings)
      .filter((brings) => brings !== 'unrecognised' && !brings.startsWith('hold-'))
    expect(new Set(shown)).toEqual(new Set(procedure(id).statuses))
  })

  test('an approval is named after the declaration it approves, and a permit says how long it holds', () => {
    const names = (path: string) =>
      decode(read(`replies/${path}`))[0]?.references.map(({ scheme, value }) => `${scheme} ${value}`)
    expect(names('dangerous-cargo/granted.approved.xml')).toContain('cargo-approval-number HP26112200000002')
    expect(names('dangerous-ship/granted.approved.xml')).toContain('ship-approval-number CP26112200000004')
    expect(names('inland-report/received.closed.xml')).toContain('receipt-number JB26112200000001')
    expect(decode(read('replies/departure/permit.approved.xml'))).toMatchObject([
      {
        at: '2026-12-03T10:00:01+08:00',
        details: { validFrom: '2026-12-03T10:00:01+08:00', validUntil: '2026-12-04T10:00:01+08:00' },
      },
    ])
  })

  test('a box opening names the containers, who opens them, where and when', () => {
    expect(
      decode(read('replies/dangerous-cargo/box-opening.hold-inspection.xml'))[0]?.details?.['boxOpenings'],
    ).toEqual([
      {
        containerNumbers: ['CSQU3054383', 'MSCU6639870'],
        officer: 'HS500031',
        at: '2026-11-22T15:00:00+08:00',
        place: 'GUOYUAN',
      },
    ])
    expect(decode(read('replies/dangerous-cargo/box-opened.in-review.xml'))).toMatchObject([{ lifts: ['inspection'] }])
  })

  const reference = 'YC26112200000001MC08'
  const about = (root: string, rest: string) =>
    `<${root}><MessageId>${reference}-2</MessageId><OurReference>${reference}</OurReference>${rest}</${root}>`
  const bare = (path: string) => read(`replies/${path}`).replace(/<\?xml.*\?>/, '')

  test('an inquiry tells every receipt so far, and of a new attempt that it was submitted', () => {
    const receipts = decode(
      about(
        'MaritimeState',
        `<Status>SUBMITTED</Status><OccurredAt>2026-11-22 10:00:00</OccurredAt><Receipts>${bare('dangerous-cargo/faulty.refused.xml')}</Receipts>`,
      ),
    )
    expect(receipts.map(({ status, references }) => `${references[1]?.value} ${status}`)).toEqual([
      `${reference}-1 refused`,
      `${reference}-2 acknowledged`,
    ])
    expect(decode(about('MaritimeState', '<Status>SUBMITTED</Status>'))).toMatchObject([{ status: 'acknowledged' }])
  })

  test.each([
    ['MA-903', 'refused'],
    ['MA-907', 'refused'],
    ['MA-902', undefined],
  ])('a request turned away with %s', (code, status) => {
    const [one] = decode(about('MaritimeRefusal', `<Code>${code}</Code><TextZh>不予</TextZh>`), 409)
    expect(one).toMatchObject({ code, text: '不予' })
    expect(one?.status).toBe(status)
  })

  test('an inquiry for what the office never got tells nothing', () => {
    expect(decode(about('MaritimeRefusal', '<Code>MA-904</Code>'), 404)).toEqual([])
  })

  test.each([
    ['nothing', ''],
    ['a gateway error page', '<html><body>502 Bad Gateway</body></html>'],
    ['a broken document', '<MaritimeReceipt><Status>APPROVED</MaritimeReceipt>'],
    ['another agency', '<EPCReceipt version="1.0"/>'],
    ['a DOCTYPE', `<!DOCTYPE x>${bare('dangerous-cargo/granted.approved.xml')}`],
    ['a receipt about nobody', '<MaritimeReceipt><Status>APPROVED</Status></MaritimeReceipt>'],
    ['a receipt that says nothing', about('MaritimeReceipt', '')],
    ['our document was none', '<MaritimeRefusal><Code>MA-901</Code><TextEn>not XML</TextEn></MaritimeRefusal>'],
  ])('%s is unintelligible', (_, body) => {
    expect(() => decode(body)).toThrow(Unintelligible)
  })
})
