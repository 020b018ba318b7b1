import { tariffLine } from '../../../schemas/codes/tariff.ts'
import { type Finding, type Message, textOf } from '../message.ts'
import { lettersInForce } from '../supervision.ts'
import { checkTransport, demand } from './conditional.ts'

/** What a summary 概要申报 must say, specification section 7; TrafName and BillNo hang on TrafMode. */
export const summaryElements: ReadonlySet<string> = new Set([
  ...'AgentCode AgentName AgentCodeScc CopCode CopName CustomMaster DeclTrnRel IEFlag IEPort InputerName TypistNo DeclareName'
    .split(' ')
    .map((element) => `DecHead.${element}`),
  ...'TradeCode TradeName TradeCoScc TrafMode TradeMode GrossWet'.split(' ').map((element) => `DecHead.${element}`),
  ...'GNo CodeTS GName GQty GUnit DeclTotal TradeCurr OriginCountry'.split(' ').map((element) => `DecList.${element}`),
])

/** Phase 3 of a summary: conveyance and bill by water and air, and what goods under quarantine add. */
export function checkSummary(message: Message): Finding[] {
  const quarantined = message.items.filter((item) => {
    const letters = tariffLine(textOf(item, 'CodeTS'))?.supervision ?? []
    return lettersInForce(letters, 'import', textOf(message.head, 'TradeMode')).includes('A')
  })
  return [
    ...checkTransport(message),
    ...quarantined.flatMap((item) => [
      ...demand(item, 'Purpose', 307, '涉检货物用途必填'),
      ...demand(item, 'GoodsAttr', 307, '涉检货物属性必填'),
    ]),
  ]
}
