import type { Movement, MovementFact } from '../../schemas/movement.ts'
import { nameOfMovement, shipmentCodes } from '../../schemas/movement-codes.ts'
import type { FactRow } from '../db/movement-reads.ts'

type Call = NonNullable<NonNullable<Movement['payload']>['transportCall']>

/** A place as it is shown. */
export interface ShownPlace {
  readonly unLocode?: string | undefined
  readonly name?: string | undefined
  readonly countryCode?: string | undefined
  readonly facility?: string | undefined
}

/** A place as a carrier names it. */
export const placeOf = (location: Call['location']): ShownPlace => ({
  ...(location.UNLocationCode === undefined
    ? {}
    : { unLocode: location.UNLocationCode, countryCode: location.UNLocationCode.slice(0, 2) }),
  ...(location.countryCode === undefined ? {} : { countryCode: location.countryCode }),
  ...(location.locationName === undefined ? {} : { name: location.locationName }),
  ...(location.facilityName === undefined ? {} : { facility: location.facilityName }),
})

/** One thing that was told, as it is shown to whose goods it concerns. */
export function factOf(row: FactRow): MovementFact {
  const { metadata, payload } = JSON.parse(row.content) as Movement
  const code = payload?.transportEventTypeCode ?? payload?.equipmentEventTypeCode ?? payload?.shipmentEventTypeCode
  const call = payload?.transportCall
  const conveyance = call === undefined ? undefined : conveyanceOf(call)
  return {
    eventID: metadata.eventID,
    publisher: row.publisher,
    ...(metadata.publisher === undefined ? {} : { publisherName: metadata.publisher.partyName }),
    ...(metadata.publisherRole === undefined ? {} : { publisherRole: metadata.publisherRole }),
    eventType: metadata.eventType,
    ...(payload === undefined ? {} : { classifier: payload.eventClassifierCode }),
    ...(code === undefined ? {} : { code }),
    name: code === undefined ? { en: 'Taken back', zh: '撤回' } : nameOfMovement(code),
    at: row.eventAt.toISOString(),
    toldAt: row.createdAt.toISOString(),
    knownAt: row.receivedAt.toISOString(),
    ...(call === undefined ? {} : { mode: call.modeOfTransport, place: placeOf(call.location) }),
    ...(payload?.equipmentReference === undefined ? {} : { equipmentReference: payload.equipmentReference }),
    ...(conveyance === undefined ? {} : { conveyance }),
    ...(payload?.remark === undefined ? {} : { remark: payload.remark }),
    ...(row.by === null ? {} : { joinedBy: row.by }),
    ...(metadata.retractedEventID === undefined ? {} : { retracts: metadata.retractedEventID }),
    ...(row.retractedBy === null || row.retractedAt === null
      ? {}
      : { retracted: { by: row.retractedBy, at: row.retractedAt.toISOString() } }),
  }
}

/** What carries the goods, in words. */
function conveyanceOf(call: Call): string | undefined {
  const name =
    call.vessel?.name ?? call.vessel?.vesselIMONumber ?? call.railService ?? call.railCar ?? call.licensePlate
  const run = call.exportVoyageNumber ?? call.importVoyageNumber ?? call.departureID
  const said = [name, run].filter((one) => one !== undefined)
  return said.length === 0 ? undefined : said.join(' ')
}

/** It happened, and nobody took it back. */
export const hasHappened = ({ classifier, retracted }: MovementFact): boolean =>
  classifier === 'ACT' && retracted === undefined

/** It moves goods: what becomes of a document moves nothing. */
export const movesGoods = ({ code }: MovementFact): boolean => code !== undefined && !(code in shipmentCodes)
