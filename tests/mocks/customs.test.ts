import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { XMLParser } from 'fast-xml-parser'
import type { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { type Desk, magicOf, type Posted } from '../../mocks/agency.ts'
import { customs } from '../../mocks/customs/index.ts'
import { outcomes } from '../../mocks/customs/outcomes.ts'
import { exchangeRates } from '../../mocks/customs/parameters.ts'
import { loadCodeList } from '../../schemas/codes/index.ts'

const laptops = sample('export-laptops-river-sea')
const batteries = sample('export-ev-batteries-dangerous')
const beef = sample('import-frozen-beef-rail')
const start = Date.parse('2026-11-20T09:30:00+08:00')
const days = (count: number) => count * 24 * 60 * 60 * 1000

describe('the samples', () => {
  it.each([
    ['laptops', laptops, 'E', '80142026'],
    ['batteries', batteries, 'E', '80072026'],
  ])('%s pass through to R', async (_, document, direction, office) => {
    const office1 = openOffice()
    const answer = await office1.declare(document)
    expect(answer).toMatchObject({ ResponseCode: '0', ErrorMessage: '申报成功', DeclareTimes: '1' })
    expect(answer['SeqNo']).toMatch(new RegExp(`^${direction}2026\\d{13}$`))

    office1.advance(days(4))
    const receipts = await office1.receipts()
    expect(channels(receipts)).toEqual(['7', 'L', 'J', 'P', 'R'])
    expect(receipts.map((receipt) => receipt['CUS_CIQ_NO'])).toEqual(receipts.map(() => answer['SeqNo']))
    expect(receipts[0]).toMatchObject({ ENTRY_ID: '', D_DATE: '', I_E_DATE: '', CUSTOM_MASTER: office.slice(0, 4) })
    expect(receipts[1]).toMatchObject({ D_DATE: '20261120', I_E_DATE: '20261120' })
    expect(receipts[4]?.['ENTRY_ID']).toMatch(new RegExp(`^${office}0\\d{9}$`))
    expect(Object.keys(receipts[0] ?? {})).toHaveLength(8)
    expect(office1.effects).toEqual(['declared', 'registered', 'released', 'closed'])
  })

  it('beef waits for its tax, and passes through to R once it is paid', async () => {
    const office = openOffice()
    await office.declare(beef)
    office.advance(days(4))
    const before = await office.receipts()
    expect(channels(before)).toEqual(['7', 'L', 'J', 'T'])
    // 196,800 USD at 7.1 is 1,397,280.00 yuan; duty 12 %, VAT 9 % on top of both.
    expect(before[3]?.['NOTE']).toBe(
      '需交税费：进口关税A 167673.60元，进口增值税L 140845.82元，合计308519.42元，缴款期限20261207，' +
        `税费单号${before[3]?.['ENTRY_ID']}-01`,
    )
    expect(before[3]).toMatchObject({ I_E_DATE: '20261118' })

    const entryId = before[3]?.['ENTRY_ID'] ?? ''
    expect(await office.pay(entryId, 'PAY-1', '1.00')).toMatchObject({ errCode: '203' })
    expect(await office.pay('801620261999999999', 'PAY-1', '308519.42')).toMatchObject({ errCode: '202' })
    expect(await office.pay(entryId, 'PAY-1', '')).toMatchObject({ errCode: '201' })
    expect(await office.pay(entryId, 'PAY-1', '308519.42')).toMatchObject({ errCode: '100', transStatusName: '支付中' })
    expect(await office.pay(entryId, 'PAY-1', '308519.42')).toMatchObject({ errCode: '100' })
    expect(await office.pay(entryId, 'PAY-2', '308519.42')).toMatchObject({ errCode: '204' })
    expect(await office.pay(entryId, 'PAY-1', '308519.4')).toMatchObject({ errCode: '205' })
    expect(await office.get(`/tax-bills?entryId=${entryId}`)).toContain('<transStatusName>支付中</transStatusName>')
    expect(await office.get('/tax-bills?entryId=1')).toContain('<errCode>101</errCode>')

    office.advance(days(4))
    // The bank's word has no channel; the second T says that the tax is paid.
    expect(channels(await office.receipts())).toEqual(['7', 'L', 'J', 'T', undefined, 'T', 'P', 'R'])
    expect(office.effects.filter((what) => what === 'tax-paid')).toHaveLength(1)
  })

  it('older and freer variants are read: Version, sections in any order, three promises, retired elements', async () => {
    const sign = /<DecSign>.*<\/DecSign>/s.exec(laptops)?.[0] ?? ''
    const older = laptops
      .replace(sign, '')
      .replace('<DecHead>', `${sign}<DecHead>`)
      .replace('version="4.9"', 'Version="3.1"')
      .replace('00000</PromiseItmes>', '000</PromiseItmes>')
      .replace('<OrgCode/>', '<OrgCode>500000</OrgCode>')
    const text = await openOffice().post('/declarations', older)
    expect(text).toContain('<ResponseCode>0</ResponseCode>')
    expect(text).toContain('<Warning field="DecHead.OrgCode" item="">')
  })
})

describe('what is turned away', () => {
  const directory = new URL('../../mocks/customs/refused/', import.meta.url)
  const files = readdirSync(directory)

  it.each(files.filter((name) => name.startsWith('400')))('%s', async (name) => {
    const body = readFileSync(new URL(name, directory), 'utf8')
    const response = await openOffice().request('/declarations', { method: 'POST', body })
    expect(response.status).toBe(400)
  })

  it.each(files.filter((name) => !name.startsWith('400')))('%s', async (name) => {
    const document = readFileSync(new URL(name, directory), 'utf8')
    const code = name.slice(0, 3)
    const office = openOffice()
    const text = await office.post('/declarations', document)
    expect(text).toContain(`<ResponseCode>${code}</ResponseCode>`)
    expect(text).not.toContain('<SeqNo>')
    const found = [...text.matchAll(/<Error field="\w+\.\w+" item="1?" code="(\d+)">/g)].map(([, error]) => error)
    expect([...new Set(found)]).toEqual([code])
    expect(office.effects).toEqual([])
  })

  it('every documented code of the document checks is shown by a refused file', () => {
    const specification = readFileSync(new URL('../../mocks/customs/specification.md', import.meta.url), 'utf8')
    const checks = /\n## 3\.[\s\S]*?\n## 4\./.exec(specification)?.[0] ?? ''
    const documented = [...checks.matchAll(/^\| ([1-6]\d\d) +\|/gm)].map(([, code]) => code)
    expect(documented.length).toBeGreaterThan(30)
    expect([...new Set(files.map((name) => name.slice(0, 3)))].filter((code) => code !== '400')).toEqual(documented)
  })

  it('all findings of a phase come at once, naming the goods item, and later phases wait', async () => {
    const text = await openOffice().post(
      '/declarations',
      laptops
        .replace('<FirstUnit>001', '<FirstUnit>006')
        .replace('615000.00', '615001.00')
        .replace('|示例牌|', '|示例牌'),
    )
    expect(text).toContain('<ResponseCode>401</ResponseCode>')
    expect(text).toContain('申报失败：商品序号1：,申报要素应为6至9项')
    expect(text).not.toContain('code="502"')
  })

  it('an unreadable query or body is 400', async () => {
    const office = openOffice()
    const paths = ['/mailbox?after=x', '/mailbox?limit=0', '/mailbox?limit=201', '/declarations', '/tax-bills']
    const statuses = await Promise.all(paths.map(async (path) => (await office.request(path)).status))
    expect(statuses).toEqual(paths.map(() => 400))
    const body = new Uint8Array([0x3c, 0xff, 0xfe])
    expect((await office.request('/declarations', { method: 'POST', body })).status).toBe(400)
    expect((await office.request('/payments', { method: 'POST', body: '<Pay/>' })).status).toBe(400)
  })
})

describe('references', () => {
  it('the same bytes twice have one effect and one answer', async () => {
    const office = openOffice()
    const [first, second] = [await office.post('/declarations', laptops), await office.post('/declarations', laptops)]
    expect(second).toBe(first)
    office.advance(days(4))
    expect(await office.post('/declarations', laptops)).toBe(first)
    expect(office.effects).toEqual(['declared', 'registered', 'released', 'closed'])
    expect(await office.receipts()).toHaveLength(5)
  })

  it('an inquiry gives the answer again, and says 901 of what was never taken in', async () => {
    const office = openOffice()
    const answer = await office.post('/declarations', laptops)
    const inquiry = '/declarations?copCode=501298000&clientSeqNo=E8014202623980415036'
    expect(await office.get(inquiry)).toBe(answer)
    expect(await office.get(inquiry.replace('501298000', '501298001'))).toContain('<ResponseCode>901</ResponseCode>')
  })

  it('a failed import stores nothing: the corrected one goes in under the same reference', async () => {
    const office = openOffice()
    expect(await office.declare(laptops.replace('615000.00', '615001.00'))).toMatchObject({ ResponseCode: '502' })
    expect(await office.declare(laptops)).toMatchObject({ ResponseCode: '0' })
  })

  it('a used reference, a foreign SeqNo, a declaration not returned and a turned direction are refused', async () => {
    const office = openOffice()
    const { SeqNo = '' } = await office.declare(laptops)
    expect(await office.declare(changed(laptops))).toMatchObject({ ResponseCode: '801' })
    expect(await office.declare(withSeqNo(changed(laptops), 'E20260000000000000'))).toMatchObject({
      ResponseCode: '802',
    })
    expect(await office.declare(withSeqNo(batteries, SeqNo))).toMatchObject({ ResponseCode: '802' })
    expect(await office.declare(withSeqNo(changed(laptops), SeqNo))).toMatchObject({ ResponseCode: '803' })

    const draft = openOffice()
    const saved = await draft.declare(laptops.replace('<OperType>C', '<OperType>G'))
    const turned = withSeqNo(beef, saved['SeqNo'] ?? '').replace('I8016202657609162717', 'E8014202623980415036')
    expect(await draft.declare(turned)).toMatchObject({ ResponseCode: '804' })
  })

  it('a draft of twelve elements is saved, replaced and then declared under one SeqNo', async () => {
    const office = openOffice()
    const draft = `<DecMessage xmlns="http://www.chinaport.gov.cn/dec" version="4.9"><DecHead>
      <AgentCode>5012980001</AgentCode><AgentName>行</AgentName><CopCode>501298000</CopCode><CopName>行</CopName>
      <CustomMaster>8014</CustomMaster><DeclTrnRel>0</DeclTrnRel><IEFlag>E</IEFlag><InputerName>录</InputerName>
      <TypistNo>1</TypistNo><PromiseItmes>00000</PromiseItmes><TradeAreaCode>SGP</TradeAreaCode>
      <DeclareName>报</DeclareName></DecHead><DecSign><OperType>G</OperType>
      <ClientSeqNo>E8014202623980415036</ClientSeqNo></DecSign></DecMessage>`
    const saved = await office.declare(draft)
    expect(saved).toMatchObject({ ResponseCode: '0', ErrorMessage: '暂存成功', DeclareTimes: '0' })
    const seqNo = saved['SeqNo'] ?? ''
    office.advance(days(1))
    expect(await office.receipts()).toEqual([])
    const replaced = draft.replace('<DecHead>', `<DecHead><SeqNo>${seqNo}</SeqNo>`)
    expect(await office.declare(replaced)).toMatchObject({ ResponseCode: '0', SeqNo: seqNo })
    expect(await office.declare(withSeqNo(laptops, seqNo))).toMatchObject({ SeqNo: seqNo, DeclareTimes: '1' })
    expect(office.effects).toEqual(['drafted', 'drafted-2', 'declared'])
  })

  it('two senders may use one ClientSeqNo', async () => {
    const office = openOffice()
    const mine = await office.declare(laptops)
    const theirs = await office.declare(laptops.replace('<CopCode>501298000<', '<CopCode>501298001<'))
    expect(theirs).toMatchObject({ ResponseCode: '0' })
    expect(theirs['SeqNo']).not.toBe(mine['SeqNo'])
  })
})

describe('outcomes', () => {
  const declared = outcomes.filter(({ procedure }) => procedure === 'declare')
  const expected: { readonly [magic: string]: string } = {
    INSPECT: '7 L J C P R',
    TAX: '7 L J T',
    HOLD: '7 L H P R',
    REFUSE: '7 L E',
    RETURN: '7 L Z',
    FAIL: '7 Y',
    DELETE: '7 L D',
    GUARANTEE: '7 L J K R',
    SKIPJ: '7 L P R',
    SWAP: '7 L J R P',
    UNKNOWN: '7 L f0 J P R',
    NEVER: '7',
  }

  it('the table holds exactly the documented values', () => {
    expect(declared.map(({ magic }) => magic)).toEqual(Object.keys(expected))
  })

  it.each(declared.map(({ magic }) => magic))('%s does what its row says', async (magic) => {
    const office = openOffice()
    await office.declare(withMagic(laptops, magic))
    office.advance(days(4))
    expect(channels(await office.receipts()).join(' ')).toBe(expected[magic])
  })

  it.each(['REFUSE', 'RETURN', 'FAIL'])('%s strikes once: the corrected re-declaration passes', async (magic) => {
    const office = openOffice()
    const document = withMagic(laptops, magic)
    const first = await office.post('/declarations', document)
    office.advance(days(1))
    const refused = await office.receipts()
    const seqNo = refused[0]?.['CUS_CIQ_NO'] ?? ''
    const corrected = withSeqNo(changed(document), seqNo)
    const again = await office.post('/declarations', corrected)
    expect(again).toContain(`<SeqNo>${seqNo}</SeqNo><DeclareTimes>2</DeclareTimes>`)
    expect(await office.post('/declarations', corrected)).toBe(again)
    expect(await office.post('/declarations', document)).toBe(first)
    expect(await office.get(`/declarations?copCode=501298000&clientSeqNo=EV-C.${magic}`)).toBe(again)

    office.advance(days(4))
    const second = (await office.receipts()).slice(refused.length)
    expect(channels(second)).toEqual(['7', 'L', 'J', 'P', 'R'])
    expect(second[4]?.['CUS_CIQ_NO']).toBe(seqNo)
    expect(second[4]?.['ENTRY_ID']).not.toBe(refused.at(-1)?.['ENTRY_ID'])
    expect(office.effects.filter((what) => what.startsWith('declared'))).toEqual(['declared', 'declared-2'])
  })

  it('TAX bills an export too, and goes on when it is paid', async () => {
    const office = openOffice()
    await office.declare(withMagic(laptops, 'TAX'))
    office.advance(days(1))
    const billed = (await office.receipts())[3]
    // 615,000 USD at 7.1, one percent by way of demonstration.
    expect(billed?.['NOTE']).toContain('出口关税B 43665.00元')
    expect(await office.pay(billed?.['ENTRY_ID'] ?? '', 'PAY-9', '43665.00')).toMatchObject({ errCode: '100' })
    office.advance(days(4))
    expect(channels(await office.receipts())).toEqual(['7', 'L', 'J', 'T', undefined, 'T', 'P', 'R'])
  })

  it('SWAP gives R and P one time, R the lower receipt number', async () => {
    const office = openOffice()
    await office.declare(withMagic(laptops, 'SWAP'))
    office.advance(days(4))
    const [closed, released] = (await office.receipts()).slice(-2)
    expect(closed?.['NOTICE_DATE']).toBe(released?.['NOTICE_DATE'])
    const [closedNo = '', releasedNo = ''] = office
      .files()
      .slice(-2)
      .map((name) => name.split('_')[3])
    expect(closedNo).toMatch(/^\d{18}$/)
    expect(closedNo < releasedNo).toBe(true)
  })

  it('a guarantee stands in place of the tax bill', async () => {
    const office = openOffice()
    await office.declare(beef.replace('<ChkSurety>0', '<ChkSurety>1'))
    office.advance(days(4))
    expect(channels(await office.receipts())).toEqual(['7', 'L', 'J', 'K', 'R'])
  })

  it('without magic, inspections are drawn near the published rate and name their rule', async () => {
    const office = openOffice()
    const count = 400
    for (let n = 0; n < count; n++) await office.declare(laptops.replace('E8014202623980415036', `RANDOM-${n}`))
    office.advance(days(5))
    const inspected = (await office.receipts()).filter((receipt) => receipt['CHANNEL'] === 'C')
    expect(inspected.length).toBeGreaterThan(count * 0.0057)
    expect(inspected.length).toBeLessThan(count * 0.06)
    expect(inspected[0]?.['NOTE']).toBe('查验通知：规则RND-2019，常规企业，抽查比例2.44%')
  })
})

it('every currency of the code list can be taxed', () => {
  const currencies = loadCodeList('currencies').items.map(({ code }) => code)
  expect(Object.keys(exchangeRates.cny).toSorted()).toEqual(currencies.toSorted())
})

describe('the mailbox', () => {
  it('is read in pages by the next number, and the same page twice', async () => {
    const office = openOffice()
    await office.declare(laptops)
    expect(await office.get('/mailbox')).toContain('<InBox next="0"></InBox>')
    office.advance(days(4))
    const page = await office.get('/mailbox?after=1&limit=2')
    expect(page).toContain('<InBox next="3">')
    expect(page).toMatch(/<File name="Receipt_DECCUS004_E2026\d{13}_\d{18}_\d{21}\.xml"><!\[CDATA\[<\?xml/)
    expect(await office.get('/mailbox?after=1&limit=2')).toBe(page)
    expect(await office.get('/mailbox?after=5')).toContain('<InBox next="5"></InBox>')
  })

  it('carries any file whole, even one that ends a CDATA section', async () => {
    const office = openOffice()
    office.desk.send('X', { name: 'a "b".xml', contentType: 'application/xml', body: '<a>]]></a>' })
    const [file] = readInBox(await office.get('/mailbox'))
    expect(file).toEqual({ name: 'a "b".xml', body: '<a>]]></a>' })
  })
})

it('the same requests at the same times give the same answers and receipts', async () => {
  const run = async () => {
    const office = openOffice()
    await office.declare(withMagic(laptops, 'INSPECT'))
    office.advance(days(1))
    await office.declare(batteries)
    office.advance(days(4))
    return office.get('/mailbox')
  }
  expect(await run()).toBe(await run())
})

function sample(name: string): string {
  return readFileSync(new URL(`../support/samples/${name}.xml`, import.meta.url), 'utf8')
}

function withSeqNo(document: string, seqNo: string): string {
  return document.replace('<SeqNo/>', `<SeqNo>${seqNo}</SeqNo>`)
}

function withMagic(document: string, magic: string): string {
  return document.replace(/<ClientSeqNo>[^<]+/, `<ClientSeqNo>EV-C.${magic}`)
}

/** The same declaration, corrected: other bytes. */
function changed(document: string): string {
  return document.replace('<GName>', '<GName>新')
}

type Flat = { readonly [element: string]: string }

function channels(receipts: readonly Flat[]): (string | undefined)[] {
  return receipts.map((receipt) => receipt['CHANNEL'])
}

/** Reads as a client would: the root's children, as text. */
function readFlat(xml: string): Flat {
  const parsed: unknown = new XMLParser({ parseTagValue: false, ignoreDeclaration: true }).parse(xml)
  return Object.values(parsed as { [root: string]: Flat })[0] ?? {}
}

function readInBox(xml: string): { name: string; body: string }[] {
  return [...xml.matchAll(/<File name="([^"]*)">(.*?)<\/File>/gs)].map(([, name = '', sections = '']) => ({
    name: name.replaceAll('&quot;', '"'),
    body: [...sections.matchAll(/<!\[CDATA\[(.*?)\]\]>/gs)].map(([, text]) => text).join(''),
  }))
}

/** An office at a desk whose clock moves only when told. */
function openOffice() {
  const { desk, advance, effects, posted } = fakeDesk()
  const app: Hono = customs.open(desk)
  const request = async (path: string, init?: RequestInit) => app.request(path, init)
  const get = async (path: string) => (await request(path)).text()
  const post = async (path: string, body: string) => {
    const response = await request(path, { method: 'POST', body, headers: { 'content-type': 'application/xml' } })
    expect(response.status).toBe(200)
    return response.text()
  }
  return {
    desk,
    effects,
    advance,
    request,
    get,
    post,
    declare: async (document: string) => readFlat(await post('/declarations', document)),
    pay: async (entryId: string, paySeqNo: string, traAmt: string) =>
      readFlat(
        await post(
          '/payments',
          `<TaxPayment><paySeqNo>${paySeqNo}</paySeqNo><entryId>${entryId}</entryId>` +
            `<taxHeadSeqNo>${entryId}-01</taxHeadSeqNo><traAmt>${traAmt}</traAmt></TaxPayment>`,
        ),
      ),
    files: () => posted.map(({ name }) => name),
    receipts: async () => {
      const all: Flat[] = []
      for (let after = 0; after < posted.length; after += 200)
        all.push(...readInBox(await get(`/mailbox?after=${after}&limit=200`)).map(({ body }) => readFlat(body)))
      return all
    },
  }
}

function fakeDesk() {
  let now = start
  let waiting: { due: number; act: () => void }[] = []
  const posted: Posted[] = []
  const effects: string[] = []
  const desk: Desk = {
    now: () => now,
    began: now,
    after: (delayMs, act) => void waiting.push({ due: now + delayMs, act }),
    draw: (key) => createHash('sha256').update(`seed:${key}`).digest().readUInt32BE() / 2 ** 32,
    send: (_, document) => void posted.push({ ...document, sequence: posted.length + 1 }),
    posted: (after, limit) => posted.slice(after, after + limit),
    asked: (reference) => magicOf(reference, 'C'),
    effect: (_, what) => void effects.push(what),
  }
  const advance = (ms: number) => {
    const until = now + ms
    for (;;) {
      const next = waiting.filter(({ due }) => due <= until).toSorted((a, b) => a.due - b.due)[0]
      if (next === undefined) break
      waiting = waiting.filter((entry) => entry !== next)
      now = next.due
      next.act()
    }
    now = until
  }
  return { desk, advance, effects, posted }
}
