import { goodsOf, type RecordedResult } from '../../schemas/recognition.ts'
import { rankOf } from '../../schemas/status.ts'
import type { Standing } from '../adapter.ts'

/** An inspection passed 查验通过: goods that were called for inspection and released all the same. */
export function resultsOfDeclaration({ declaration, receipts, references }: Standing): RecordedResult[] {
  const called = receipts.findIndex(({ sets }) => sets?.includes('inspection'))
  const released = receipts.findLast(({ status }) => status === 'approved')
  const number = references.find(({ scheme }) => scheme === 'entry-number')?.value
  if (called === -1 || released?.at === undefined || number === undefined) return []
  if (receipts.slice(called).every(({ status }) => status === undefined || rankOf(status) < rankOf('approved')))
    return []
  const { items, consignment } = declaration.goodsShipment
  return [
    {
      category: 'inspection',
      number,
      at: released.at,
      covers: { containers: (consignment.containers ?? []).map(({ id }) => id), goods: items.map(goodsOf) },
    },
  ]
}
