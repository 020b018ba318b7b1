import { goodsOf, type RecordedResult } from '../../schemas/recognition.ts'
import type { Standing } from '../adapter.ts'

/** A container was opened and holds what was declared 开箱检查相符: the boxes that were opened, the goods in them. */
export function resultsOfCargo({ declaration, receipts, references }: Standing): RecordedResult[] {
  const number = references.find(({ scheme }) => scheme === 'acceptance-number')?.value
  const opened = receipts.find(({ code, details }) => code === 'BOX_OPENED' && openingsOf(details).every(isPassed))
  if (number === undefined || opened?.at === undefined) return []
  const boxes = openingsOf(opened.details).flatMap(({ containerNumbers = [] }) => containerNumbers)
  const { items, consignment } = declaration.goodsShipment
  const inBoxes = new Set(
    (consignment.containers ?? []).flatMap(({ id, goodsItemSequences }) =>
      boxes.includes(id) ? goodsItemSequences : [],
    ),
  )
  return [
    {
      category: 'inspection',
      number,
      at: opened.at,
      covers: { containers: boxes, goods: items.filter(({ sequence }) => inBoxes.has(sequence)).map(goodsOf) },
    },
  ]
}

interface Opening {
  readonly result?: string
  readonly containerNumbers?: readonly string[]
}
const openingsOf = (details: { readonly [name: string]: unknown } | undefined): readonly Opening[] =>
  (details?.['boxOpenings'] as readonly Opening[] | undefined) ?? [{}]
const isPassed = ({ result }: Opening): boolean => result === 'PASSED'
