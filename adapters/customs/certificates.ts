import type { CertificateLine, CertificateUse } from '../../schemas/certificates.ts'
import { tariffLine } from '../../schemas/codes/tariff.ts'
import type { Declaration } from '../../schemas/declaration/index.ts'
import { papersFor } from './rules.ts'

type Item = Declaration['goodsShipment']['items'][number]

/**
 * The certificates a declaration uses: those that stand beside it 随附单证, for the goods whose HS codes demand them, and the permits of its
 * items 产品资质, for what each writes off. A document that stands for an exemption 免证 uses none.
 */
export function certificatesOf(declaration: Declaration): CertificateUse[] {
  const { direction, exitEntryOfficeId, goodsShipment } = declaration
  const holder = (direction === 'import' ? goodsShipment.importer : goodsShipment.exporter)?.id
  const about = { direction, officeId: exitEntryOfficeId, ...(holder === undefined ? {} : { holder }) }
  const documents = (goodsShipment.additionalDocuments ?? []).flatMap(({ typeCode, id, exemptionCode }, at) =>
    exemptionCode === undefined
      ? [
          {
            typeCode,
            number: id,
            pointer: `/goodsShipment/additionalDocuments/${at}`,
            ...about,
            lines: linesOf(declaration, at),
          },
        ]
      : [],
  )
  const permits = new Map<string, CertificateUse>()
  for (const [at, item] of goodsShipment.items.entries())
    for (const [row, { typeCode, id, writeOff }] of (item.permits ?? []).entries()) {
      const known = permits.get(`${typeCode} ${id}`)
      const line = lineOf(item, at, writeOff)
      const pointer = `/goodsShipment/items/${at}/permits/${row}`
      permits.set(`${typeCode} ${id}`, {
        ...(known ?? { typeCode, number: id, pointer, ...about }),
        lines: [...(known?.lines ?? []), line],
      })
    }
  return [...documents, ...permits.values()]
}

/**
 * The goods a document is for: those whose HS code demands its letter, all of them where none does. Of several documents with one letter
 * each is for one of the goods, in order, where they are as many; else the first is for all.
 */
function linesOf({ direction, goodsShipment }: Declaration, at: number): CertificateLine[] {
  const { additionalDocuments = [], items, supervisionMode } = goodsShipment
  const letter = additionalDocuments[at]?.typeCode ?? ''
  const demanding = items.flatMap((item, place) =>
    papersFor(tariffLine(item.hsCode)?.supervision ?? [], direction, supervisionMode).includes(letter) ? [place] : [],
  )
  const all = demanding.length > 0 ? demanding : items.map((_, place) => place)
  const same = additionalDocuments.flatMap(({ typeCode, exemptionCode }, place) =>
    typeCode === letter && exemptionCode === undefined ? [place] : [],
  )
  const turn = same.indexOf(at)
  const mine = same.length === 1 ? all : same.length === all.length ? all.slice(turn, turn + 1) : turn === 0 ? all : []
  return mine.flatMap((place) => {
    const item = items[place]
    return item === undefined ? [] : [lineOf(item, place, undefined)]
  })
}

type WriteOff = NonNullable<Item['permits']>[number]['writeOff']

/** A line of goods with every quantity it is declared in; what is to be written off of it where that is said. */
function lineOf(item: Item, at: number, writeOff: WriteOff): CertificateLine {
  const { sequence, hsCode, originCountry, totalPrice, currency } = item
  // A summary leaves some of these out.
  const declared = [item.quantity, item.statutoryQuantity1 as Item['quantity'] | undefined, item.statutoryQuantity2]
  const mass = item.netMassKg === undefined ? undefined : { value: item.netMassKg, unitCode: 'KGM' }
  const quantities = writeOff?.quantity === undefined ? [...declared, mass] : [writeOff.quantity]
  return {
    pointer: `/goodsShipment/items/${at}`,
    sequence,
    hsCode,
    originCountry,
    quantities: quantities.filter((one) => one !== undefined).map(({ value, unitCode }) => ({ value, unitCode })),
    value: { amount: writeOff?.amount ?? totalPrice, currency },
  }
}
