import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Unintelligible } from '../../adapters/adapter.ts'
import { channels } from '../../adapters/customs/codes.ts'
import { sections } from '../../adapters/customs/elements.ts'
import { customs } from '../../adapters/customs/index.ts'
import { readXml, type XmlNode } from '../../adapters/xml.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { receipt } from '../../schemas/receipt.ts'
import { declare, enter, golden, goldenDeclaration, goldenText, submissionOf, texts } from '../support/customs.ts'

const procedureOf = (name: string) =>
  (JSON.parse(goldenText(`${name}/submission.json`)) as { procedure: string }).procedure
const cases = readdirSync(golden).filter((name) => name !== 'replies' && procedureOf(name) === 'declare')
const replies = readdirSync(new URL('replies/declare/', golden))
const said = (body: string, status = 200) => customs.decode({ status, contentType: 'application/xml', body })

describe('goldens', () => {
  test.each(cases)('%s encodes to the bytes that were read and kept', (name) => {
    const { procedure: _, ...submission } = JSON.parse(goldenText(`${name}/submission.json`)) as { procedure: string }
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
    const [first, ...others] = said(goldenText(`replies/declare/${file}`))
    expect(others).toEqual([])
    expect(receipt.parse(first)).toEqual(first)
    const brings = file.split('.').at(-2) ?? ''
    const shown = first?.sets === undefined ? (first?.status ?? 'unrecognised') : `hold-${first.sets.join('-')}`
    expect(shown).toBe(brings)
  })

  test('the golden replies show exactly the statuses that are claimed', () => {
    const shown = replies.flatMap((file) =>
      said(goldenText(`replies/declare/${file}`)).flatMap(({ status }) => status ?? []),
    )
    expect(new Set(shown)).toEqual(new Set(declare.statuses))
    expect(new Set(Object.values(channels).map(({ status }) => status))).toEqual(new Set(declare.statuses))
  })

  test('a refusal is an answer: every error with its element and item', () => {
    expect(said(goldenText('replies/declare/import-response.refused.xml'))).toEqual([
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
    expect(said(goldenText('replies/declare/stored.registered.xml'))[0]).toEqual({
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
    expect(said(goldenText('replies/declare/reviewed.in-review.xml'))[0]?.lifts).not.toContain('payment-due')
    expect(said(goldenText('replies/declare/reviewed.in-review.xml'))[0]?.lifts).toContain('inspection')
    expect(said(goldenText('replies/declare/released.approved.xml'))[0]?.lifts).toContain('payment-due')
  })

  test('a channel like an object’s own property moves nothing', () => {
    const body = goldenText('replies/declare/closed.closed.xml').replace('>R<', '>constructor<')
    expect(said(body)[0]).not.toHaveProperty('status')
    expect(said(body)[0]?.code).toBe('constructor')
  })

  test('an inquiry for something never taken in gives nothing', () => {
    const body = goldenText('replies/declare/import-response.refused.xml').replace('>403<', '>901<')
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
    const released = goldenText('replies/declare/released.approved.xml').replace('放行', 'a &amp; b &lt; ]]> 放行')
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
