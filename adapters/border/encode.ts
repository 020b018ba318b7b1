import type { Declaration, Place } from '../../schemas/declaration/index.ts'
import { internationalLeg } from '../../schemas/declaration/journey.ts'
import type { Recognised } from '../../schemas/recognition.ts'
import type { Change, Submission, WireMessage } from '../adapter.ts'
import { toShanghai } from '../instants.ts'
import { oneLine } from '../lines.ts'
import { writeXml, type XmlNode } from '../xml.ts'
import { conveyanceTypes, isImoNumber } from './codes.ts'
import type { ChangeParticulars, CrewMember, Particulars, Passenger, Person } from './particulars.ts'

export type BorderProcedure = 'departure' | 'arrival'

/** A declaration with particulars of one procedure. */
type Filed<P> = Pick<Submission<P>, 'declaration' | 'particulars'>

/** Longest reason of a change. Source: specification §7. */
const reasonLength = 512

/** The conveyance with its crew and passengers, as one `EPCMessage` 边检申报 (FAL 1, 5 and 6). Source: specification §3. */
export const encode = (procedure: BorderProcedure, submission: Submission<Particulars>): WireMessage =>
  messageOf(submission, {
    Procedure: procedure, // 出境/入境
    ...conveyanceAndPersons(procedure, submission),
    RecognisedResult: (submission.recognitions ?? []).map(recognised), // 互认结果
  })

/** A result of another office that stands in for boarding. Source: specification §3.1. */
const recognised = ({ id, agency, category, number, at, until, check }: Recognised): XmlNode => ({
  ResultId: id, // 互认结果编号
  Authority: agency, // 作出部门
  Category: category, // 类别
  Number: number, // 部门编号
  At: beijing(at), // 作出时间
  Until: beijing(until), // 有效期至
  Check: check, // 所替代的检查
})

/** What is to stand in place of a filing 修改, whole. Source: specification §7. */
export function encodeAmendment(submission: Submission<ChangeParticulars | undefined>): WireMessage {
  const { change, after, procedure } = amended(submission)
  return messageOf(submission, {
    MessageFunction: '5', // 报文功能：替换
    Change: changeOf(change, submission.particulars), // 变更
    Procedure: procedure, // 出境/入境
    ...conveyanceAndPersons(procedure, after),
  })
}

/** Takes a filing back 撤销. Source: specification §7. */
export function encodeCancellation(submission: Submission<ChangeParticulars | undefined>): WireMessage {
  const { change } = submission
  if (change === undefined) throw new Error('A cancellation without a filing to cancel')
  return messageOf(submission, {
    MessageFunction: '1', // 报文功能：撤销
    Change: changeOf(change, submission.particulars), // 变更
    Procedure: change.procedure, // 出境/入境
  })
}

function amended({ change }: Submission): {
  change: Change
  after: { declaration: Declaration; particulars: Particulars }
  procedure: BorderProcedure
} {
  if (change?.after === undefined) throw new Error('An amendment without what is to be')
  const { declaration, particulars } = change.after
  return {
    change,
    after: { declaration, particulars: particulars as Particulars },
    procedure: change.procedure as BorderProcedure,
  }
}

const messageOf = ({ messageId, reference, declaration, instant }: Submission, body: XmlNode): WireMessage => ({
  method: 'POST',
  path: '/clearances',
  contentType: 'application/xml',
  body: writeXml({
    EPCMessage: {
      '@version': '1.0',
      EPCMessageHeader: {
        MessageId: messageId, // 报文编号
        OurReference: reference, // 申报编号
        TraderReference: declaration.functionalReferenceId, // 企业自编编号
        SentAt: beijing(instant), // 发送时间
      },
      EPCRequestBody: body,
    },
  }),
})

const changeOf = ({ reference, references, reason }: Change, particulars: ChangeParticulars | undefined): XmlNode => ({
  OurReference: reference, // 原申报编号
  ClearanceNumber: references.findLast(({ scheme }) => scheme === 'clearance-number')?.value, // 原边检放行编号
  Reason: oneLine(reason, reasonLength), // 变更理由
  Contact: particulars?.contact && { Name: particulars.contact.name, Phone: particulars.contact.phone }, // 联系人
})

const conveyanceAndPersons = (procedure: BorderProcedure, filed: Filed<Particulars>): XmlNode => ({
  PortCall: portCall(procedure, filed), // 总申报单
  PersonsOnBoard: {
    CrewMember: (filed.particulars.crew ?? []).map(crewMember), // 船员名单
    Passenger: (filed.particulars.passengers ?? []).map(passenger), // 旅客名单
  },
})

/** Asks for the state of a filing by our own number. */
export const encodeInquiry = ({ reference }: Submission): WireMessage => ({
  method: 'GET',
  path: `/clearances/${reference}`,
})

function portCall(procedure: BorderProcedure, { declaration, particulars }: Filed<Particulars>): XmlNode {
  const leg = internationalLeg(declaration)?.leg
  const { conveyance } = leg ?? {}
  const type = conveyanceTypes[leg?.modeCode ?? '']
  const byImo = type === 'SHIP' && isImoNumber(conveyance?.id ?? '')
  const leaves = procedure === 'departure'
  return {
    Conveyance: {
      Type: type, // 交通运输工具种类
      Name: conveyance?.name, // 名称
      ImoNumber: byImo ? conveyance?.id : undefined, // IMO编号
      RegistrationId: byImo ? undefined : conveyance?.id, // 车次/机号/车牌
      CallSign: conveyance?.callSign, // 呼号
      Flag: conveyance?.flagCountry, // 船旗国
    },
    Voyage: leg?.voyageNumber, // 航次/车次/航班
    Port: place(leaves ? leg?.from : leg?.to), // 口岸
    LastPort: leaves ? undefined : (portOf(particulars.lastPort) ?? place(leg?.from)), // 上一港
    NextPort: leaves ? (portOf(particulars.nextPort) ?? place(leg?.to)) : undefined, // 下一港
    ETA: leaves ? undefined : beijing(leg?.arrivalDateTime), // 预计抵达时间
    ETD: leaves ? beijing(leg?.departureDateTime) : undefined, // 预计离开时间
    CrewCount: String(particulars.crew?.length ?? 0), // 船员人数
    PassengerCount: String(particulars.passengers?.length ?? 0), // 旅客人数
  }
}

const crewMember = (member: CrewMember, at: number): XmlNode => ({
  ...person(member, at),
  RankOrRating: member.rank, // 职务
  Master: member.isMaster ? 'true' : undefined, // 船长/列车长/机长/驾驶员
  ...document(member),
  CrewEffects: member.effects, // 船员物品
})

const passenger = (traveller: Passenger, at: number): XmlNode => ({
  ...person(traveller, at),
  ...document(traveller),
  EmbarkationPort: portOf(traveller.portOfEmbarkation), // 登乘港
  DebarkationPort: portOf(traveller.portOfDisembarkation), // 离船港
  Transit: String(traveller.inTransit ?? false), // 过境
})

const person = (one: Person, at: number): XmlNode => ({
  SequenceNumber: String(at + 1), // 序号
  Name: { FamilyName: one.familyName, GivenName: one.givenName }, // 姓、名
  Nationality: one.nationality, // 国籍
  Gender: one.gender, // 性别
  DateOfBirth: one.dateOfBirth, // 出生日期
  PlaceOfBirth: one.placeOfBirth, // 出生地
  CountryOfBirth: one.countryOfBirth, // 出生国
})

const document = ({ identityDocument, visaNumber }: Person): XmlNode => ({
  IdDocument: {
    Type: identityDocument.typeCode, // 证件种类
    IdNumber: identityDocument.number, // 证件号码
    IssuingNation: identityDocument.issuingCountry, // 签发国
    IssueDate: identityDocument.issueDate, // 签发日期
    ExpirationDate: identityDocument.expiryDate, // 有效期至
  },
  VisaNumber: visaNumber, // 签证/居留许可号
})

/** The first two letters of a UN/LOCODE are its country. */
const portOf = (code: string | undefined): XmlNode | undefined =>
  code === undefined ? undefined : { CountryCode: code.slice(0, 2), UNLoCode: code }

const place = (at: Place | undefined) => portOf(at?.unLocode)

const beijing = (instant: string | undefined) => (instant === undefined ? undefined : `${toShanghai(instant)}+08:00`)
