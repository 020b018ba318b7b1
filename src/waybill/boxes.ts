import { Big } from 'big.js'
import type { Text } from '../../schemas/text.ts'
import { isRailNote, type Waybill, type WaybillLeg } from '../../schemas/waybill.ts'
import { type SmgsBox, smgsBoxes } from '../../schemas/waybill-boxes.ts'

/** One box of a rail note, filled in. */
interface Filled {
  readonly box: SmgsBox
  readonly name: Text
  readonly value: string
}

/** The rail notes of a document 铁路运单各栏: of each leg under SMGS or CIM the boxes that follow from it, and those that were told. */
export function railNotesOf(
  document: Waybill,
  about: { readonly number: string; readonly issuedOn: string | undefined },
): { leg: number; contract: string; boxes: Filled[] }[] {
  return document.legs.flatMap((leg, at) =>
    leg.contract === undefined || !isRailNote(leg.contract)
      ? []
      : [{ leg: at + 1, contract: leg.contract, boxes: boxesOf(document, leg, about) }],
  )
}

function boxesOf(
  document: Waybill,
  leg: WaybillLeg,
  { number, issuedOn }: { number: string; issuedOn: string | undefined },
) {
  const { shipper, consignee, goods, containers = [] } = document
  const pieces = goods.map(({ packages }) => packages)
  const follows: { readonly [from: string]: string | undefined } = {
    shipper: shipper.name,
    consignee: consignee?.name,
    departure: nameOf(leg.from),
    destination: nameOf(leg.to),
    conveyance: leg.conveyance?.name,
    goods: goods
      .map(({ description, gngCode, etsngCode }) => [gngCode, etsngCode, description].filter(Boolean).join(' '))
      .join('; '),
    pieces: pieces.includes(undefined)
      ? undefined
      : String(pieces.reduce<number>((sum, count) => sum + (count ?? 0), 0)),
    mass: goods.reduce((sum, { grossMassKg }) => sum.plus(grossMassKg), new Big(0)).toFixed(),
    seals: containers.flatMap(({ sealIds = [] }) => sealIds).join(', ') || undefined,
    carrier: `${leg.carrier.name}: ${nameOf(leg.from)} – ${nameOf(leg.to)}`,
    issued: issuedOn,
    number,
  }
  return Object.entries(smgsBoxes).flatMap(([key, about]): Filled[] => {
    const box = key as SmgsBox
    const value = 'from' in about ? follows[about.from] : leg.boxes?.[box as keyof NonNullable<WaybillLeg['boxes']>]
    return value === undefined ? [] : [{ box, name: { en: about.en, zh: about.zh }, value }]
  })
}

const nameOf = ({ terminal, unLocode, countryCode }: WaybillLeg['from']) =>
  [terminal, unLocode].filter(Boolean).join(' ') || countryCode
