import {
  domesticPortOfLocode,
  genericPortOf,
  locodeOfPort,
  portOfLocode,
  transportModeOfRec19,
} from '../../schemas/codes/concordance.ts'
import { findCode } from '../../schemas/codes/index.ts'
import type { Declaration, Place } from '../../schemas/declaration/index.ts'
import { internationalLeg, type PlacedLeg, placedLegs } from '../../schemas/declaration/journey.ts'
import type { SummaryDeclaration } from '../../schemas/declaration/summary.ts'
import type { Particulars } from './particulars.ts'

/**
 * The leg whose conveyance, voyage and bill customs is told of. Customs wants the conveyance that passes the office of entry or exit:
 * when that office lies in the district of the declaring office (first two digits), goods pass it at the domestic end of the journey
 * (the first leg of an export, the last of an import), else where they cross the border. The particular `conveyanceLeg` overrides.
 */
export function customsLeg(declaration: SummaryDeclaration, { conveyanceLeg }: Particulars): PlacedLeg {
  const legs = placedLegs(declaration)
  const domesticEnd = legs[declaration.direction === 'export' ? 0 : legs.length - 1] as PlacedLeg
  if (conveyanceLeg !== undefined) return legs[conveyanceLeg - 1] ?? domesticEnd
  const sameDistrict = declaration.exitEntryOfficeId.slice(0, 2) === declaration.declarationOfficeId.slice(0, 2)
  return sameDistrict ? domesticEnd : (internationalLeg(declaration) ?? domesticEnd)
}

/** The customs mode of transport 运输方式; undefined where customs has none (multimodal). Mode 9 is 其他 on both sides. */
export const trafModeOf = ({ leg }: PlacedLeg, { trafMode }: Particulars): string | undefined =>
  trafMode ?? transportModeOfRec19(leg.modeCode) ?? (leg.modeCode === '9' ? '9' : undefined)

/**
 * Conveyance 运输工具名称 and voyage 航次号 as customs writes them: a ship as `name/voyage`, an aircraft as its flight number without a
 * voyage, a train or truck by its name. Source: 进出口货物报关单填制规范 (2019-18), items 7 and 8; `name/voyage` [unverified], 2026-11.
 */
export function conveyanceOf(
  { leg }: PlacedLeg,
  particulars: Particulars,
): { readonly name: string; readonly voyage: string } {
  const { trafName, voyNo } = particulars
  const name = leg.conveyance?.name ?? ''
  const voyage = leg.voyageNumber ?? ''
  const air = leg.modeCode === '4'
  const ship = (leg.modeCode === '1' || leg.modeCode === '8') && name !== '' && voyage !== ''
  const told = ship ? `${name}/${voyage}` : air && voyage !== '' ? voyage : name
  return { name: trafName ?? told, voyage: voyNo ?? (air ? '' : voyage) }
}

/**
 * Name and voyage in what customs writes. The last slash of a ship parts them, as names may hold one; an aircraft without a name is
 * known by its flight number.
 */
export function readConveyance(
  modeCode: string,
  trafName: string,
  voyNo: string,
): { readonly name: string; readonly voyage: string } {
  const parts = modeCode === '1' || modeCode === '8' ? /^(.+)\/([^/]+)$/.exec(trafName) : null
  if (parts?.[1] === undefined || parts[2] === undefined)
    return { name: trafName === '' && modeCode === '4' ? voyNo : trafName, voyage: voyNo }
  const told = `/${voyNo}`
  return voyNo !== '' && trafName.endsWith(told) && trafName.length > told.length
    ? { name: trafName.slice(0, -told.length), voyage: voyNo }
    : { name: parts[1], voyage: parts[2] }
}

/**
 * The customs port code 港口代码 of a place: its own, else its country's, which every country has (the rules of declaring tell to name
 * the country where the list has no such port). Source: 进出口货物报关单填制规范 (2019-18), items 12 and 15.
 */
export const portCodeOf = ({ unLocode, countryCode }: Place): string =>
  (unLocode === undefined ? undefined : portOfLocode(unLocode)) ?? genericPortOf(countryCode) ?? ''

/** 指运港 of an export: where the goods go in the end. 经停港 of an import: the last port abroad. `transitLocation` says otherwise. */
export function stopPlace(declaration: Declaration): Place {
  const { legs, transitLocation } = declaration.goodsShipment.consignment
  const last =
    declaration.direction === 'export' ? legs.at(-1)?.to : (internationalLeg(declaration)?.leg ?? legs[0])?.from
  return transitLocation ?? (last as Place)
}

/** 启运港: where the journey of an import starts. */
export const loadingPlace = (declaration: Declaration): Place =>
  declaration.goodsShipment.consignment.legs[0]?.from as Place

/** The two foreign ports of the head; '' where there is none. */
export function portsOf(
  declaration: Declaration,
  { ports }: Particulars,
): { readonly stop: string; readonly loading: string } {
  const loading = declaration.direction === 'import' ? portCodeOf(loadingPlace(declaration)) : ''
  return {
    stop: ports?.distinatePort ?? portCodeOf(stopPlace(declaration)),
    loading: ports?.despPortCode ?? loading,
  }
}

/** The Chinese place of a 国内口岸: by its UN/LOCODE where that leads back to it, else by name. */
export function domesticPlace(portCode: string): Place {
  const unLocode = locodeOfPort(portCode)
  if (unLocode !== undefined && domesticPortOfLocode(unLocode) === portCode) return { unLocode, countryCode: 'CN' }
  const terminal = findCode('domestic-ports', portCode)?.zh
  return {
    ...(unLocode === undefined ? {} : { unLocode }),
    countryCode: 'CN',
    ...(terminal === undefined ? {} : { terminal }),
  }
}
