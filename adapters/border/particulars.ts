import * as z from 'zod'
import { choosing, country, day, field, line, unLocode } from '../../schemas/formats.ts'

/** Identity documents 证件种类. Source: IMO Maritime Single Window. */
const documentTypes = ['PASSPORT', 'MUSTERBOOK', 'RESIDENTIAL_PERMIT', 'PICTURE_ID', 'OTHER'] as const

const documentNames = {
  PASSPORT: { en: 'passport', zh: '护照' },
  MUSTERBOOK: { en: "seafarer's book", zh: '海员证' },
  RESIDENTIAL_PERMIT: { en: 'residence permit', zh: '居留证件' },
  PICTURE_ID: { en: 'identity card', zh: '身份证' },
  OTHER: { en: 'other', zh: '其他' },
}
const genders = {
  MALE: { en: 'male', zh: '男' },
  FEMALE: { en: 'female', zh: '女' },
  OTHER: { en: 'other', zh: '其他' },
}

const identityDocument = z.strictObject({
  typeCode: field(z.enum(documentTypes), { en: 'Kind of document', zh: '证件种类', values: documentNames }),
  number: field(z.string().regex(/^[A-Z0-9]{4,20}$/), { en: 'Document number', zh: '证件号码' }),
  issuingCountry: field(country, { en: 'Issuing country', zh: '签发国' }),
  issueDate: field(day, { en: 'Day of issue', zh: '签发日期' }).optional(),
  expiryDate: field(day, {
    en: 'Valid until',
    zh: '有效期至',
    description: 'not before the day of the journey, Beijing time',
    descriptionZh: '不早于行程当日（北京时间）',
  }),
})

const person = {
  familyName: field(line(70), { en: 'Family name', zh: '姓' }),
  givenName: field(line(70), { en: 'Given name', zh: '名' }),
  nationality: field(country, { en: 'Nationality', zh: '国籍' }),
  gender: field(z.enum(['MALE', 'FEMALE', 'OTHER']), { en: 'Gender', zh: '性别', values: genders }).optional(),
  dateOfBirth: field(day, { en: 'Date of birth', zh: '出生日期' }),
  placeOfBirth: field(line(70), { en: 'Place of birth', zh: '出生地' }),
  countryOfBirth: field(country, { en: 'Country of birth', zh: '出生国' }),
  identityDocument: field(identityDocument, { en: 'Identity document', zh: '身份证件' }),
  visaNumber: field(line(35), { en: 'Visa or residence permit', zh: '签证/居留许可号' }).optional(),
}

/** A member of the crew 船员/乘务员 (FAL 5). */
const crewMember = z.strictObject({
  ...person,
  rank: field(choosing(line(35), 'crew-ranks'), {
    en: 'Rank',
    zh: '职务',
    description: 'MASTER, CHIEF ENGINEER, AB, TRAIN DRIVER … (list crew-ranks)',
    descriptionZh: '如 MASTER、CHIEF ENGINEER、AB、TRAIN DRIVER',
  }),
  isMaster: field(z.boolean(), {
    en: 'Master, train manager, captain or driver',
    zh: '船长/列车长/机长/驾驶员',
    description: 'true for exactly one member of the crew; default false',
    descriptionZh: '全体人员中仅一人选“是”；不填为否',
  }).optional(),
  effects: field(line(512), {
    en: "Crew's effects",
    zh: '船员物品',
    description: 'what FAL 4 asks',
    descriptionZh: 'FAL 4 要求的内容',
  }).optional(),
})

/** A passenger 旅客 (FAL 6). */
const passenger = z.strictObject({
  ...person,
  portOfEmbarkation: field(unLocode, { en: 'Port of embarkation', zh: '登乘港' }),
  portOfDisembarkation: field(unLocode, { en: 'Port of disembarkation', zh: '离船/下车港' }),
  inTransit: field(z.boolean(), {
    en: 'In transit',
    zh: '过境',
    description: 'default false',
    descriptionZh: '不填为否',
  }).optional(),
})

const portCall = {
  crew: field(z.array(crewMember).min(1).max(500), {
    en: 'Crew list (FAL 5)',
    zh: '船员/乘务员名单 (FAL 5)',
  }).optional(),
  passengers: field(z.array(passenger).max(5000), {
    en: 'Passenger list (FAL 6)',
    zh: '旅客名单 (FAL 6)',
    description: 'default: none',
    descriptionZh: '不填为无',
  }).optional(),
}

/** What only exit inspection asks 出境边防检查. The rest of FAL 1 is the leg that leaves China. */
export const departureParticulars = z.strictObject({
  ...portCall,
  nextPort: field(unLocode, {
    en: 'Next port',
    zh: '下一港',
    description: 'default: where the international leg ends',
    descriptionZh: '不填取国际段终点',
  }).optional(),
})

/** What only entry inspection asks 入境边防检查. The rest of FAL 1 is the leg that enters China. */
export const arrivalParticulars = z.strictObject({
  ...portCall,
  lastPort: field(unLocode, {
    en: 'Last port',
    zh: '上一港',
    description: 'default: where the international leg begins',
    descriptionZh: '不填取国际段起点',
  }).optional(),
})

export type Person = z.infer<typeof crewMember> | z.infer<typeof passenger>
export type CrewMember = z.infer<typeof crewMember>
export type Passenger = z.infer<typeof passenger>

/** Particulars of either procedure: the port abroad is named by the direction of travel. */
export type Particulars = z.infer<typeof departureParticulars> & z.infer<typeof arrivalParticulars>

/** What only a change asks 变更: who answers the office's questions. */
export const changeParticulars = z.strictObject({
  contact: field(
    z.strictObject({
      name: field(line(70), { en: 'Name', zh: '姓名' }),
      phone: field(z.string().regex(/^[0-9+ -]{5,20}$/), { en: 'Telephone', zh: '电话' }),
    }),
    { en: 'Contact', zh: '联系人', description: 'default: none', descriptionZh: '不填为无' },
  ).optional(),
})
export type ChangeParticulars = z.infer<typeof changeParticulars>
