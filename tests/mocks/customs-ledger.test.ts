import { describe, expect, test } from 'vitest'
import { application, openCustoms, sampleDocument } from '../support/customs-office.ts'

const beef = sampleDocument('import-frozen-beef-rail')
const day = 24 * 60

const named = (document: string, number: string) => document.replace(/<ClientSeqNo>[^<]+/, `<ClientSeqNo>${number}`)
const valueOf = (document: string, element: string) => new RegExp(`<${element}>([^<]*)<`).exec(document)?.[1] ?? ''

/** An office that has stored (and, later, released) a declaration. */
async function holding(document: string, minutes: number) {
  const office = openCustoms()
  const answer = await office.declare(document)
  expect(answer['ResponseCode']).toBe('0')
  office.pass(minutes)
  const stored = office.receipts().find(({ CHANNEL }) => ['L', 'SpL'].includes(CHANNEL ?? ''))
  return { office, declared: { document, seqNo: answer['SeqNo'] ?? '', entryId: stored?.['ENTRY_ID'] ?? '' } }
}

describe('the certificate ledger', () => {
  const limited = (document: string, quantity: string, number: string) =>
    named(document, number)
      .replaceAll(valueOf(beef, 'LicenceNo'), 'AP-2026-500-Q30000')
      .replace(/<LicWrtofQty>[^<]+/, `<LicWrtofQty>${quantity}`)
      .replace(/<ChkSurety>0/, '<ChkSurety>1')
  const ledger = (office: ReturnType<typeof openCustoms>) =>
    office.effects.flatMap((what) => /certificate-(\w+ .*)/.exec(what)?.[1] ?? [])

  test('what is declared is reserved, and used up at release', async () => {
    const { office } = await holding(limited(beef, '24000', 'A'), 20)
    expect(ledger(office)).toEqual(['reserved 325 AP-2026-500-Q30000 24000', 'used 325 AP-2026-500-Q30000 24000'])
    expect(await office.declare(limited(beef, '6001', 'B'))).toMatchObject({ ResponseCode: '605' })
    expect(await office.declare(limited(beef, '6000', 'B'))).toMatchObject({ ResponseCode: '0' })
  })

  test('an amendment reserves more where there is more, and frees what is less', async () => {
    const { office, declared } = await holding(limited(beef, '24000', 'A'), 0.8)
    await office.declare(limited(beef, '5000', 'B'))
    const quantity = (from: string, to: string, number: string) =>
      application(declared, { kind: 'amend', number, fields: [['DecGoodsLimit.1-1.LicWrtofQty', from, to]] })
    await office.modify(quantity('24000', '25001', 'A-1'))
    office.pass(5 * day)
    expect(office.results().at(-1)).toMatchObject({ FeedbackResults: '5' })
    expect(office.results().at(-1)?.['ResultNote']).toContain('余量不足：剩余25000')
    await office.modify(quantity('24000', '20000', 'A-2'))
    office.pass(5 * day)
    expect(office.results().at(-1)).toMatchObject({ FeedbackResults: '4' })
    expect(await office.declare(limited(beef, '5001', 'C'))).toMatchObject({ ResponseCode: '605' })
    expect(await office.declare(limited(beef, '5000', 'C'))).toMatchObject({ ResponseCode: '0' })
  })

  test.each(['REFUSE', 'DELETE'])('%s frees what was reserved', async (magic) => {
    const { office } = await holding(limited(beef, '24000', `A-C.${magic}`), 5)
    expect(ledger(office).at(-1)).toBe('freed 325 AP-2026-500-Q30000 24000')
    expect(await office.declare(limited(beef, '30000', 'B'))).toMatchObject({ ResponseCode: '0' })
  })

  test('a granted cancellation frees all of it', async () => {
    const { office, declared } = await holding(limited(beef, '24000', 'A'), 0.8)
    await office.modify(application(declared, { kind: 'cancel' }))
    office.pass(5 * day)
    expect(await office.declare(limited(beef, '30000', 'B'))).toMatchObject({ ResponseCode: '0' })
  })
})
