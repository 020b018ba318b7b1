import { findCode, loadCodeList } from '../../../schemas/codes/index.ts'
import { dayIn } from '../days.ts'
import { exactNumber, numberIn } from '../numbers.ts'
import type { Fact } from '../pairs.ts'
import type { Said } from '../papers.ts'
import { countryIn, countryNamed } from '../words/countries.ts'
import { currencyIn, type NamedCurrency } from '../words/currencies.ts'
import { fold, hasDigit } from '../words/fold.ts'
import { placeNamed } from '../words/places.ts'
import { termIn } from '../words/terms.ts'
import { beside, type Gathering, lineOf, type Reason } from './gather.ts'
import type { Journey } from './journey.ts'
import type { Firms } from './parties.ts'

const shipment = (...steps: (string | number)[]) => ['goodsShipment', ...steps]
const read = (fact: Pick<Fact, 'said' | 'source'>): Reason => ({
  sure: 'read',
  because: beside(fact.said),
  source: fact.source,
})

/** Whether goods leave China or come in 进出口: by the ports, else by the firms, else by the country of destination. */
export function putDirection(into: Gathering, said: Said, { seller, buyer, consignee }: Firms, journey: Journey): void {
  const from = journey.receipt ?? journey.loading
  const ends = [from?.place.countryCode, journey.discharge?.place.countryCode]
  const byPorts = from && directionOf(ends[0], ends[1])
  if (byPorts !== undefined)
    return into.put(['direction'], byPorts, {
      sure: 'derived',
      because: { en: 'By the ports', zh: '据启运地与目的地' },
      source: from?.fact.source ?? { file: '' },
    })
  const other = consignee ?? buyer
  const byFirms = directionOf(seller?.country, other?.country)
  if (byFirms !== undefined)
    return into.put(['direction'], byFirms, {
      sure: 'guessed',
      because: { en: 'By where the firms are', zh: '据买卖双方所在国家（地区）' },
      source: (seller ?? other)?.fact.source ?? { file: '' },
    })
  const fact = said.fact('destinationCountry')
  const country = fact && countryNamed(fact.lines[0] ?? '')
  if (fact !== undefined && country !== undefined)
    return into.put(['direction'], country === 'CN' ? 'import' : 'export', {
      sure: 'guessed',
      because: { en: 'By the country of destination', zh: '据目的国' },
      source: fact.source,
    })
  const half = seller?.country ?? other?.country ?? ends[0] ?? ends[1]
  const source = (seller ?? other)?.fact.source ?? (from ?? journey.discharge)?.fact.source
  if (half === undefined || source === undefined || into.at(['direction']) !== undefined) {
    if (into.at(['direction']) === undefined)
      into.warn(['direction'], 'direction-unknown', {
        en: 'Nothing says whether this is an import or an export: choose, and fill in the firms',
        zh: '单证未显示进口或出口，请选择并补充收发货人',
      })
    return
  }
  const isFrom = half === (seller?.country ?? ends[0])
  into.put(['direction'], (half === 'CN') === isFrom ? 'export' : 'import', {
    sure: 'guessed',
    because: { en: 'By the one country the documents name', zh: '据单证中的国家（地区）' },
    source,
  })
}

const directionOf = (from: string | undefined, to: string | undefined): 'import' | 'export' | undefined => {
  if (from === undefined || to === undefined || from === to) return undefined
  return from === 'CN' ? 'export' : to === 'CN' ? 'import' : undefined
}

/** Numbers, days and terms that hold for the whole consignment. */
export function putHead(into: Gathering, said: Said): void {
  const invoice = said.fact('invoiceNumber')
  const contract = said.fact('contractNumber')
  if (contract !== undefined) into.putText(shipment('contractNumber'), contract.lines[0], 32, read(contract))
  if (invoice !== undefined) into.putText(shipment('invoice', 'id'), invoice.lines[0], 70, read(invoice))
  for (const label of ['invoiceNumber', 'contractNumber'] as const) warnOfTwo(into, said, label)
  putInvoiceDay(into, said)
  putOwnNumber(into, said, invoice ?? contract)
  const terms = said.facts('terms').find(({ lines }) => termIn(lines[0] ?? '') !== undefined)
  const term = terms && termIn(terms.lines[0] ?? '')
  if (terms !== undefined && term !== undefined) {
    into.put(
      shipment('tradeTerms', 'conditionCode'),
      term.code,
      term.sure ? read(terms) : { ...read(terms), sure: 'guessed' },
    )
    const place = term.place === '' ? undefined : placeNamed(term.place, '1')?.place.unLocode
    into.put(shipment('tradeTerms', 'locationId'), place, { ...read(terms), sure: 'derived' })
  }
  for (const [label, list, path] of [
    ['levyNature', 'levy-natures', shipment('levyNature')],
    ['supervisionMode', 'supervision-modes', shipment('supervisionMode')],
    ['declarationOffice', 'customs-offices', ['declarationOfficeId']],
    ['exitOffice', 'customs-offices', ['exitEntryOfficeId']],
  ] as const) {
    const fact = said.fact(label)
    const code = fact && codeNamed(list, fact.lines[0] ?? '')
    if (fact !== undefined) into.put(path, code, read(fact))
    if (fact !== undefined && code === '0110')
      into.put(shipment('levyNature'), '101', {
        sure: 'guessed',
        because: { en: 'Usual for general trade', zh: '一般贸易通常为一般征税' },
        source: fact.source,
      })
  }
  for (const [label, path, most] of [
    ['goodsLocation', shipment('consignment', 'goodsLocation'), 100],
    ['ownNumber', shipment('traderReference'), 35],
  ] as const) {
    const fact = said.fact(label)
    if (fact !== undefined) into.putText(path, fact.lines[0], most, read(fact))
  }
}

/** A code of a list, by itself or by its name: `0110`, `一般贸易（0110）`. */
function codeNamed(list: 'supervision-modes' | 'levy-natures' | 'customs-offices', text: string): string | undefined {
  const plain = lineOf(text)
  const code = /(?<!\d)\d{3,4}(?!\d)/.exec(plain)?.[0]
  if (code !== undefined && findCode(list, code) !== undefined) return code
  const name = fold(plain.replaceAll(/[\d()（）]/g, ''))
  const named = loadCodeList(list).items.find(
    ({ zh = '', en = '' }) => name !== '' && [fold(zh), fold(en)].includes(name),
  )
  return named?.code ?? (/^general\s*trade$/i.test(plain) && list === 'supervision-modes' ? '0110' : undefined)
}

function warnOfTwo(into: Gathering, said: Said, label: 'invoiceNumber' | 'contractNumber'): void {
  const [first, ...others] = said.facts(label)
  const other = others.find(({ lines }) => fold(lines[0] ?? '') !== fold(first?.lines[0] ?? ''))
  if (first === undefined || other === undefined) return
  into.warn(label === 'invoiceNumber' ? shipment('invoice', 'id') : shipment('contractNumber'), 'documents-differ', {
    en: `${first.paper.file} says “${lineOf(first.lines[0] ?? '')}”, ${other.paper.file} “${lineOf(other.lines[0] ?? '')}”`,
    zh: `${first.paper.file} 为“${lineOf(first.lines[0] ?? '')}”，${other.paper.file} 为“${lineOf(other.lines[0] ?? '')}”`,
  })
}

function putInvoiceDay(into: Gathering, said: Said): void {
  // The day of a contract or a booking is none of the invoice's.
  const fact = said
    .facts('invoiceDate')
    .find(({ paper, said: label }) => paper.kind === 'invoice' || /inv|发票/i.test(label))
  const day = fact && (fact.day === undefined ? dayIn(fact.lines[0] ?? '') : { value: fact.day, others: [] })
  if (fact === undefined || day === undefined) return
  const others = day.others.map((value) => ({ value, because: { en: 'Month before day', zh: '月在日前' } }))
  into.put(
    shipment('invoice', 'issueDate'),
    day.value,
    others.length === 0 ? read(fact) : { ...read(fact), sure: 'guessed', others },
  )
}

/** The trader's own number 企业自编编号: there must be one, and the invoice's is unlike all others. */
function putOwnNumber(into: Gathering, said: Said, number: Fact | undefined): void {
  const own = said.fact('ownNumber')
  const plain = (text: string | undefined) => {
    const cleaned = (text ?? '')
      .normalize('NFKC')
      .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
      .replaceAll(/^[-._]+|-+$/g, '')
    return /^[A-Za-z0-9][A-Za-z0-9._-]{2,35}$/.test(cleaned) ? cleaned : undefined
  }
  if (own !== undefined) into.put(['functionalReferenceId'], plain(own.lines[0]), { ...read(own), sure: 'derived' })
  if (number !== undefined)
    into.put(['functionalReferenceId'], plain(number.lines[0]), {
      sure: 'guessed',
      because: {
        en: `“${number.said}” as your own number: change it if it was used before`,
        zh: `以“${number.said}”作为自编编号，如已使用请修改`,
      },
      source: number.source,
    })
}

/** Countries 国别 of the consignment. */
export function putCountries(
  into: Gathering,
  said: Said,
  firms: Firms,
  { receipt, loading, discharge }: Journey,
): void {
  const direction = into.at(['direction'])
  const stated = (label: 'exportCountry' | 'destinationCountry' | 'tradeCountry') => {
    const fact = said.fact(label)
    const country = fact && (countryNamed(fact.lines[0] ?? '') ?? countryIn(fact.lines[0] ?? ''))
    if (fact !== undefined) into.put(shipment(label), country, read(fact))
  }
  const derive = (
    field: string,
    value: string | undefined,
    source: Fact['source'] | undefined,
    en: string,
    zh: string,
  ) => {
    if (source !== undefined) into.put(shipment(field), value, { sure: 'derived', because: { en, zh }, source })
  }
  stated('exportCountry')
  stated('destinationCountry')
  stated('tradeCountry')
  const from = receipt ?? loading
  derive('exportCountry', from?.place.countryCode, from?.fact.source, 'Where the goods set out', '货物启运地')
  derive('destinationCountry', discharge?.place.countryCode, discharge?.fact.source, 'Where the goods go', '货物运抵地')
  const abroad = direction === 'import' ? firms.seller : (firms.buyer ?? firms.consignee)
  derive(
    'tradeCountry',
    abroad?.country,
    abroad?.fact.source,
    'Where the other firm of the contract is',
    '合同外方所在国家（地区）',
  )
  if (direction === 'export')
    derive(
      'destinationCountry',
      (firms.consignee ?? abroad)?.country,
      abroad?.fact.source,
      'Where the consignee is',
      '收货人所在国家（地区）',
    )
  const source = abroad?.fact.source ?? from?.fact.source
  derive(
    direction === 'import' ? 'destinationCountry' : 'exportCountry',
    direction === undefined ? undefined : 'CN',
    source,
    'By the direction',
    '据进出口方向',
  )
}

/** The currency 币制 of the documents, where they name one for all lines. */
export function findCurrency(said: Said): { readonly named: NamedCurrency; readonly fact: Fact } | undefined {
  for (const label of ['currency', 'terms', 'amount', 'freight'] as const)
    for (const fact of said.facts(label)) {
      const named = currencyIn(
        label === 'terms'
          ? (/\b[A-Z]{3}\b/.exec(fact.lines[0] ?? '')?.[0] ?? '')
          : `${fact.said} ${fact.lines[0] ?? ''}`,
      )
      if (named !== undefined) return { named, fact }
    }
  return undefined
}

/** Freight, insurance and other charges 运保杂费 that stand below the lines. */
export function putCharges(into: Gathering, said: Said, currency: string | undefined): void {
  for (const [label, field] of [
    ['freight', 'freight'],
    ['insurance', 'insurance'],
    ['otherCharge', 'other'],
  ] as const) {
    const fact = said.facts(label).find(({ lines }) => hasDigit(lines[0] ?? ''))
    if (fact === undefined) continue
    const text = fact.lines[0] ?? ''
    const number = fact.exact ? { value: exactNumber(text), before: '', behind: '' } : numberIn(text, fact.paper.point)
    if (number?.value === undefined || number.value === '0') continue
    const isRate = /[%％]/.test(text) && label !== 'freight'
    const path = shipment('valuation', field)
    into.put([...path, 'basis'], isRate ? 'rate' : 'total', { ...read(fact), sure: 'derived' })
    into.putDecimal([...path, 'amount'], number.value, 5, read(fact))
    const own = currencyIn(`${fact.said} ${text}`)?.code
    if (!isRate)
      into.put(
        [...path, 'currency'],
        own ?? currency,
        own === undefined ? { ...read(fact), sure: 'derived' } : read(fact),
      )
  }
}
