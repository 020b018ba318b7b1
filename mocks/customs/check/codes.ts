import { type CodeListId, findCode, findCodes } from '../../../schemas/codes/index.ts'
import { type Finding, finding, type Message, rowsOf, stepOf, textOf } from '../message.ts'

/** Which code list 参数表 each element is looked up in. */
const listed: { readonly [field: string]: CodeListId } = {
  'DecHead.CustomMaster': 'customs-offices',
  'DecHead.IEPort': 'customs-offices',
  'DecHead.TradeMode': 'supervision-modes',
  'DecHead.CutMode': 'levy-natures',
  'DecHead.TransMode': 'trade-terms',
  'DecHead.TrafMode': 'transport-modes',
  'DecHead.WrapType': 'packaging',
  'DecHead.TradeCountry': 'countries',
  'DecHead.TradeAreaCode': 'countries',
  'DecHead.DistinatePort': 'foreign-ports',
  'DecHead.DespPortCode': 'foreign-ports',
  'DecHead.EntyPortCode': 'domestic-ports',
  'DecHead.FeeCurr': 'currencies',
  'DecHead.InsurCurr': 'currencies',
  'DecHead.OtherCurr': 'currencies',
  'DecList.DutyMode': 'duty-modes',
  'DecList.GUnit': 'units',
  'DecList.FirstUnit': 'units',
  'DecList.SecondUnit': 'units',
  'DecList.TradeCurr': 'currencies',
  'DecList.OriginCountry': 'countries',
  'DecList.DestinationCountry': 'countries',
  'DecList.DistrictCode': 'domestic-districts',
  'DecList.DestCode': 'admin-divisions',
  'DecList.Purpose': 'purposes',
  'DecList.DangPackSpec': 'dangerous-packaging',
  'Container.ContainerMd': 'container-specs',
  'LicenseDocu.DocuCode': 'certificate-types',
  'DecGoodsLimit.LicWrtofQtyUnit': 'units',
  'DecOtherPack.PackType': 'packaging',
}

const documentKinds = 'ML SD LY CL SS SW SZ SM SL MF MK MT TT IT EX EC MU AL BL H1 H2'.split(' ').join('|')

/** Flags and their values. Position 3 of Type names the step 两步申报 (5, 6); blanks in front may be trimmed. */
const flags: { readonly [field: string]: RegExp } = {
  'DecHead.IEFlag': /^[IE]$/,
  'DecHead.EdiId': /^[1356]$/,
  'DecHead.EntryType': /^[0LWDM]$/,
  'DecHead.DeclTrnRel': /^[01]$/,
  'DecHead.FeeMark': /^[123]$/,
  'DecHead.InsurMark': /^[123]$/,
  'DecHead.OtherMark': /^[123]$/,
  'DecHead.ChkSurety': /^[01]$/,
  'DecHead.BillType': /^[1-4]$/,
  'DecHead.Type': new RegExp(
    `^(?:Z|(?:Z |${documentKinds}| {2})?(?:[056 ].{0,3})?|(?:Z |${documentKinds}| {2})?[056 ].{3}[ Z])$`,
  ),
  'Container.LclFlag': /^[01]$/,
  'DecList.NoDangFlag': /^[01]$/,
  'SddTaxDetail.TaxType': /^[AYL]$/,
}

/** Phase 2 代码: every filled code is one of its list. */
export function checkCodes(message: Message): Finding[] {
  const found: Finding[] = []
  for (const row of message.rows)
    for (const [element, text] of row.texts) {
      const field = `${row.section}.${element}`
      const list = listed[field]
      if (text === '') continue
      if (list !== undefined && findCode(list, text) === undefined)
        found.push(finding(row, element, 201, `${element}代码${text}不在参数表内`))
      if (flags[field]?.test(text) === false) found.push(finding(row, element, 202, `${element}的值${text}不允许`))
    }
  const direction = textOf(message.head, 'IEFlag')
  if (stepOf(message) !== '' && direction === 'E')
    found.push(finding(message.head, 'Type', 202, '两步申报只适用于进口'))
  for (const row of rowsOf(message, 'DecGoodsLimit')) {
    const type = textOf(row, 'LicTypeCode')
    if (type !== '' && !findCodes('goods-permit-types', type).some(({ ie }) => ie === direction))
      found.push(finding(row, 'LicTypeCode', 201, `许可证类别代码${type}不在参数表内，或不属于本进出口方向`))
  }
  return found
}
