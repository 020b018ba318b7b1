/** What the window checks of updates and certificates before anybody decides (DCS). */
import { Big } from 'big.js'
import { loadCodeList } from '../../schemas/codes/index.ts'
import type { Certificate } from './certificate.ts'
import type { FormatError, Known } from './checks.ts'
import type { Head } from './read.ts'
import { issuingCountries, originSchemes, sgdRates, units } from './tables.ts'
import { singaporeDay } from './time.ts'
import { isUen } from './uen.ts'

type Found = readonly [isBroken: boolean, code: FormatError['code'], path: string]

const broken = (found: readonly Found[]): FormatError[] =>
  found.filter(([is]) => is).map(([, code, path]) => ({ code, path }))

const isCountry = (alpha2: string) => loadCodeList('countries').items.some((country) => country.alpha2 === alpha2)

/** What every message must be: under a URN of its own, of the day, of its agent. */
export const checkHead = ({ agent, sender, urn, submittedAt }: Head, { urnTaken }: Known): FormatError[] =>
  broken([
    [urnTaken, 'E17001', 'Header/UniqueReferenceNumber'],
    [!isUen(agent), 'E20010', 'Party/DeclaringAgentParty/ID'],
    [sender !== agent, 'E20011', 'SenderID'],
    [urn.id !== agent, 'E20011', 'Header/UniqueReferenceNumber/ID'],
    [urn.date !== singaporeDay(Date.parse(submittedAt)), 'E20011', 'Header/UniqueReferenceNumber/Date'],
  ])

/** Every fault of format of a certificate of origin, all at once. */
export function checkCertificate(certificate: Certificate, known: Known): FormatError[] {
  const { scheme, issuingCountry, number, authority, issueDate, items } = certificate
  const isForeign = issuingCountry !== 'SG'
  const papers = { CertificateNumber: number, IssuingAuthority: authority, IssueDate: issueDate }
  return [
    ...checkHead(certificate, known),
    ...broken([
      ...certificate.traders.map(({ uen, path }): Found => [uen !== '' && !isUen(uen), 'E20010', `${path}/ID`]),
      [!Object.hasOwn(originSchemes, scheme), 'E20012', 'Certificate/SchemeCode'],
      [!issuingCountries.has(issuingCountry), 'E20012', 'Certificate/IssuingCountry'],
      ...certificate.traders.map(({ country, path }): Found => [!isCountry(country), 'E20012', `${path}/CountryCode`]),
      [!['KGM', 'TNE'].includes(certificate.grossUnit), 'E20012', 'Summary/TotalGrossWeight/@unitCode'],
      [certificate.itemCount !== String(items.length), 'E20021', 'Summary/NumberOfItems'],
      [new Big(certificate.gross).lte(0), 'E20022', 'Summary/TotalGrossWeight'],
      [!certificate.loadingPort.startsWith(issuingCountry), 'E20031', 'Transport/LoadingPort'],
      [certificate.dischargePort.startsWith(issuingCountry), 'E20031', 'Transport/DischargePort'],
      ...Object.entries(papers).map(
        ([name, value]): Found => [(value !== '') !== isForeign, 'E20040', `Certificate/${name}`],
      ),
      ...items.flatMap((item, at) => checkItem(certificate, item, at)),
    ]),
  ]
}

function checkItem(
  { scheme, issuingCountry }: Certificate,
  { sequence, criterion, content, origin, unit, quantity, value }: Certificate['items'][number],
  at: number,
): Found[] {
  const path = `Item[${at + 1}]`
  const criteria = Object.hasOwn(originSchemes, scheme) ? originSchemes[scheme] : undefined
  const isRegional = criterion === 'RVC'
  return [
    [criteria !== undefined && !criteria.includes(criterion), 'E20012', `${path}/OriginCriterion`],
    [!units.has(unit), 'E20012', `${path}/HarmonizedSystemQuantity/@unitCode`],
    [value.amount !== '' && !(value.currency in sgdRates), 'E20012', `${path}/ItemFOBValue/@currencyCode`],
    [sequence !== String(at + 1), 'E20021', `${path}/ItemSequenceNumeric`],
    [new Big(quantity).lte(0), 'E20022', `${path}/HarmonizedSystemQuantity`],
    [isRegional && content === '', 'E20041', `${path}/RegionalValueContent`],
    [isRegional && value.amount === '', 'E20041', `${path}/ItemFOBValue`],
    [origin !== issuingCountry, 'E20042', `${path}/OriginCountry`],
  ]
}
