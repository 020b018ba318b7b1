import { alpha2Of, locodeOfPort, rec19OfTransportMode } from '../../schemas/codes/concordance.ts'
import { findCode } from '../../schemas/codes/index.ts'
import type { Declaration, Leg, Place } from '../../schemas/declaration/index.ts'
import { compact, compactOrNone, dayOf, type Fields, type Reading, type Text, unheld } from './door-reading.ts'
import type { Particulars } from './particulars.ts'
import { upriverProvinces } from './rules.ts'
import { conveyanceOf, customsLeg, domesticPlace, portsOf, readConveyance } from './transport.ts'

const at = '/goodsShipment/consignment'

/** The journey in a DecMessage: legs, the stop on the way, and the particulars that keep what the legs cannot say. */
export interface Journey {
  readonly legs: readonly Fields[]
  readonly transitLocation?: Place
  readonly particulars: Fields
}

/** A foreign port 港口代码 as a place: by UN/LOCODE where it has one, else its country. */
function foreignPlace(reading: Reading, code: string, pointer: string): Place {
  const unLocode = locodeOfPort(code)
  const countryCode = alpha2Of(code.slice(0, 3))
  if (code === '') reading.issues.push({ ...missingPort, pointer })
  else if (countryCode === undefined)
    unheld(reading, pointer, `"${code}" is no port of a country with an ISO 3166 code`, `港口代码“${code}”无法对应国家`)
  return { ...(unLocode === undefined ? {} : { unLocode }), countryCode: countryCode ?? '' }
}

const missingPort = {
  code: 'missing',
  agency: 'customs',
  detail: 'Customs asks for the port abroad',
  detailZh: '海关要求填报境外港口',
}

/** Mode of transport in Rec 19; what only customs has (bonded areas) is 9, other, and kept as a particular. */
function modeOf(reading: Reading, code: string): { readonly modeCode: string; readonly trafMode?: string } {
  const modeCode = rec19OfTransportMode(code)
  if (modeCode !== undefined || code === '9') return { modeCode: modeCode ?? '9' }
  if (findCode('transport-modes', code) !== undefined) return { modeCode: '9', trafMode: code }
  unheld(reading, `${at}/legs/0/modeCode`, `"${code}" is not a mode of transport`, `运输方式代码“${code}”不存在`)
  return { modeCode: code }
}

/**
 * Reads the journey. A DecMessage knows one conveyance, so there is one leg, between the Chinese port and the port abroad. But no sea
 * ship reaches a port far up the river: an export leaving there by water travels by barge to a Chinese port that the document does
 * not name, and from there by a ship that it does not name either.
 */
export function readJourney(reading: Reading, head: Text, free: Text): Journey {
  const exporting = head('IEFlag') === 'E'
  const { modeCode, trafMode } = modeOf(reading, head('TrafMode'))
  const { name, voyage } = readConveyance(modeCode, head('TrafName'), free('VoyNo'))
  const home = domesticPlace(head('EntyPortCode'))
  const stop = foreignPlace(reading, head('DistinatePort'), exporting ? `${at}/legs/0/to` : `${at}/transitLocation`)
  const abroad = exporting ? stop : foreignPlace(reading, head('DespPortCode'), `${at}/legs/0/from`)
  const upriver = exporting && modeCode === '1' && upriverProvinces.has(head('EntyPortCode').slice(0, 2))
  const told = {
    conveyance: compactOrNone({ name }),
    voyageNumber: voyage,
    transportDocumentId: head('BillNo'),
  }
  const dates = {
    departureDateTime: exporting ? undefined : dayOf(reading, head('DespDate'), `${at}/legs/0/departureDateTime`),
    arrivalDateTime: exporting ? undefined : dayOf(reading, head('IEDate'), `${at}/legs/0/arrivalDateTime`),
    unloadingDateTime: dayOf(reading, head('CmplDschrgDt'), `${at}/legs/0/unloadingDateTime`),
  }
  if (exporting && head('IEDate') !== '')
    unheld(reading, '/DecMessage/DecHead/IEDate', 'IEDate is blank on export', '出口报关单的进出口日期应为空')
  const [from, to] = exporting ? [home, abroad] : [abroad, home]
  const inChina: Place = { countryCode: 'CN' }
  const legs = upriver
    ? [compact({ modeCode: '8', ...told, from, to: inChina, ...dates }), compact({ modeCode: '1', from: inChina, to })]
    : [compact({ modeCode, ...told, from, to, ...dates })]
  const elsewhere = !exporting && head('DistinatePort') !== head('DespPortCode') ? stop : undefined
  return {
    legs,
    ...(elsewhere === undefined ? {} : { transitLocation: elsewhere }),
    particulars: differences(head, free, legs, elsewhere, trafMode),
  }
}

/** What encoding these legs would write otherwise than the document has it. */
function differences(
  head: Text,
  free: Text,
  legs: readonly Fields[],
  transitLocation: Place | undefined,
  trafMode: string | undefined,
): Fields {
  const declaration = {
    direction: head('IEFlag') === 'E' ? 'export' : 'import',
    declarationOfficeId: head('CustomMaster'),
    exitEntryOfficeId: head('IEPort'),
    goodsShipment: {
      consignment: { legs: legs as unknown as Leg[], ...(transitLocation === undefined ? {} : { transitLocation }) },
    },
  } as unknown as Declaration
  // The document's conveyance is that of the first leg, whatever the offices say.
  const conveyanceLeg = customsLeg(declaration, {}).at === 0 ? undefined : 1
  const found: Particulars = conveyanceLeg === undefined ? {} : { conveyanceLeg }
  const conveyance = conveyanceOf(customsLeg(declaration, found), found)
  const ports = portsOf(declaration, {})
  const other = (wire: string, derived: string) => (wire === '' || wire === derived ? undefined : wire)
  return compact({
    conveyanceLeg,
    trafMode,
    trafName: other(head('TrafName'), conveyance.name),
    voyNo: other(free('VoyNo'), conveyance.voyage),
    despDate: head('IEFlag') === 'E' ? head('DespDate') : undefined,
    ports: compactOrNone({
      distinatePort: other(head('DistinatePort'), ports.stop),
      despPortCode: other(head('DespPortCode'), ports.loading),
    }),
  })
}
