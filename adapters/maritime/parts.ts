import { Big } from 'big.js'
import type { Place } from '../../schemas/declaration/index.ts'
import type { Submission, WireMessage } from '../adapter.ts'
import { toShanghai } from '../instants.ts'
import { writeXml, type XmlNode } from '../xml.ts'

/** Where each procedure is handed in. Source: specification §1. */
export const paths: { readonly [procedure: string]: string } = {
  'inland-report': '/inland-reports',
  'dangerous-cargo': '/dangerous-cargo',
  'dangerous-ship': '/dangerous-ship',
  departure: '/departure-permits',
  change: '/changes',
}

/** Longest voyage number and terminal the office takes. Source: specification §3. */
export const voyageLength = 17
export const terminalLength = 20

/** A document of the office: its `Head` and what follows. */
export const documentOf = (procedure: string, root: string, submission: Submission, content: XmlNode): WireMessage => ({
  method: 'POST',
  path: paths[procedure] ?? '',
  contentType: 'application/xml',
  body: writeXml({ [root]: { Head: head(submission), ...content } }),
})

/** Asks for the state of a filing by our own number. */
export const inquiryOf = (procedure: string, { reference }: Submission): WireMessage => ({
  method: 'GET',
  path: `${paths[procedure]}/${reference}`,
})

const head = ({ messageId, reference, declaration, instant }: Submission): XmlNode => ({
  MessageId: messageId, // 报文编号
  OurReference: reference, // 申报编号
  TraderReference: declaration.functionalReferenceId, // 企业自编编号
  SubmittedAt: beijing(instant), // 提交时间
})

/** Beijing time without an offset, as the office writes it. */
export const beijing = (instant: string | undefined) =>
  instant === undefined ? undefined : toShanghai(instant).replace('T', ' ')

export const port = (at: Place | undefined): XmlNode => ({
  UNLoCode: at?.unLocode, // 港口代码
  Terminal: at?.terminal, // 码头
})

export const contact = (one: { readonly name?: string | undefined; readonly phone: string } | undefined): XmlNode => ({
  Name: one?.name, // 名称
  Phone: one?.phone, // 电话
})

/** A mass with at most four places behind the point; the canonical form has five. */
export const mass = (kg: string | undefined) => (kg === undefined ? undefined : new Big(kg).round(4).toFixed())

/** Yes or no; nothing where nothing is said. */
export const yesNo = (value: boolean | undefined) => (value === undefined ? undefined : value ? 'Y' : 'N')
