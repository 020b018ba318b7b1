import type { Submission, WireMessage } from '../adapter.ts'
import { compactDay, toShanghai } from '../instants.ts'
import { writeXml, type XmlNode } from '../xml.ts'
import type { PermitParticulars } from './particulars.ts'

const schema = 'urn:crimsonlogic:tn:schema:xsd'

/** Which namespace a message lies in. */
interface Kind {
  readonly prefix: string
  readonly namespace: string
}

/** One message to the window, in its envelope 报文封套. */
export function envelopeOf(
  { instant, messageId }: Submission,
  agentUen: string | undefined,
  { prefix, namespace }: Kind,
  element: string,
  content: XmlNode,
): WireMessage {
  const root = {
    '@xmlns': `${schema}:TradenetDeclaration`,
    '@xmlns:cbc': `${schema}:CommonBasicComponents-2`,
    '@xmlns:cac': `${schema}:CommonAggregateComponents-2`,
    [`@xmlns:${prefix}`]: `${schema}:${namespace}`,
    '@dateTime': `${toShanghai(instant)}+08:00`, // 报送时间
    '@instanceIdentifier': messageId, // 报文编号
    'cbc:MessageVersion': '041',
    'cbc:SenderID': agentUen, // 发送方
    'cbc:RecipientID': 'SGCUSTOMS', // 接收方
    'cbc:TotalNumberOfDeclaration': '1', // 申报份数
    InboundMessage: { [`${prefix}:${element}`]: content },
  }
  return {
    method: 'POST',
    path: '/declarations',
    contentType: 'application/xml; charset=utf-8',
    body: writeXml({ TradenetDeclaration: root }),
  }
}

/** Four digits of our serial, 0001 to 9999: unique for the agent and the day. */
const dailyNumber = (serial: number): string => String(((serial - 1) % 9999) + 1).padStart(4, '0')

/** The names of a message within its header. */
export const namesOf = (
  { instant, serial, reference, declaration }: Submission,
  agentUen: string | undefined,
): XmlNode => ({
  'cac:UniqueReferenceNumber': {
    'cbc:ID': agentUen, // 申报代理 UEN
    'cbc:Date': compactDay(instant), // 报送日
    'cbc:SequenceNumeric': dailyNumber(serial), // 顺序号
  },
  'cbc:CommonAccessReference': reference, // 申报方编号
  'cbc:TraderReference': declaration.functionalReferenceId, // 企业自编编号
})

/** Who declares in Singapore, and for which agent. */
export const declarantOf = (declarant: PermitParticulars['declarant'], agent: PermitParticulars['agent']): XmlNode => ({
  'cac:DeclarantParty': {
    'cbc:ID': declarant?.id,
    'cbc:Name': declarant?.name,
    'cbc:Telephone': declarant?.telephone,
  }, // 申报人
  'cac:DeclaringAgentParty': { 'cbc:ID': agent?.uen, 'cbc:Name': agent?.name }, // 申报代理
})
