import * as z from 'zod'
import { field, line } from '../../schemas/formats.ts'

/**
 * Reasons for amending or cancelling 修撤原因. 1 to 6: 总署令 220 (2014), art. 5 (1) to (6); 7: an error of the declarant's own, which
 * the same order lets be corrected. Numbers ours.
 */
export const reasons = {
  '1': '出口货物放行后退关、变更运输工具',
  '2': '装载、运输、存储中溢短装或灭失、短损',
  '3': '办理退补税、担保等其他海关手续',
  '4': '暂时价格成交，按实际结算修改',
  '5': '进口货物直接退运',
  '6': '计算机、网络系统等技术原因',
  '7': '操作或书写失误',
} as const
type Reason = keyof typeof reasons
const inEnglish: { readonly [reason in Reason]: string } = {
  '1': 'returned, or another conveyance, after release',
  '2': 'more, less, lost or short on the way',
  '3': 'duty paid back or in addition, guarantees',
  '4': 'provisional price settled',
  '5': 'import shipped back',
  '6': 'technical reasons',
  '7': 'slip of the pen',
}
/** Their names in both languages; English ours. */
const reasonNames = Object.fromEntries(
  Object.entries(reasons).map(([code, zh]) => [code, { en: inEnglish[code as Reason], zh }]),
)

/** What customs asks of an application to amend or cancel 修撤单 beyond the change itself (DecModMessage elements, sic). */
export const changeParticulars = z.strictObject({
  reasonCode: field(z.enum(Object.keys(reasons) as [Reason, ...Reason[]]), {
    en: 'Reason for the change',
    zh: '修撤原因',
    values: reasonNames,
  }).optional(),
  entOpName: field(line(50), {
    en: 'Contact',
    zh: '联系人',
    description: 'required to apply',
    descriptionZh: '申请必填',
  }).optional(),
  entOpTele: field(line(30), {
    en: 'Telephone',
    zh: '联系方式',
    description: 'required to apply',
    descriptionZh: '申请必填',
  }).optional(),
  checkMark: field(line(10), { en: 'Review mark', zh: '审查标识' }).optional(),
  feedDept: field(line(50), { en: 'Post', zh: '岗位' }).optional(),
  icCode: field(line(13), {
    en: "Operator's IC card",
    zh: '操作员IC卡号',
    description: 'default: that of the declaration',
    descriptionZh: '不填同申报单',
  }).optional(),
})
export type ChangeParticulars = z.infer<typeof changeParticulars>
