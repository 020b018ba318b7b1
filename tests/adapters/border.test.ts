import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Procedure, type Submission, Unintelligible } from '../../adapters/adapter.ts'
import { border } from '../../adapters/border/index.ts'
import { childOf, readXml, textOf } from '../../adapters/xml.ts'
import { type Declaration, declaration } from '../../schemas/declaration/index.ts'
import { receipt } from '../../schemas/receipt.ts'

const golden = new URL('../../adapters/border/golden/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, golden), 'utf8')
/** What is filed by itself; changes of it are shown in border-change.test.ts. */
const procedures = ['departure', 'arrival']
const cases = readdirSync(golden).filter(
  (name) =>
    name !== 'replies' &&
    procedures.includes((JSON.parse(read(`${name}/submission.json`)) as { procedure: string }).procedure),
)
const repliesOf = (id: string) =>
  readdirSync(new URL(`replies/${id}/`, golden)).map((file) => ({
    file: `${id}/${file}`,
    brings: file.split('.').at(-2) ?? '',
  }))

const decode = (body: string, status = 200) => border.decode({ status, contentType: 'application/xml', body })
const procedure = (id: string) => border.procedures[id] as unknown as Procedure

interface Case {
  readonly id: string
  readonly declared: Declaration
  readonly particulars: { crew: Record<string, unknown>[]; passengers?: Record<string, unknown>[] }
  readonly submission: Submission
}

/** A golden case, free to change. */
function open(name: string): Case {
  const { procedure: id, ...rest } = JSON.parse(read(`${name}/submission.json`)) as Submission & { procedure: string }
  const declared = declaration.parse(JSON.parse(read(`${name}/declaration.json`)))
  const particulars = declared.particulars?.['border']?.[id] as unknown as Case['particulars']
  return { id, declared, particulars, submission: { ...rest, declaration: declared, particulars } }
}

/** The leg that crosses the border in the golden cases of exports is their second. */
function seaLeg(declared: Declaration) {
  const leg = declared.goodsShipment.consignment.legs[1]
  if (leg === undefined) throw new Error('A golden case lost its sea leg')
  return leg
}

const at = (issues: readonly { pointer: string; code: string; agency?: string }[]) =>
  issues.map(({ pointer, code, agency }) => `${agency} ${pointer} ${code}`)
const check = ({ id, declared, particulars }: Case) => at(procedure(id).check(declared, particulars))
const missing = ({ id, declared, particulars }: Case) => at(procedure(id).missing(declared, particulars))

describe('what goes to border inspection', () => {
  test.each(cases)('%s: the golden bytes, twice the same, and nothing to complain of', (name) => {
    const opened = open(name)
    const { id, declared, particulars, submission } = opened
    expect(procedure(id).applies(declared).files).toBe(true)
    expect(procedure(id).particulars.safeParse(particulars).success).toBe(true)
    expect([...missing(opened), ...check(opened)]).toEqual([])
    const message = procedure(id).encode(submission)
    expect(message).toEqual({
      method: 'POST',
      path: '/clearances',
      contentType: 'application/xml',
      body: read(`${name}/submit.xml`),
    })
    expect(procedure(id).encode(submission)).toEqual(message)
  })

  test('hostile text comes out of the document as it went in', () => {
    const { particulars } = open('departure-hostile-text')
    const body = childOf(readXml(read('departure-hostile-text/submit.xml')), 'EPCMessage', 'EPCRequestBody')
    const member = childOf(body, 'PersonsOnBoard', 'CrewMember')
    expect(textOf(member, 'Name', 'FamilyName')).toBe(particulars.crew[0]?.['familyName'])
    expect(textOf(member, 'Name', 'GivenName')).toBe(particulars.crew[0]?.['givenName'])
    expect(textOf(member, 'CrewEffects')).toBe(particulars.crew[0]?.['effects'])
  })

  test('an unclear filing is asked for by our own number', () => {
    const { submission } = open('departure-one-item')
    expect(procedure('departure').encodeInquiry(submission)).toEqual({
      method: 'GET',
      path: `/clearances/${submission.reference}`,
    })
  })

  test('instants are written in Beijing time, whatever offset the leg has', () => {
    const { declared, submission } = open('departure-one-item')
    seaLeg(declared).departureDateTime = '2026-12-03T20:30:00-02:00'
    expect(procedure('departure').encode(submission).body).toContain('<ETD>2026-12-04T06:30:00+08:00</ETD>')
  })
})

describe('whether border inspection is concerned', () => {
  test('an export departs and does not arrive, and the barge within China is no concern', () => {
    const { declared } = open('departure-one-item')
    expect(procedure('arrival').applies(declared)).toMatchObject({ files: false })
    const { because } = procedure('departure').applies(declared)
    expect(because.en).toContain('the domestic leg does not concern border inspection')
    expect(because.zh).toContain('境内运输段不涉及边检')
  })

  test('an import arrives and does not depart', () => {
    const { declared } = open('arrival-one-item')
    expect(procedure('departure').applies(declared).files).toBe(false)
    expect(procedure('arrival').applies(declared).files).toBe(true)
  })

  test('no international leg, no inspection', () => {
    const { declared } = open('departure-one-item')
    declared.goodsShipment.consignment.legs.pop()
    expect(procedure('departure').applies(declared).files).toBe(false)
  })

  test.each(['5', '7', '9'] as const)('mode %s brings no conveyance with a crew', (modeCode) => {
    const { declared } = open('departure-one-item')
    seaLeg(declared).modeCode = modeCode
    expect(procedure('departure').applies(declared).files).toBe(false)
  })
})

describe('what is missing or wrong', () => {
  test('without particulars the crew list is waited for', () => {
    const { declared } = open('departure-one-item')
    expect(at(procedure('departure').missing(declared, undefined))).toEqual([
      'border /particulars/border/departure/crew missing',
    ])
  })

  test('an international leg without conveyance, voyage, port or time is pointed at', () => {
    const opened = open('departure-one-item')
    const leg = seaLeg(opened.declared)
    delete leg.conveyance
    delete leg.voyageNumber
    delete leg.to.unLocode
    leg.departureDateTime = '2026-12-03'
    expect(missing(opened)).toEqual(
      ['conveyance', 'voyageNumber', 'to/unLocode', 'departureDateTime'].map(
        (below) => `border /goodsShipment/consignment/legs/1/${below} missing`,
      ),
    )
  })

  test('a ship has a number and a flag; a leg that hides its mode cannot be declared', () => {
    const opened = open('departure-one-item')
    const leg = seaLeg(opened.declared)
    leg.conveyance = { name: 'EXAMPLE STRAIT' }
    expect(missing(opened)).toEqual([
      'border /goodsShipment/consignment/legs/1/conveyance/id missing',
      'border /goodsShipment/consignment/legs/1/conveyance/flagCountry missing',
    ])
    leg.modeCode = '6'
    expect(missing(opened)).toContain('border /goodsShipment/consignment/legs/1/modeCode missing')
  })

  test('all that is wrong is said at once', () => {
    const opened = open('departure-two-items')
    const { declared, particulars } = opened
    const leg = seaLeg(declared)
    leg.voyageNumber = 'A VOYAGE NUMBER TOO LONG'
    leg.conveyance = { name: 'EXAMPLE STRAIT', id: '9074728', flagCountry: 'SG' }
    const [first, second] = particulars.crew as [Case['particulars']['crew'][0], Case['particulars']['crew'][0]]
    first['isMaster'] = false
    second['identityDocument'] = { ...(second['identityDocument'] as object), expiryDate: '2026-12-02' }
    particulars.passengers?.push({ ...particulars.passengers[0] })
    expect(check(opened)).toEqual([
      'border /goodsShipment/consignment/legs/1/conveyance/id imo-number-invalid',
      'border /goodsShipment/consignment/legs/1/voyageNumber too-long',
      'border /particulars/border/departure/crew/1/identityDocument/expiryDate document-expired',
      'border /particulars/border/departure/passengers/1/identityDocument/number traveller-repeated',
      'border /particulars/border/departure/crew master-not-one',
    ])
  })

  test('a passenger list that outgrows the largest document is refused before it is sent', () => {
    const opened = open('departure-two-items')
    const [one] = opened.particulars.passengers ?? []
    const document = one?.['identityDocument'] as object
    opened.particulars.passengers = Array.from({ length: 1500 }, (_, at) => ({
      ...one,
      identityDocument: { ...document, number: `E${at + 10_000}` },
    }))
    expect(check(opened)).toEqual(['border /particulars/border/departure/passengers too-large'])
    opened.particulars.passengers.length = 500
    expect(check(opened)).toEqual([])
  })

  test('a document that expires on the Beijing day of the journey still holds', () => {
    const opened = open('arrival-one-item')
    expect(check(opened)).toEqual([])
    const leg = opened.declared.goodsShipment.consignment.legs[0]
    if (leg) leg.arrivalDateTime = '2026-11-24T16:30:00Z'
    expect(check(opened)).toEqual([
      'border /particulars/border/arrival/crew/0/identityDocument/expiryDate document-expired',
    ])
  })

  test('a person without a name, or particulars of the other direction, are no particulars', () => {
    const { particulars } = open('departure-one-item')
    delete particulars.crew[0]?.['familyName']
    const read = procedure('departure').particulars.safeParse({ ...particulars, lastPort: 'SGSIN' })
    expect(read.error?.issues.map(({ path, code }) => `${path.join('/')} ${code}`)).toEqual([
      'crew/0/familyName invalid_type',
      ' unrecognized_keys',
    ])
  })
})

describe('what border inspection says', () => {
  test.each(procedures.flatMap(repliesOf))('$file', ({ file, brings }) => {
    const receipts = decode(read(`replies/${file}`))
    expect(receipts).toHaveLength(1)
    const [one] = receipts
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

  test('a boarding is over before it is a clearance, and its order says who comes when', () => {
    expect(decode(read('replies/departure/boarding.hold-inspection.xml'))).toMatchObject([
      {
        status: 'in-review',
        at: '2026-11-22T09:20:01+08:00',
        references: [{}, {}, { scheme: 'clearance-number', value: 'BJ26112200000001' }],
        details: { inspection: { officer: '500217', at: '2026-11-22T11:20:01+08:00', place: 'CNYSA' } },
      },
    ])
    expect(decode(read('replies/departure/boarding-over.approved.xml'))).toMatchObject([{ lifts: ['inspection'] }])
  })

  test('refused persons and errors are told one by one, in both languages', () => {
    expect(
      decode(read('replies/departure/persons-refused.hold-supplement.xml'))[0]?.details?.['refusedPersons'],
    ).toMatchObject([
      { list: 'CrewMember', sequenceNumber: '2', code: 'BI-301', ground: '8(7)', textZh: '被通知不准出境、入境' },
    ])
    expect(decode(read('replies/departure/rejected.refused.xml'))[0]?.details?.['errors']).toMatchObject([
      { code: 'BI-201', textEn: 'The list came later than 1 h before ETD' },
      { code: 'BI-102' },
    ])
  })

  test('a status nobody published moves nothing, not even one named like a property', () => {
    const named = read('replies/departure/screening.in-review.xml').replace('SCREENING', 'constructor')
    const [one] = decode(named)
    expect(one).toMatchObject({ code: 'constructor', text: '正在核查人员' })
    expect(one).not.toHaveProperty('status')
  })

  const reference = 'YC26112200000001BD01'
  const state = (rest: string) =>
    `<EPCState version="1.0"><MessageId>${reference}-2</MessageId><OurReference>${reference}</OurReference>${rest}</EPCState>`
  const bare = (file: string) => read(`replies/departure/${file}`).replace(/<\?xml.*\?>/, '')

  test('an inquiry tells every receipt so far, and of a new attempt that it was received', () => {
    const receipts = decode(
      state(
        `<Status>RECEIVED</Status><OccurredAt>2026-11-22T10:00:00+08:00</OccurredAt><Receipts>${bare('screening.in-review.xml')}${bare('rejected.refused.xml')}</Receipts>`,
      ),
    )
    expect(receipts.map(({ status, references }) => `${references[1]?.value} ${status}`)).toEqual([
      `${reference}-1 in-review`,
      `${reference}-1 refused`,
      `${reference}-2 acknowledged`,
    ])
  })

  test('an inquiry for what the office never got tells nothing', () => {
    expect(
      decode('<EPCRefusal version="1.0"><Code>BI-904</Code><OurReference>F1</OurReference></EPCRefusal>', 404),
    ).toEqual([])
  })

  test.each([
    ['nothing', ''],
    ['a gateway error page', '<html><body>502 Bad Gateway</body></html>'],
    ['text', 'Bad Gateway'],
    ['a broken document', '<EPCReceipt><Status>CLEARED</EPCReceipt>'],
    ['another agency', '<MaritimeReceipt/>'],
    ['a DOCTYPE', `<!DOCTYPE x [<!ENTITY a "b">]>${bare('cleared.approved.xml')}`],
    ['a receipt about nobody', '<EPCReceipt><Status>CLEARED</Status></EPCReceipt>'],
    ['a receipt that says nothing', `<EPCReceipt><OurReference>${reference}</OurReference></EPCReceipt>`],
    ['our document was none', '<EPCRefusal><Code>BI-901</Code><TextEn>not XML</TextEn></EPCRefusal>'],
  ])('%s is unintelligible', (_, body) => {
    expect(() => decode(body)).toThrow(Unintelligible)
  })
})
