import { type Declaration, type Issue, issue } from 'yuchuang/schemas'

/** Most lines of a notice. Source: specification §2. */
const mostLines = 20
const tooMany = { en: `A notice has at most ${mostLines} lines`, zh: `每份通报至多${mostLines}项货物` }

/** What the station would refuse 校验, found before anything is sent. */
export function checkNotice({ goodsShipment }: Declaration): Issue[] {
  if (goodsShipment.items.length <= mostLines) return []
  return [issue('/goodsShipment/items', 'too-many-items', tooMany, 'templateid')]
}
