import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { outcomes } from '../../mocks/customs/outcomes.ts'
import { application, openCustoms, sampleDocument } from '../support/customs-office.ts'

const beef = sampleDocument('import-frozen-beef-rail').replace('<ChkSurety>0', '<ChkSurety>1')
const laptops = sampleDocument('export-laptops-river-sea')
const day = 24 * 60

/** A summary as brokers' software would write it, of the same goods as the complete declaration below. */
const summary = readFileSync(
  new URL('../../adapters/customs/golden/summary-under-quarantine/submit.xml', import.meta.url),
  'utf8',
)
const number = 'I8016202657609162717'
const named = (document: string, to: string) => document.replace(/<ClientSeqNo>[^<]+/, `<ClientSeqNo>${to}`)
const without = (document: string, element: string) =>
  document.replace(new RegExp(`<${element}>[^<]*</${element}>`), `<${element}/>`)

const complete = (seqNo: string, entryId: string) =>
  beef
    .replace(/<SeqNo\/>/, `<SeqNo>${seqNo}</SeqNo>`)
    .replace(/<EntryId\/>/, `<EntryId>${entryId}</EntryId>`)
    .replace(/<Type\/>|<Type>[^<]*<\/Type>/, '<Type>  6</Type>')

/** An office that has stored a summary. */
async function summarised(minutes: number, document = summary) {
  const office = openCustoms()
  const answer = await office.declare(document)
  expect(answer).toMatchObject({ ResponseCode: '0', DeclareStep: '5' })
  office.pass(minutes)
  const stored = office.receipts().find(({ CHANNEL }) => CHANNEL === 'SpL')
  return { office, seqNo: answer['SeqNo'] ?? '', entryId: stored?.['ENTRY_ID'] ?? '' }
}

test('both steps under one number: picked up after the first, released and closed after the second', async () => {
  const { office, seqNo, entryId } = await summarised(30)
  expect(office.channels()).toEqual(['7', 'SpL', 'SpJ', 'SpK'])
  expect(office.receipts().map((one) => one['DECLARE_STEP'])).toEqual(['5', '5', '5', '5'])
  expect(entryId).toMatch(/^801620261\d{9}$/)
  expect(await office.declare(complete(seqNo, entryId))).toMatchObject({
    ResponseCode: '0',
    SeqNo: seqNo,
    DeclareTimes: '2',
    DeclareStep: '6',
  })
  office.pass(4 * day)
  const second = office.receipts().slice(4)
  expect(second.map(({ CHANNEL }) => CHANNEL)).toEqual(['7', 'L', 'J', 'K', 'R'])
  expect(new Set(second.slice(1).map((one) => one['ENTRY_ID']))).toEqual(new Set([entryId]))
  expect(second.every((one) => one['DECLARE_STEP'] === '6' && one['CUS_CIQ_NO'] === seqNo)).toBe(true)
})

test('the same summary twice has one effect; an inquiry tells one step from the other', async () => {
  const { office, seqNo, entryId } = await summarised(30)
  const inquiry = `/declarations?copCode=501298000&clientSeqNo=${number}`
  expect(await office.get(`${inquiry}&step=6`)).toMatchObject({ ResponseCode: '901' })
  expect(await office.get(`${inquiry}&step=5`)).toMatchObject({ ResponseCode: '0', DeclareStep: '5' })
  const effects = [...office.effects]
  await office.declare(summary)
  office.pass(day)
  expect(office.effects).toEqual(effects)
  await office.declare(complete(seqNo, entryId))
  expect(await office.get(`${inquiry}&step=6`)).toMatchObject({ ResponseCode: '0', DeclareStep: '6' })
})

test('who is inspected is drawn for summaries alone', async () => {
  const office = openCustoms()
  const count = 150
  const declared = new Map<string, string>()
  for (let at = 0; at < count; at++) {
    const { SeqNo = '' } = await office.declare(named(summary, `RANDOM-${at}`))
    declared.set(SeqNo, `RANDOM-${at}`)
  }
  office.pass(day)
  const channels = office.channels()
  expect(channels.filter((one) => one === 'SpC').length).toBeGreaterThan(0)
  expect(channels.filter((one) => one === 'SpC').length).toBeLessThan(count * 0.12)
  const stored = office.receipts().filter(({ CHANNEL }) => CHANNEL === 'SpL')
  for (const { CUS_CIQ_NO = '', ENTRY_ID = '' } of stored)
    await office.declare(named(complete(CUS_CIQ_NO, ENTRY_ID), declared.get(CUS_CIQ_NO) ?? ''))
  office.pass(5 * day)
  expect(office.channels().filter((one) => one === 'R').length).toBeGreaterThan(count * 0.9)
  expect(office.channels()).not.toContain('C')
})

describe('the complete declaration', () => {
  test.each([
    ['without a summary', (seqNo: string, entryId: string) => named(complete(seqNo, entryId), 'OTHER'), '802'],
    ['without its number', (_: string, entryId: string) => complete('', entryId), '805'],
    ['under another declaration number', (seqNo: string) => complete(seqNo, '801620261000000000'), '806'],
    [
      'for another bill of lading',
      (seqNo: string, entryId: string) => complete(seqNo, entryId).replace(/<BillNo>[^<]+/, '<BillNo>OTHER'),
      '808',
    ],
  ] as const)('%s', async (_, write, code) => {
    const { office, seqNo, entryId } = await summarised(30)
    const effects = office.effects.length
    expect(await office.declare(write(seqNo, entryId))).toMatchObject({ ResponseCode: code })
    expect(office.effects).toHaveLength(effects)
  })

  test('before the summary is stored there is nothing to complete, and it is completed once', async () => {
    const early = await summarised(0)
    expect(await early.office.declare(complete(early.seqNo, '801620261000000000'))).toMatchObject({
      ResponseCode: '805',
    })
    const { office, seqNo, entryId } = await summarised(30)
    await office.declare(complete(seqNo, entryId))
    const again = complete(seqNo, entryId).replace('<GName>', '<GName>新')
    expect(await office.declare(again)).toMatchObject({ ResponseCode: '805' })
  })

  test('the goods came on 18 November: the 2nd of December is in time, the 3rd a day late, and taken', async () => {
    const inTime = await summarised(12 * day)
    const answer = await inTime.office.declare(complete(inTime.seqNo, inTime.entryId))
    expect(answer).toMatchObject({ ResponseCode: '0' })
    expect(answer['Warnings']).toBeUndefined()
    const late = await summarised(13 * day)
    const text = (await late.office.ask('POST', '/declarations', complete(late.seqNo, late.entryId))).body
    expect(text).toContain('<Warning field="DecHead.IEDate" item="">完整申报逾期1日</Warning>')
    late.office.pass(1)
    expect(late.office.receipts().find(({ CHANNEL }) => CHANNEL === 'L')?.['NOTE']).toBe('海关入库成功；逾期1日')
  })

  test('after three months it is no longer taken', async () => {
    const { office, seqNo, entryId } = await summarised(95 * day)
    expect(await office.declare(complete(seqNo, entryId))).toMatchObject({ ResponseCode: '807' })
  })

  test('returned, it is declared again under the same declaration number', async () => {
    const lrn = 'I1-C.REFUSE'
    const { office, seqNo, entryId } = await summarised(30, named(summary, lrn))
    await office.declare(named(complete(seqNo, entryId), lrn))
    office.pass(5)
    expect(office.channels().at(-1)).toBe('E')
    const again = named(complete(seqNo, entryId), lrn).replace('<GName>', '<GName>新')
    expect(await office.declare(again)).toMatchObject({ ResponseCode: '0', DeclareTimes: '3' })
    office.pass(4 * day)
    expect(office.receipts().at(-1)).toMatchObject({ CHANNEL: 'R', ENTRY_ID: entryId })
  })
})

describe('a summary', () => {
  test.each([
    ['TradeCoScc', '102'],
    ['TrafMode', '102'],
    ['BillNo', '0'],
    ['GName', '102'],
    ['OriginCountry', '102'],
    ['Purpose', '307'],
    ['GoodsAttr', '307'],
    ['IEDate', '0'],
  ])('without %s', async (element, code) => {
    expect(await openCustoms().declare(without(summary, element))).toMatchObject({ ResponseCode: code })
  })

  test('without the certificate its goods need', async () => {
    const document = summary.replace(/<LicenseDocu>[\s\S]*<\/LicenseDocu>/, '')
    expect(await openCustoms().declare(document)).toMatchObject({ ResponseCode: '601' })
  })

  test('six digits of the HS code will do where nothing hangs on the rest; seven are none', async () => {
    const brief = summary.replace(/<CodeTS>[^<]+/, '<CodeTS>854231')
    expect(await openCustoms().declare(brief)).toMatchObject({ ResponseCode: '0' })
    const seven = summary.replace(/<CodeTS>[^<]+/, '<CodeTS>8542311')
    expect(await openCustoms().declare(seven)).toMatchObject({ ResponseCode: '104' })
  })

  test('exports are declared at once', async () => {
    const document = laptops.replace(/<Type\/>|<Type>[^<]*<\/Type>/, '<Type>  5</Type>')
    expect(await openCustoms().declare(document)).toMatchObject({ ResponseCode: '202' })
  })

  test('amended, it is the amended one that is completed', async () => {
    const { office, seqNo, entryId } = await summarised(0.8)
    const declared = { document: summary, seqNo, entryId }
    const fields = [['DecHead.BillNo', 'KZCQ26100207', 'KZCQ26100208']] as const
    await office.modify(application(declared, { kind: 'amend', fields }))
    office.pass(30)
    expect(office.results().at(-1)).toMatchObject({ FeedbackResults: '4' })
    expect(await office.declare(complete(seqNo, entryId))).toMatchObject({ ResponseCode: '808' })
    const right = complete(seqNo, entryId).replace('KZCQ26100207', 'KZCQ26100208')
    expect(await office.declare(right)).toMatchObject({ ResponseCode: '0' })
  })

  test('cancelled, it is deleted and can no longer be completed', async () => {
    const { office, seqNo, entryId } = await summarised(0.8)
    await office.modify(application({ document: summary, seqNo, entryId }, { kind: 'cancel' }))
    office.pass(5 * day)
    expect(office.receipts().at(-1)).toMatchObject({ CHANNEL: 'D', DECLARE_STEP: '5' })
    expect(await office.declare(complete(seqNo, entryId))).toMatchObject({ ResponseCode: '805' })
  })
})

describe('outcomes', () => {
  const expected: { readonly [magic: string]: string } = {
    SUMINSPECT: '7 SpL SpJ SpC SpK',
    SUMSUPPLEMENT: '7 SpL Sp1 SpJ SpK',
    SUMREFUSE: '7 SpL SpE',
  }

  test.each(outcomes.filter(({ procedure }) => procedure === 'summary').map(({ magic }) => magic))(
    '%s does what its row says',
    async (magic) => {
      const { office } = await summarised(day, named(summary, `I1-C.${magic}`))
      expect(office.channels().join(' ')).toBe(expected[magic])
    },
  )

  test('a rejected summary is corrected and declared again; there is nothing to complete before', async () => {
    const lrn = 'I1-C.SUMREFUSE'
    const { office, seqNo, entryId } = await summarised(30, named(summary, lrn))
    expect(await office.declare(named(complete(seqNo, entryId), lrn))).toMatchObject({ ResponseCode: '805' })
    const again = named(summary, lrn).replace('<SeqNo/>', `<SeqNo>${seqNo}</SeqNo>`)
    expect(await office.declare(again)).toMatchObject({ ResponseCode: '0', DeclareTimes: '2' })
    office.pass(day)
    expect(office.channels().at(-1)).toBe('SpK')
  })
})
