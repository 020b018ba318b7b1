import { describe, expect, test } from 'vitest'
import type { Change, Procedure, Submission } from '../../adapters/adapter.ts'
import { differencesOf } from '../../adapters/customs/difference.ts'
import { customs } from '../../adapters/customs/index.ts'
import type { ChangeParticulars } from '../../adapters/customs/particulars-change.ts'
import { readXml, type XmlNode } from '../../adapters/xml.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import type { FilingStatus } from '../../schemas/status.ts'
import { goldenDeclaration, goldenText, particularsOf, texts } from '../support/customs.ts'

const amendment = customs.procedures['amendment'] as unknown as Procedure<ChangeParticulars>
const cancellation = customs.procedures['cancellation'] as unknown as Procedure<ChangeParticulars>
const said = (body: string) => customs.decode({ status: 200, contentType: 'application/xml', body })
const declared = goldenDeclaration('export-one-item')
const imported = goldenDeclaration('import-two-items')
const asked: ChangeParticulars = { reasonCode: '7', entOpName: '联系人', entOpTele: '023-60000000' }

/** A change of the laptops: what is done to the declaration, and how its filing stands. */
function changeOf(amend: (declaration: Declaration) => void, more: Partial<Change> = {}, of = declared): Change {
  const after = structuredClone(of)
  amend(after)
  return {
    reference: 'YC261120000000000001',
    messageId: 'YC261120000000000001-1',
    serial: 1,
    procedure: 'declare',
    status: 'in-review',
    references: [
      { scheme: 'unified-number', value: 'E20260000123456789' },
      { scheme: 'entry-number', value: '801420260123456789' },
    ],
    before: { declaration: of, particulars: particularsOf(of) },
    after: { declaration: after, particulars: particularsOf(after) },
    reason: '填报有误',
    ...more,
  }
}
const { after: _, ...withdrawn } = changeOf(() => undefined)
const codesOf = (change: Change, particulars = asked) =>
  amendment
    .check(change.after?.declaration ?? declared, particulars, { change })
    .map(({ pointer, code }) => [pointer, code])
const wireOf = (procedure: Procedure<ChangeParticulars>, change: Change, more: Partial<Submission> = {}) =>
  procedure.encode({
    declaration: change.after?.declaration ?? declared,
    particulars: asked,
    reference: 'YC261120000000000009',
    messageId: 'YC261120000000000009-1',
    serial: 9,
    references: {},
    attempt: 1,
    instant: '2026-11-20T01:46:20.500Z',
    change,
    ...more,
  } as Submission<ChangeParticulars>)
const itemsOf = (body: string | undefined) => {
  const { Items } = readXml(body ?? '')['DecModMessage'] as XmlNode
  const rows = (Items as XmlNode)['Item']
  return (Array.isArray(rows) ? rows : [rows]) as { [element: string]: string }[]
}

describe('the application', () => {
  test('names the declaration by both numbers, the change by ours, and why', () => {
    const { body, method, path } = wireOf(
      amendment,
      changeOf((d) => void (d.remarks = '更正')),
    )
    expect([method, path]).toEqual(['POST', '/modifications'])
    expect(texts(readXml(body ?? ''))).toMatchObject({
      '/DecModMessage/DecModType': '1',
      '/DecModMessage/EntryId': '801420260123456789',
      '/DecModMessage/DecSeqNo': 'E20260000123456789',
      '/DecModMessage/DecModNote': '7-填报有误',
      '/DecModMessage/SignTime': '2026112009462050',
      '/DecModMessage/ClientSeqNo': 'YC261120000000000009-1',
    })
  })

  test('gives both values of a coded field, and what the code lists call them', () => {
    const road = changeOf((d) => {
      const [leg] = d.goodsShipment.consignment.legs
      if (leg !== undefined) leg.modeCode = '3'
    })
    expect(itemsOf(wireOf(amendment, road).body).find(({ FieldCode }) => FieldCode === 'DecHead.TrafMode')).toEqual({
      No: '1',
      FieldCode: 'DecHead.TrafMode',
      FieldName: '运输方式代码',
      OldValue: '2',
      NewValue: '4',
      OldName: '水路运输',
      NewName: '公路运输',
    })
  })

  test('a change of goods names the item by its number', () => {
    const renamed = changeOf(
      (d) => {
        const second = d.goodsShipment.items[1]
        if (second !== undefined) second.name = '塑料托架'
      },
      {},
      imported,
    )
    expect(itemsOf(wireOf(amendment, renamed).body)).toEqual([
      {
        No: '1',
        FieldCode: 'DecList.2.GName',
        FieldName: '商品序号2：商品名称',
        OldValue: '塑料支架',
        NewValue: '塑料托架',
        OldName: '',
        NewName: '',
      },
    ])
  })

  test('an item that goes is emptied, one that comes is filled, field by field', () => {
    const before = readXml(goldenText('import-two-items/submit.xml'))['DecMessage'] as XmlNode
    const [first] = (before['DecLists'] as XmlNode)['DecList'] as XmlNode[]
    const after = { ...before, DecLists: { DecList: [first as XmlNode] } }
    const gone = differencesOf(before, after)
    expect(gone.every(({ fieldCode, newValue }) => fieldCode.startsWith('DecList.2.') && newValue === '')).toBe(true)
    const come = differencesOf(after, before)
    expect(come.map(({ fieldCode, newValue }) => [fieldCode, newValue])).toEqual(
      gone.map(({ fieldCode, oldValue }) => [fieldCode, oldValue]),
    )
    expect(gone.map(({ fieldCode }) => fieldCode)).toContain('DecList.2.CodeTS')
  })

  test('the signature and the computed tax are no part of it', () => {
    const plain = { DecHead: { BillNo: 'A' }, DecSign: { SignDate: '1' }, SddTax: { SddTaxHead: { DDate: '1' } } }
    const signed = { DecHead: { BillNo: 'A' }, DecSign: { SignDate: '2' }, SddTax: { SddTaxHead: { DDate: '2' } } }
    expect(differencesOf(plain, signed)).toEqual([])
  })

  test('a cancellation has no fields', () => {
    const { body } = wireOf(cancellation, withdrawn)
    expect(texts(readXml(body ?? ''))).toMatchObject({ '/DecModMessage/DecModType': '2', '/DecModMessage/Items': '' })
  })

  test('an inquiry asks by our own number of the attempt', () => {
    expect(amendment.encodeInquiry({ messageId: 'YC261120000000000009-2' } as Submission<ChangeParticulars>)).toEqual({
      method: 'GET',
      path: '/modifications?clientSeqNo=YC261120000000000009-2',
    })
  })
})

describe('what customs would refuse', () => {
  test('nothing of an ordinary amendment', () => {
    expect(codesOf(changeOf((d) => void (d.remarks = '更正')))).toEqual([])
  })

  test.each([
    ['/direction', (d: Declaration) => void (d.direction = 'import')],
    ['/declarationOfficeId', (d: Declaration) => void (d.declarationOfficeId = '8007')],
    ['/agent/id', (d: Declaration) => void (d.agent.id = '91500106MA5U0C102B')],
    [
      '/goodsShipment/exporter/id',
      (d: Declaration) => void (d.goodsShipment.exporter && (d.goodsShipment.exporter.id = '91500112MA5U0B0037')),
    ],
    ['/goodsShipment/supervisionMode', (d: Declaration) => void (d.goodsShipment.supervisionMode = '0615')],
  ])('%s is never amended', (pointer, amend) => {
    expect(codesOf(changeOf(amend))).toContainEqual([pointer, 'not-amendable'])
  })

  test('a change customs is told nothing of', () => {
    const unseen = changeOf((d) => void (d.goodsShipment.invoice = { id: 'INV-2' }))
    expect(codesOf(unseen)).toEqual([['/goodsShipment', 'nothing-changed']])
  })

  test('a reason that does not fit the declaration or how it stands', () => {
    const remark = (d: Declaration) => void (d.remarks = '更正')
    const pointer = '/particulars/customs/amendment/reasonCode'
    const as = (reasonCode: ChangeParticulars['reasonCode'], status: FilingStatus, of = declared) =>
      codesOf(changeOf(remark, { status }, of), { ...asked, reasonCode })
    expect(as('1', 'in-review')).toEqual([[pointer, 'reason-differs']])
    expect(as('1', 'approved')).toEqual([])
    expect(as('1', 'approved', imported)).toEqual([[pointer, 'reason-differs']])
    expect(as('5', 'approved')).toEqual([[pointer, 'reason-differs']])
    expect(as('5', 'approved', imported)).toEqual([])
  })

  test('a reason longer than the application takes', () => {
    const change = (length: number) => changeOf((d) => void (d.remarks = '更正'), { reason: '因'.repeat(length) })
    expect(codesOf(change(253))).toEqual([])
    expect(codesOf(change(254))).toEqual([['/reason', 'not-mappable']])
  })

  test('the cancellation of an export that has left', () => {
    const issues = (status: FilingStatus) =>
      cancellation.check(declared, asked, { change: { ...withdrawn, status } }).map(({ code }) => code)
    expect(issues('approved')).toEqual([])
    expect(issues('closed')).toEqual(['not-cancellable'])
  })
})

test('it waits for who may be asked and why, and until customs has given its number', () => {
  const pointers = (
    procedure: Procedure<ChangeParticulars>,
    particulars: ChangeParticulars | undefined,
    change?: Change,
  ) => procedure.missing(declared, particulars, change === undefined ? {} : { change }).map(({ pointer }) => pointer)
  expect(pointers(amendment, undefined)).toEqual(
    ['reasonCode', 'entOpName', 'entOpTele'].map((name) => `/particulars/customs/amendment/${name}`),
  )
  for (const procedure of [amendment, cancellation]) expect(procedure.changeableFrom).toBe('registered')
  expect(pointers(cancellation, asked, withdrawn)).toEqual([])
})

describe('what becomes of it', () => {
  const reply = (name: string) => said(goldenText(`replies/amendment/${name}.xml`))[0]

  test('names the application, never the declaration', () => {
    expect(reply('granted.approved')).toEqual({
      references: [
        { scheme: 'filing', value: 'YC261120000000000011' },
        { scheme: 'message', value: 'YC261120000000000011-1' },
        { scheme: 'modification-number', value: 'M20260000555666777' },
      ],
      status: 'approved',
      code: '4',
      text: '同意修改',
      at: '2026-11-20T09:50:00+08:00',
      lifts: ['supplement', 'suspended'],
      details: { declarationNumber: '801420260123456789', unifiedNumber: 'E20260000123456789' },
    })
  })

  test('part of it granted is no grant', () => {
    expect(reply('partly-granted.refused')).toMatchObject({ status: 'refused', code: '7' })
    expect(reply('partly-granted.refused')?.text).toContain('DecHead.NoteS')
  })

  test('a result nobody published moves nothing', () => {
    expect(reply('unpublished-result.unrecognised')).not.toHaveProperty('status')
    const odd = goldenText('replies/amendment/granted.approved.xml').replace('>4<', '>constructor<')
    expect(said(odd)[0]).not.toHaveProperty('status')
  })

  test('a refusal at once brings every error with its field', () => {
    expect(reply('response.refused')).toMatchObject({
      status: 'refused',
      code: '811',
      details: { errors: [{ field: 'DecHead.TrafMode', item: '1', code: '811' }] },
    })
  })

  test('an inquiry for what never came gives nothing', () => {
    expect(said(goldenText('replies/amendment/response.refused.xml').replace('>811<', '>901<'))).toEqual([])
  })
})
