import type { Text } from '../../../schemas/text.ts'
import type { ColumnId } from '../../fees/sheet/columns.ts'

/** How the fields of a fee are filled in 填写说明. */
export const feeHelp: { readonly [column in ColumnId]?: Text } = {
  id: {
    en: 'Stands in addresses and never changes: small letters, digits, hyphens',
    zh: '用于网址，确定后不再更改：小写字母、数字、连字符',
  },
  aliases: { en: 'As bills have it, parted by ;', zh: '账单上的其他叫法，以；分隔' },
  basis: { en: 'Id: article; id …, from the list below', zh: '编号：条款；编号……，见下方列表' },
  applies: { en: 'As sizes=20,40; states=laden. Empty: for all', zh: '如 箱型=20、40；空重=重箱。留空为全部' },
  includes: { en: 'Kinds this price covers, parted by ;', zh: '本价格已包含的项目类别，以；分隔' },
  saidEn: {
    en: 'Whose charge is handed on, or what customers are told before they agree',
    zh: '英文：代收谁的费用，或协议前应告知客户的内容',
  },
  saidZh: {
    en: 'The same in Chinese',
    zh: '代收谁的费用，或协议前应告知客户的内容',
  },
  when: { en: 'As sizes=20; directions=import', zh: '如 箱型=20；进出口=进口' },
  per: {
    en: 'As container, container×storage-day, larger(tonne,cubic-metre)',
    zh: '如 箱、箱×堆存天、择大(吨,立方米)',
  },
  steps: { en: 'As 7=0; 14=85; rest=170', zh: '如 7=0；14=85；其余=170' },
  stepOf: { en: 'What the steps are of, as detention-day', zh: '阶梯按什么计，如 用箱天' },
  exemptionWhen: { en: 'As states=empty', zh: '如 空重=空箱' },
  evidenceText: { en: 'Where this was taken from', zh: '数据取自何处' },
  telephone: { en: 'Digits, blanks and hyphens', zh: '数字、空格、连字符' },
}

/** What the form of a fee says beside its fields. */
export const feeFormWords = {
  about: { en: 'The fee', zh: '基本信息' },
  who: { en: 'Who charges, where, on what basis', zh: '收费主体与依据' },
  service: { en: 'Service and payers', zh: '服务内容与付费人' },
  price: { en: 'Price', zh: '收费标准' },
  rate: { en: 'Rate', zh: '标准' },
  exemption: { en: 'Exemption', zh: '减免' },
  exemptions: { en: 'Exemptions', zh: '减免' },
  validity: { en: 'Validity, remarks, evidence', zh: '执行日期、备注与出处' },
  moreRates: { en: 'More rates', zh: '增加收费标准' },
  moreExemptions: { en: 'More exemptions', zh: '增加减免' },
  emptied: { en: 'A rate all of whose fields are emptied is taken out.', zh: '清空一行的全部字段即删除该行。' },
  allowed: { en: 'What can be written in conditions and units', zh: '条件与计价单位的可用值' },
  kinds: { en: 'Kinds of fees', zh: '项目类别列表' },
  bases: { en: 'Bases there are', zh: '现有收费依据' },
  otherwise: { en: 'This cannot be read. Write it so:', zh: '格式不符，应填写：' },
  kept: { en: 'Nothing was saved yet. Everything you wrote is still here.', zh: '尚未保存，您填写的内容均已保留。' },
} as const satisfies Record<string, Text>
