import * as z from 'zod'
import { country, day, field, line, unLocode } from '../../schemas/formats.ts'

/** Identity documents 证件种类. Source: IMO Maritime Single Window. */
const documentTypes = ['PASSPORT', 'MUSTERBOOK', 'RESIDENTIAL_PERMIT', 'PICTURE_ID', 'OTHER'] as const

const identityDocument = z.strictObject({
  typeCode: field(z.enum(documentTypes), { zh: '证件种类' }),
  number: field(z.string().regex(/^[A-Z0-9]{4,20}$/), { zh: '证件号码' }),
  issuingCountry: field(country, { zh: '签发国' }),
  issueDate: field(day, { zh: '签发日期' }).optional(),
  expiryDate: field(day, { zh: '有效期至', description: 'not before the day of the journey, Beijing time' }),
})

const person = {
  familyName: field(line(70), { zh: '姓' }),
  givenName: field(line(70), { zh: '名' }),
  nationality: field(country, { zh: '国籍' }),
  gender: field(z.enum(['MALE', 'FEMALE', 'OTHER']), { zh: '性别' }).optional(),
  dateOfBirth: field(day, { zh: '出生日期' }),
  placeOfBirth: field(line(70), { zh: '出生地' }),
  countryOfBirth: field(country, { zh: '出生国' }),
  identityDocument,
  visaNumber: field(line(35), { zh: '签证/居留许可号' }).optional(),
}

/** A member of the crew 船员/乘务员 (FAL 5). */
const crewMember = z.strictObject({
  ...person,
  rank: field(line(35), { zh: '职务', description: 'MASTER, CHIEF ENGINEER, AB, TRAIN DRIVER … (list crew-ranks)' }),
  isMaster: field(z.boolean(), {
    zh: '船长/列车长/机长/驾驶员',
    description: 'true for exactly one member of the crew; default false',
  }).optional(),
  effects: field(line(512), { zh: '船员物品', description: 'what FAL 4 asks' }).optional(),
})

/** A passenger 旅客 (FAL 6). */
const passenger = z.strictObject({
  ...person,
  portOfEmbarkation: field(unLocode, { zh: '登乘港' }),
  portOfDisembarkation: field(unLocode, { zh: '离船/下车港' }),
  inTransit: field(z.boolean(), { zh: '过境', description: 'default false' }).optional(),
})

const portCall = {
  crew: field(z.array(crewMember).min(1).max(500), { zh: '船员/乘务员名单 (FAL 5)' }).optional(),
  passengers: field(z.array(passenger).max(5000), { zh: '旅客名单 (FAL 6)', description: 'default: none' }).optional(),
}

/** What only exit inspection asks 出境边防检查. The rest of FAL 1 is the leg that leaves China. */
export const departureParticulars = z.strictObject({
  ...portCall,
  nextPort: field(unLocode, { zh: '下一港', description: 'default: where the international leg ends' }).optional(),
})

/** What only entry inspection asks 入境边防检查. The rest of FAL 1 is the leg that enters China. */
export const arrivalParticulars = z.strictObject({
  ...portCall,
  lastPort: field(unLocode, { zh: '上一港', description: 'default: where the international leg begins' }).optional(),
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
      name: field(line(70), { zh: '姓名' }),
      phone: field(z.string().regex(/^[0-9+ -]{5,20}$/), { zh: '电话' }),
    }),
    { zh: '联系人', description: 'default: none' },
  ).optional(),
})
export type ChangeParticulars = z.infer<typeof changeParticulars>
