import type { Text } from '../../schemas/text.ts'

/** Codes of this office, with what an officer says. Source: this project's, derived from the law and from open validators. */
export const codes = {
  'BI-001': { en: 'An element is missing, repeated, unknown or out of order', zh: '元素缺失、重复、未知或顺序错误' },
  'BI-002': {
    en: 'The value has not its format, is not in its list or contradicts another',
    zh: '值的格式不符、不在代码表中或相互矛盾',
  },
  'BI-101': { en: 'Name is missing', zh: '姓名缺失' },
  'BI-102': { en: 'Document number is missing or invalid', zh: '证件号码缺失或无效' },
  'BI-103': { en: 'Document expires before the journey', zh: '证件在出入境前已过期' },
  'BI-104': { en: 'Issuing state of the document is missing', zh: '证件签发国缺失' },
  'BI-105': { en: 'The same traveller stands twice', zh: '人员重复申报' },
  'BI-201': { en: 'The list came after the deadline', zh: '名单申报超过时限' },
  'BI-202': { en: 'The port is not open to this conveyance or nationality', zh: '该口岸不对此交通运输工具或国籍开放' },
  'BI-203': { en: 'The count differs from the list', zh: '人数与名单不一致' },
  'BI-204': { en: 'Not exactly one master', zh: '未指明唯一的负责人（船长、列车长、机长、驾驶员）' },
  'BI-301': { en: 'Notified as not allowed to enter or leave', zh: '被通知不准出境、入境' },
  'BI-302': { en: 'The document is reported lost or is another person’s', zh: '证件已报失或系他人证件' },
  'BI-303': { en: 'Refuses inspection', zh: '拒绝接受边防检查' },
  'BI-401': { en: 'There is no such clearance here', zh: '查无所变更的申报' },
  'BI-402': {
    en: 'It cannot be changed any more: rejected, cancelled, or the border is passed',
    zh: '该申报已退回、已撤销或已出入境，不得变更',
  },
  'BI-403': { en: 'Another change of it is not decided yet', zh: '该申报另有变更正在办理' },
  'BI-404': {
    en: 'Another conveyance or port is no correction: cancel, and declare anew',
    zh: '更换交通运输工具或口岸不属更正，请撤销后重新申报',
  },
  'BI-405': {
    en: 'More than 24 h later than cleared: formalities again; cancel, and declare anew',
    zh: '推迟超过24小时，须重新办理边防检查手续，请撤销后重新申报',
  },
  'BI-406': { en: 'The reason is not accepted', zh: '变更理由不予采纳' },
  'BI-901': { en: 'Not an EPCMessage with a readable header', zh: '不是可识别的申报报文' },
  'BI-902': { en: 'This MessageId was used for other content', zh: '该报文编号已用于其他内容' },
  'BI-903': { en: 'The earlier attempt is not refused', zh: '前次申报尚未被退回' },
  'BI-904': { en: 'No such OurReference', zh: '查无此申报' },
  'BI-905': { en: 'Larger than 1 MiB', zh: '报文超过1 MiB' },
  'BI-906': { en: 'Neither application/xml nor text/xml', zh: '内容类型应为 application/xml 或 text/xml' },
} as const satisfies { readonly [code: string]: Text }

export type BorderCode = keyof typeof codes

/** HTTP status of what is turned away before anything is taken in. */
export const refusalStatus = {
  'BI-901': 400,
  'BI-902': 409,
  'BI-903': 409,
  'BI-904': 404,
  'BI-905': 413,
  'BI-906': 415,
} as const
export type RefusalCode = keyof typeof refusalStatus

/** Statutory ground for stopping a person: 出境入境边防检查条例 Art. 8, number in brackets. */
export const groundOf = { 'BI-301': '8(7)', 'BI-302': '8(3)', 'BI-303': '8(5)' } as const
export type GroundCode = keyof typeof groundOf
