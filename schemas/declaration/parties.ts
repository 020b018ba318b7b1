import * as z from 'zod'
import { country, creditCode, field, line } from '../formats.ts'

/** A firm in China, known by its unified social credit code; customs also gives it a registration code of its own. */
export const domesticParty = z.strictObject({
  id: field(creditCode, {
    en: 'Unified social credit code',
    zh: '统一社会信用代码',
    description: '18 characters, GB 32100',
    descriptionZh: '18位（GB 32100）',
  }),
  name: field(line(70), { en: 'Name', zh: '名称' }),
  customsRegistrationId: field(z.string().regex(/^[0-9A-Z]{9,10}$/), {
    en: 'Customs registration',
    zh: '海关注册编码',
    agencies: ['customs'],
    description: '10 characters; the 9-character organisation code for whoever keys the document in',
    descriptionZh: '10位；录入单位为9位组织机构代码',
  }).optional(),
})
export type DomesticParty = z.infer<typeof domesticParty>

/** A firm abroad. `id` is its AEO code where customs recognises one (AEO 互认). */
export const overseasParty = z.strictObject({
  id: field(line(50), { en: 'AEO code', zh: 'AEO 企业编码' }).optional(),
  name: field(line(100), { en: 'Name', zh: '企业名称（外文）' }).optional(),
  nameZh: field(line(150), { en: 'Name in Chinese', zh: '企业名称（中文）' }).optional(),
  address: field(line(100), { en: 'Address', zh: '地址' }).optional(),
  countryCode: field(country, { en: 'Country or region', zh: '国家（地区）' }).optional(),
})
export type OverseasParty = z.infer<typeof overseasParty>

/** The person who declares 报关人员. */
export const declarant = z.strictObject({
  id: field(line(17), {
    row: 22,
    en: 'Declarant number',
    zh: '报关人员编号',
    wco: 'R123',
    agencies: ['customs'],
  }).optional(),
  name: field(line(30), {
    row: 23,
    en: 'Name of the declarant',
    zh: '申报人员姓名',
    wco: 'R124',
    agencies: ['customs'],
  }),
})

export const agent = field(domesticParty, {
  row: 24,
  en: 'Agent',
  zh: '申报单位',
  wco: 'R004',
  agencies: ['customs', 'singapore'],
})
export const submitter = field(domesticParty, {
  row: 27,
  en: 'Submitter',
  zh: '录入单位',
  wco: 'R059',
  agencies: ['customs'],
})
