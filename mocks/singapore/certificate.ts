/** A certificate of origin (COODEC) as it is read. */
import type { Head, Value } from './read.ts'
import { all, at, type Element, textAt } from './xml.ts'

export interface OriginItem {
  readonly sequence: string
  readonly criterion: string
  readonly content: string
  readonly origin: string
  readonly unit: string
  readonly quantity: string
  readonly value: Value
}

export interface Certificate extends Head {
  readonly permitNumber: string
  readonly scheme: string
  readonly issuingCountry: string
  readonly number: string
  readonly authority: string
  readonly issueDate: string
  readonly departureDate: string
  readonly loadingPort: string
  readonly dischargePort: string
  /** UEN of the trader in Singapore, as far as it is given. */
  readonly traders: readonly { readonly path: string; readonly uen: string; readonly country: string }[]
  readonly items: readonly OriginItem[]
  readonly itemCount: string
  readonly gross: string
  readonly grossUnit: string
}

export function certificateOf(content: Element, head: Head): Certificate {
  const certificate = at(content, 'Certificate')
  const transport = at(content, 'Transport')
  return {
    ...head,
    permitNumber: textAt(content, 'Header/PermitNumber'),
    scheme: textAt(certificate, 'SchemeCode'),
    issuingCountry: textAt(certificate, 'IssuingCountry'),
    number: textAt(certificate, 'CertificateNumber'),
    authority: textAt(certificate, 'IssuingAuthority'),
    issueDate: textAt(certificate, 'IssueDate'),
    departureDate: textAt(transport, 'DepartureDate'),
    loadingPort: textAt(transport, 'LoadingPort'),
    dischargePort: textAt(transport, 'DischargePort'),
    traders: ['ExporterParty', 'ConsigneeParty'].map((name) => ({
      path: `Party/${name}`,
      uen: textAt(content, `Party/${name}/ID`),
      country: textAt(content, `Party/${name}/CountryCode`),
    })),
    items: all(content, 'Item').map(itemOf),
    itemCount: textAt(content, 'Summary/NumberOfItems'),
    gross: textAt(content, 'Summary/TotalGrossWeight'),
    grossUnit: at(content, 'Summary/TotalGrossWeight')?.attributes.unitCode ?? '',
  }
}

function itemOf(item: Element): OriginItem {
  const value = at(item, 'ItemFOBValue')
  return {
    sequence: textAt(item, 'ItemSequenceNumeric'),
    criterion: textAt(item, 'OriginCriterion'),
    content: textAt(item, 'RegionalValueContent'),
    origin: textAt(item, 'OriginCountry'),
    unit: at(item, 'HarmonizedSystemQuantity')?.attributes.unitCode ?? '',
    quantity: textAt(item, 'HarmonizedSystemQuantity'),
    value: { amount: value?.text ?? '', currency: value?.attributes.currencyCode ?? '' },
  }
}
