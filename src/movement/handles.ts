import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Movement } from '../../schemas/movement.ts'
import { limits } from '../limits.ts'

/**
 * The names goods on their way go by 跟踪标识: `box` a container, `paper` a bill or waybill, `ship` a ship or barge with its voyage, `rail` a
 * wagon, or a train with its run. Written alike on both sides: letters and digits only, capitals, so that `CQSG-2611 0102` is `CQSG26110102`.
 */
export type Handle = string

const plain = (text: string) => text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
const handle = (kind: 'box' | 'paper' | 'rail', name: string): Handle[] =>
  plain(name) === '' ? [] : [`${kind} ${plain(name)}`]
const ship = (name: string | undefined, voyage: string | undefined): Handle[] =>
  name === undefined || voyage === undefined || plain(name) === '' || plain(voyage) === ''
    ? []
    : [`ship ${plain(name)} ${plain(voyage)}`]

/** A train by its number alone runs every day: only one run of it is a name. */
const run = (train: string | undefined, departure: string | undefined): Handle[] =>
  train === undefined || departure === undefined || plain(train) === '' || plain(departure) === ''
    ? []
    : [`rail ${plain(train)} ${plain(departure)}`]

export const boxOf = (equipment: string): Handle => `box ${equipment}`
export const paperOf = (number: string): Handle => `paper ${plain(number)}`
export const isBox = (name: Handle): boolean => name.startsWith('box ')
export const isPaper = (name: Handle): boolean => name.startsWith('paper ')

/** Names an event goes by. */
export function handlesOfMovement({ payload }: Movement): Handle[] {
  if (payload === undefined) return []
  const { transportCall: call, equipmentReference, documentID, documentReferences = [] } = payload
  const names = call === undefined ? [] : [call.vessel?.vesselIMONumber, call.vessel?.mmsi, call.vessel?.name]
  const voyages = call === undefined ? [] : [call.exportVoyageNumber, call.importVoyageNumber]
  const all = [
    ...(equipmentReference === undefined ? [] : [boxOf(equipmentReference)]),
    ...(documentID === undefined ? [] : handle('paper', documentID)),
    ...documentReferences.flatMap(({ value }) => handle('paper', value)),
    ...names.flatMap((name) => voyages.flatMap((voyage) => ship(name, voyage))),
    ...(call?.railCar === undefined ? [] : handle('rail', call.railCar)),
    ...run(call?.railService, call?.departureID),
  ]
  return [...new Set(all)]
}

/** Names the goods of a declaration go by. */
export function handlesOfDeclaration(declaration: Declaration): Handle[] {
  const { containers = [], legs } = declaration.goodsShipment.consignment
  const all = [
    ...containers.map(({ id }) => boxOf(id)),
    ...legs.flatMap(({ modeCode, conveyance, voyageNumber, transportDocumentId }) => [
      ...(transportDocumentId === undefined ? [] : handle('paper', transportDocumentId)),
      ...(modeCode === '1' || modeCode === '8'
        ? [...ship(conveyance?.name, voyageNumber), ...ship(conveyance?.id, voyageNumber)]
        : []),
      ...(modeCode === '2' && conveyance !== undefined
        ? [conveyance.name, ...(conveyance.id === undefined ? [] : [conveyance.id])].flatMap((name) => [
            ...handle('rail', name),
            ...run(name, voyageNumber),
          ])
        : []),
    ]),
  ]
  return [...new Set(all)]
}

/** When the goods of a declaration are on their way, epoch milliseconds. */
export interface Window {
  readonly startsAt: number
  readonly endsAt: number
}

/** The journey as it is declared; what is not declared is assumed: it begins when the declaration came, and takes its time. */
export function windowOf(declaration: Declaration, acceptedAt: Date): Window {
  const { legs } = declaration.goodsShipment.consignment
  const times = legs
    .flatMap(({ departureDateTime, arrivalDateTime }) => [departureDateTime, arrivalDateTime])
    .flatMap((at) => (at === undefined ? [] : [Date.parse(at)]))
  const startsAt = Math.min(...times, ...(legs[0]?.departureDateTime === undefined ? [acceptedAt.getTime()] : []))
  const known = legs.at(-1)?.arrivalDateTime !== undefined
  const endsAt = Math.max(...times, startsAt, ...(known ? [] : [startsAt + limits.journeyAssumedMs]))
  return { startsAt, endsAt }
}
