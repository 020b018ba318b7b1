/** What the window checks before anybody decides (DCS): each rule says one thing and lists every place where it is broken. */
import { Big } from 'big.js'
import { loadCodeList } from '../../schemas/codes/index.ts'
import type { Declaration, Item } from './read.ts'
import { controlOf, gstRate, incoterms, sgdRates, travelDays, units } from './tables.ts'
import { dayMs, singaporeDay, startOfDay } from './time.ts'
import { isUen } from './uen.ts'

const errorTexts = {
  E17001: 'Duplicate declaration number',
  E20001: 'Mandatory element missing, element not allowed, or out of order',
  E20002: 'Element format wrong',
  E20010: 'UEN invalid',
  E20011: 'Sender, unique reference number and declaring agent differ, or URN date is not the submission day',
  E20012: 'Code not in the code list',
  E20020: 'HS code not in AHTN',
  E20021: 'Item sequence or number of items wrong',
  E20022: 'Totals do not agree',
  E20023: 'Item controlled by a competent authority: CA product code missing or wrong',
  E20024: 'GST rate wrong for the arrival date',
  E20030: 'Transport particulars required for the mode missing',
  E20031: 'Port or country does not fit the direction',
  E20032: 'Containerised cargo without container, or container number wrong',
  E20033: 'Arrival or departure date too far from the submission',
  E20040: 'Certificate number, authority and date do not fit the issuing country',
  E20041: 'Regional value content or FOB value missing',
  E20042: 'Origin is not the issuing country',
} as const
export type ErrorCode = keyof typeof errorTexts

export interface FormatError {
  readonly code: ErrorCode
  readonly path: string
}
export const textOfError = (code: ErrorCode): string => errorTexts[code]

/** What the window knows beside the declaration. */
export interface Known {
  /** Another filing already has this URN. */
  readonly urnTaken: boolean
  /** The window's own time, epoch milliseconds: senders' clocks differ. */
  readonly now: number
}

type Rule = readonly [code: ErrorCode, find: (declaration: Declaration, known: Known) => readonly string[]]

const broken = (isBroken: boolean, path: string) => (isBroken ? [path] : [])
const itemsWhere = (items: readonly Item[], path: string, isBroken: (item: Item) => boolean) =>
  items.flatMap((item, at) => broken(isBroken(item), `Item[${at + 1}]/${path}`))
const isCountry = (alpha2: string) => loadCodeList('countries').items.some((country) => country.alpha2 === alpha2)
const inward = ({ family }: Declaration) => family === 'IPTDEC'
const isHsCode = (code: string) => /^(?!77)(0[1-9]|[1-8]\d|9[0-7])\d{6}$/.test(code)

const transportOf = (declaration: Declaration) => `Transport/${inward(declaration) ? 'Inward' : 'Outward'}Transport`

/** Whether the check digit of a container number holds. Source: ISO 6346. */
function isContainerNumber(number: string): boolean {
  let sum = 0
  for (let at = 0; at < 10; at += 1) {
    // A is 10; 11, 22 and 33 are left out.
    const place = number.charCodeAt(at) - 65
    sum += (place < 0 ? Number(number.charAt(at)) : place + 10 + Math.floor((place + 9) / 10)) * 2 ** at
  }
  return Number(number.charAt(10)) === (sum % 11) % 10
}

/** The rules, in the order their errors are reported. */
const rules: readonly Rule[] = [
  ['E17001', (_, { urnTaken }) => broken(urnTaken, 'Header/UniqueReferenceNumber')],
  [
    'E20010',
    ({ agent, trader, family }) => [
      ...broken(!isUen(agent), 'Party/DeclaringAgentParty/ID'),
      ...broken(!isUen(trader), `Party/${family === 'IPTDEC' ? 'Importer' : 'Exporter'}Party/ID`),
    ],
  ],
  [
    'E20011',
    ({ sender, agent, urn, submittedAt }) => [
      ...broken(sender !== agent, 'SenderID'),
      ...broken(urn.id !== agent, 'Header/UniqueReferenceNumber/ID'),
      ...broken(urn.date !== singaporeDay(Date.parse(submittedAt)), 'Header/UniqueReferenceNumber/Date'),
    ],
  ],
  [
    'E20012',
    (declaration) => {
      const { family, messageReference, declarationType, invoice, items, summary, foreignCountry } = declaration
      return [
        ...broken(messageReference !== family, 'Header/MessageReference'),
        ...broken(declarationType !== (inward(declaration) ? 'GST' : 'DRT'), 'Header/DeclarationType'),
        ...broken(!isCountry(foreignCountry), 'Party'),
        ...broken(!incoterms.has(invoice.term), 'Invoice/TermType'),
        ...broken(!(invoice.value.currency in sgdRates), 'Invoice/TotalInvoiceValue/@currencyCode'),
        ...itemsWhere(items, 'HarmonizedSystemQuantity/@unitCode', ({ unit }) => !units.has(unit)),
        ...itemsWhere(items, 'OriginCountry', ({ origin }) => !isCountry(origin)),
        ...itemsWhere(items, 'ItemCIFFOBValue/@currencyCode', ({ value }) => !(value.currency in sgdRates)),
        ...broken(!['KGM', 'TNE'].includes(summary.grossUnit), 'Summary/TotalGrossWeight/@unitCode'),
      ]
    },
  ],
  ['E20020', ({ items }) => itemsWhere(items, 'ItemHarmonizedSystemCode', ({ hsCode }) => !isHsCode(hsCode))],
  [
    'E20021',
    ({ items, summary }) => [
      ...items.flatMap(({ sequence }, at) =>
        broken(sequence !== String(at + 1), `Item[${at + 1}]/ItemSequenceNumeric`),
      ),
      ...broken(summary.items !== String(items.length), 'Summary/NumberOfItems'),
    ],
  ],
  [
    'E20022',
    ({ items, summary }) => {
      const total = items.reduce((sum, { value }) => sum.plus(value.amount), new Big(0))
      const oneCurrency = items.every(({ value }) => value.currency === summary.value.currency)
      return [
        ...broken(!oneCurrency || !total.eq(summary.value.amount), 'Summary/TotalCIFFOBValue'),
        ...broken(new Big(summary.gross).lte(0), 'Summary/TotalGrossWeight'),
        ...itemsWhere(items, 'HarmonizedSystemQuantity', ({ quantity }) => new Big(quantity).lte(0)),
      ]
    },
  ],
  [
    'E20023',
    ({ items, family }) =>
      itemsWhere(items, 'CASCProduct/Code', ({ hsCode, product }) => {
        const control = controlOf(hsCode, family)
        return control !== undefined && control.product !== product
      }),
  ],
  [
    'E20024',
    (declaration) =>
      itemsWhere(
        declaration.items,
        'Tariff/GSTRate',
        (item) => inward(declaration) && item.gstRate !== gstRate(declaration.transport.day),
      ),
  ],
  [
    'E20030',
    (declaration) => {
      const { mode, name, bill } = declaration.transport
      const path = transportOf(declaration)
      return [
        ...broken(mode === '1' && name === '', `${path}/TransportMeansName`),
        ...broken((mode === '1' || mode === '4') && bill === '', `${path}/MAWBOUCROBLNumber`),
      ]
    },
  ],
  [
    'E20031',
    (declaration) => {
      const { port, destination } = declaration.transport
      const path = transportOf(declaration)
      const noCountry = !isCountry(destination) || destination === 'SG'
      return [
        ...broken(port.startsWith('SG'), `${path}/${inward(declaration) ? 'LoadingPort' : 'DischargePort'}`),
        ...broken(!inward(declaration) && noCountry, `${path}/FinalDestinationCountry`),
      ]
    },
  ],
  [
    'E20032',
    ({ packing, containers }) => [
      ...broken(packing === '5' && containers.length === 0, 'Transport/Container'),
      ...containers.flatMap((number, at) =>
        broken(!isContainerNumber(number), `Transport/Container[${at + 1}]/ContainerNumber`),
      ),
    ],
  ],
  [
    'E20033',
    (declaration, { now }) => {
      const travel = startOfDay(declaration.transport.day)
      const path = `${transportOf(declaration)}/${inward(declaration) ? 'ArrivalDate' : 'DepartureDate'}`
      if (travel === undefined) return [path]
      const days = (travel - now) / dayMs
      return broken(days > travelDays.ahead || days < -travelDays.past - 1, path)
    },
  ],
]

/** Every fault of format, all at once. */
export function check(declaration: Declaration, known: Known): FormatError[] {
  return rules.flatMap(([code, find]) => find(declaration, known).map((path) => ({ code, path })))
}
