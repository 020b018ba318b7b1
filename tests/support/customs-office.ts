import { readFileSync } from 'node:fs'
import { XMLParser } from 'fast-xml-parser'
import { openDeskOffice } from '../../conformance/adapter/office.ts'
import { customs } from '../../mocks/customs/index.ts'

/** A broker's document of tests/support/samples. */
export const sampleDocument = (name: string): string =>
  readFileSync(new URL(`samples/${name}.xml`, import.meta.url), 'utf8')

export type Flat = { readonly [element: string]: string }

/** Reads as a client would: the root's children, as text. */
export function readFlat(xml: string): Flat {
  const parsed: unknown = new XMLParser({ parseTagValue: false, ignoreDeclaration: true }).parse(xml)
  return Object.values(parsed as { [root: string]: Flat })[0] ?? {}
}

const minute = 60_000
const start = Date.parse('2026-11-20T09:30:00+08:00')

/** A field of an application: code, value as it stands, value as it is to be. */
export type FieldAsked = readonly [fieldCode: string, oldValue: string, newValue: string]

/** Customs at a desk whose clock moves only when told, spoken to in its own documents. */
export function openCustoms() {
  const office = openDeskOffice(customs, start)
  let now = start
  const ask = async (method: string, path: string, body?: string) =>
    office.ask({ method, path, ...(body === undefined ? {} : { body, contentType: 'application/xml' }) })
  const post = async (path: string, body: string) => readFlat((await ask('POST', path, body)).body)
  const received = () => office.documents.map(({ body }) => readFlat(body))
  return {
    effects: office.effects,
    ask,
    get: async (path: string) => readFlat((await ask('GET', path)).body),
    declare: (document: string) => post('/declarations', document),
    modify: (document: string) => post('/modifications', document),
    /** Moves the clock on by minutes. */
    pass(minutes: number) {
      now += minutes * minute
      office.advanceTo(now)
    },
    receipts: () => received().filter((one) => one['CHANNEL'] !== undefined),
    channels: () => received().flatMap((one) => one['CHANNEL'] ?? []),
    results: () => received().filter((one) => one['FeedbackResults'] !== undefined),
  }
}

/** An application about a declaration, as its receipts name it. */
export function application(
  declared: { readonly document: string; readonly seqNo: string; readonly entryId: string },
  asked: {
    readonly kind: 'amend' | 'cancel'
    readonly number?: string
    readonly note?: string
    readonly fields?: readonly FieldAsked[]
  },
): string {
  const { document, entryId, seqNo } = declared
  const head = (element: string) => new RegExp(`<${element}>([^<]*)<`).exec(document)?.[1] ?? ''
  const items = (asked.fields ?? []).map(
    ([code, before, after], at) =>
      `<Item><No>${at + 1}</No><FieldCode>${code}</FieldCode><FieldName/><OldValue>${before}</OldValue>` +
      `<NewValue>${after}</NewValue><OldName/><NewName/></Item>`,
  )
  return (
    `<DecModMessage><DecModSeqNo/><Version>1.0</Version><DecModType>${asked.kind === 'amend' ? 1 : 2}</DecModType>` +
    `<EntryId>${entryId}</EntryId><CustomsCode>${head('CustomMaster')}</CustomsCode>` +
    `<DecModNote>${asked.note ?? '7-填报有误'}</DecModNote><DecSeqNo>${seqNo}</DecSeqNo>` +
    `<SignTime>2026112009400000</SignTime><IeFlag>${head('IEFlag')}</IeFlag><OperType>C</OperType>` +
    '<EntOpName>联系人</EntOpName><EntOpTele>023-60000000</EntOpTele>' +
    `<TradeCreditCode>${head('TradeCoScc')}</TradeCreditCode><AgentCreditCode>${head('AgentCodeScc')}</AgentCreditCode>` +
    `<ClientSeqNo>${asked.number ?? 'YC261120000000000009-1'}</ClientSeqNo><Items>${items.join('')}</Items></DecModMessage>`
  )
}
