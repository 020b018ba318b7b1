import type { Text } from '../../schemas/text.ts'

/** Codes of this office, with what an officer says. Source: this project's, derived from the rules and from open validators. */
export const codes = {
  'MA-001': { en: 'An element is missing, repeated, unknown or out of order', zh: '元素缺失、重复、未知或顺序错误' },
  'MA-002': {
    en: 'The value has not its format, is not in its list or contradicts another',
    zh: '值的格式不符、不在代码表中或相互矛盾',
  },
  'MA-101': { en: 'UN number is unknown', zh: '联合国编号不存在' },
  'MA-102': { en: 'Class is not that of the UN number', zh: '类别与联合国编号不符' },
  'MA-103': {
    en: 'Packing group is missing, invalid or not foreseen for the UN number',
    zh: '包装类缺失、无效或该编号不适用包装类',
  },
  'MA-104': { en: 'Proper shipping name is vague or does not match', zh: '正确运输名称笼统或不符' },
  'MA-105': { en: 'Flash point is missing for class 3', zh: '第3类货物未填闪点' },
  'MA-106': { en: 'Marine pollutant is not marked', zh: '未标明海洋污染物' },
  'MA-107': { en: 'EmS is missing or invalid', zh: '应急措施编号（EmS）缺失或无效' },
  'MA-201': { en: 'Container packing certificate is missing', zh: '缺少集装箱装箱证明书' },
  'MA-202': { en: 'Packaging certificate is missing or expired', zh: '危险货物包装证书缺失或过期' },
  'MA-203': { en: 'Safety data sheet is missing', zh: '缺少安全技术说明书' },
  'MA-204': { en: 'Segregation conflict', zh: '隔离要求冲突' },
  'MA-205': { en: 'Forbidden on inland waters or on a passenger ship', zh: '内河或客船禁止载运' },
  'MA-206': {
    en: 'No valid cargo approval for this voyage, container and UN number',
    zh: '该航次、箱、编号无有效货报批准',
  },
  'MA-301': { en: 'Declared less than 24 h before departure', zh: '申报距开航不足24小时' },
  'MA-401': { en: 'Ship security certificate is missing or expired', zh: '国际船舶保安证书缺失或过期' },
  'MA-402': { en: 'Customs or border inspection have not cleared', zh: '海关或边检手续未办结' },
  'MA-403': { en: 'The permit has expired', zh: '许可证已过期' },
  'MA-501': { en: 'There is no such filing', zh: '查无所变更的申报' },
  'MA-502': {
    en: 'It cannot be changed any more: refused, expired, cancelled, or the ship has left',
    zh: '该申报已不予许可、过期、撤销或船舶已离港，不得变更',
  },
  'MA-503': { en: 'Another change of it is not decided yet', zh: '该申报另有变更正在办理' },
  'MA-504': {
    en: 'Another ship or voyage is no correction: take it back, and apply anew',
    zh: '更换船舶或航次不属更正，请撤销后重新申报',
  },
  'MA-505': {
    en: 'Leaves after the permit has run out: take it back, and apply anew',
    zh: '离港时间晚于许可证有效期，请撤销后重新申请',
  },
  'MA-506': {
    en: 'A ship declaration names this cargo approval: take that back first',
    zh: '船报已引用该货报，请先撤销船报',
  },
  'MA-507': { en: 'The reason is not accepted', zh: '变更理由不予采纳' },
  'MA-901': { en: 'Not the document of this endpoint, or its Head is not readable', zh: '不是本接口的可识别报文' },
  'MA-902': { en: 'This MessageId was used for other content', zh: '该报文编号已用于其他内容' },
  'MA-903': { en: 'The earlier attempt is not refused', zh: '前次申报尚未被退回' },
  'MA-904': { en: 'No such OurReference in this procedure', zh: '本业务中查无此申报' },
  'MA-905': { en: 'Larger than 1 MiB', zh: '报文超过1 MiB' },
  'MA-906': { en: 'Neither application/xml nor text/xml', zh: '内容类型应为 application/xml 或 text/xml' },
  'MA-907': { en: 'This OurReference belongs to another procedure', zh: '该编号已用于其他业务' },
} as const satisfies { readonly [code: string]: Text }

export type MaritimeCode = keyof typeof codes

/** HTTP status of what is turned away before anything is taken in. */
export const refusalStatus = {
  'MA-901': 400,
  'MA-902': 409,
  'MA-903': 409,
  'MA-904': 404,
  'MA-905': 413,
  'MA-906': 415,
  'MA-907': 409,
} as const
export type RefusalCode = keyof typeof refusalStatus
