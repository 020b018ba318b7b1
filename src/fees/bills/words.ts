import type { Big } from 'big.js'
import type { Text } from '../../../schemas/text.ts'

/** Why a line of a bill is judged as it is, in words. Names are texts of the list; amounts have two decimals. */
const money = (amount: Big) => amount.toFixed(2)
const between = (least: Big, most: Big): string => (least.eq(most) ? money(most) : `${money(least)}–${money(most)}`)

export const rightWords = (name: Text, least: Big, most: Big): Text => ({
  en: `As published for “${name.en}”: ${between(least, most)}`,
  zh: `与“${name.zh}”公示标准相符：${between(least, most)}元`,
})
export const belowWords = (name: Text, least: Big): Text => ({
  en: `Less than is published for “${name.en}”: ${money(least)}`,
  zh: `低于“${name.zh}”公示标准${money(least)}元`,
})
export const aboveWords = (name: Text, most: Big, over: Big): Text => ({
  en: `“${name.en}” may cost ${money(most)} at most: ${money(over)} too much`,
  zh: `“${name.zh}”公示标准最高${money(most)}元，多收${money(over)}元`,
})
export const exceedingWords = (name: Text, most: Big, over: Big): Text => ({
  en: `More of “${name.en}” is charged than the consignment has: ${money(most)} at most, ${money(over)} too much`,
  zh: `“${name.zh}”计费数量超过实际，最高${money(most)}元，多收${money(over)}元`,
})
export const nowhereWords = (name: Text): Text => ({
  en: `The consignment has nothing of what this line charges “${name.en}” for`,
  zh: `本批货物没有该行“${name.zh}”所计的箱型`,
})
export const notFallingWords = (name: Text, because: Text): Text => ({
  en: `“${name.en}” does not fall on this consignment. ${because.en}`,
  zh: `“${name.zh}”不适用于本批货物：${because.zh}`,
})
export const togetherWords = (name: Text, least: Big, most: Big): Text => ({
  en: `The lines of “${name.en}” together come to what is published: ${between(least, most)}`,
  zh: `“${name.zh}”各行合计与公示标准相符：${between(least, most)}元`,
})
export const doubledWords = (name: Text, lines: readonly number[]): Text => ({
  en: `“${name.en}” is charged already${lines.length === 0 ? '' : ` in line ${lines.join(', ')}`}`,
  zh: `“${name.zh}”已${lines.length === 0 ? '' : `在第${lines.join('、')}行`}收取，重复收费`,
})
export const includedWords = (name: Text, other: Text, lines: readonly number[]): Text => ({
  en: `“${other.en}” (line ${lines.join(', ')}) covers “${name.en}”: the same service is charged twice`,
  zh: `“${other.zh}”（第${lines.join('、')}行）已包含“${name.zh}”，同一服务重复收费`,
})
export const wrongUnitWords = (unit: string, right: Text, least: Big, most: Big | undefined): Text => ({
  en: `Charged by “${unit}”; the price is for ${right.en}${most === undefined ? '' : `: ${between(least, most)} for this consignment`}`,
  zh: `按“${unit}”计费，公示计价单位为${right.zh}${most === undefined ? '' : `，本批应收${between(least, most)}元`}`,
})
export const cancelledWords = (name: Text, from: string, number: string, title: Text): Text => ({
  en: `“${name.en}” was cancelled from ${from} on by ${number} (${title.en})`,
  zh: `“${name.zh}”已由${number}（${title.zh}）自${from}起取消`,
})
export const outsideWords = (described: string, owner: Text | undefined): Text =>
  owner === undefined
    ? { en: `“${described}” is in nobody’s list at this port`, zh: `“${described}”不在本口岸收费目录清单内` }
    : {
        en: `“${described}” is not in the biller’s list; ${owner.en} has it in theirs`,
        zh: `“${described}”不在开单单位的清单内，属${owner.zh}的收费项目`,
      }
export const strangerWords = (biller: string): Text => ({
  en: `“${biller}” is not a payee of the list`,
  zh: `“${biller}”不是目录清单所列收费主体`,
})
export const notValidWords = (name: Text, from: string, to: string | undefined, day: string): Text => ({
  en: `“${name.en}” holds from ${from}${to === undefined ? ' on' : ` to ${to}`}, not on ${day}`,
  zh: `“${name.zh}”有效期自${from}${to === undefined ? '起' : `至${to}`}，${day}不得收取`,
})
export const elsewhenWords = (name: Text, edition: number, day: string): Text => ({
  en: `“${name.en}” stands in edition ${edition} of the list, not in the one that holds on ${day}`,
  zh: `“${name.zh}”列于第${edition}版目录，${day}适用的版次中没有`,
})
export const insteadWords = (name: Text): Text => ({
  en: `What holds is “${name.en}”`,
  zh: `当日有效的项目为“${name.zh}”`,
})
export const markedUpWords = (from: string, voucher: Big, over: Big): Text => ({
  en: `${from} charged ${money(voucher)}: ${money(over)} was added when it was handed on`,
  zh: `${from}实收${money(voucher)}元，代收加价${money(over)}元`,
})
export const handedOnWords = (from: string, voucher: Big): Text => ({
  en: `Handed on from ${from} without mark-up: ${money(voucher)}`,
  zh: `代${from}收取，未加价：${money(voucher)}元`,
})
export const addedToDueWords = (owner: Text, most: Big, over: Big): Text => ({
  en: `Collected for ${owner.en}, who may charge ${money(most)} at most: ${money(over)} was added`,
  zh: `代${owner.zh}收取，公示标准最高${money(most)}元，加价${money(over)}元`,
})
export const noVoucherWords = (name: Text): Text => ({
  en: `“${name.en}” is handed on without mark-up: what the third party charged is missing (handedOn)`,
  zh: `“${name.zh}”为代收代付，缺少实付凭证（handedOn）`,
})
export const agreedWords = (name: Text, disclosure: Text): Text => ({
  en: `“${name.en}” is by agreement: what was agreed is missing. ${disclosure.en}`,
  zh: `“${name.zh}”为协议定价，缺少约定价格：${disclosure.zh}`,
})
export const missingWords = (name: Text, missing: readonly Text[]): Text => ({
  en: `“${name.en}” cannot be judged. ${missing.map(({ en }) => en).join('. ')}`,
  zh: `“${name.zh}”无法核定：${missing.map(({ zh }) => zh).join('；')}`,
})
export const rivalWords = (described: string, rivals: readonly Text[]): Text => ({
  en: `“${described}” may be ${rivals.map(({ en }) => `“${en}”`).join(' or ')}`,
  zh: `“${described}”可能是${rivals.map(({ zh }) => `“${zh}”`).join('或')}`,
})
export const notAskedWords = (name: Text, wanted: 'on-request' | 'on-event'): Text =>
  wanted === 'on-request'
    ? { en: `“${name.en}” falls only when asked for, and was not`, zh: `“${name.zh}”须经委托，未见委托` }
    : {
        en: `“${name.en}” falls only upon an event that did not happen`,
        zh: `“${name.zh}”仅在特定情形下收取，未发生该情形`,
      }
export const creditWords: Text = { en: 'A credit, taken off the line it belongs to', zh: '红字冲减，已抵减对应行' }
export const strayCreditWords: Text = {
  en: 'A credit: which line it belongs to cannot be told',
  zh: '红字冲减，无法确定对应的收费行',
}
export const freeWords: Text = { en: 'Nothing is charged', zh: '未收费' }
export const creditedStep = (lines: readonly number[], amount: Big): Text => ({
  en: `Less the credit of line ${lines.join(', ')}: ${money(amount)} is judged`,
  zh: `抵减第${lines.join('、')}行红字后按${money(amount)}元核定`,
})
export const fromBillStep = (measure: Text, count: string): Text => ({
  en: `How many ${measure.en} there were is taken from the bill: ${count}`,
  zh: `${measure.zh}数取自账单：${count}`,
})
export const onlyWhenStep = (wanted: 'on-request' | 'on-event'): Text =>
  wanted === 'on-request'
    ? { en: 'Falls only when asked for', zh: '仅在委托时收取' }
    : { en: 'Falls only upon an event', zh: '仅在特定情形下收取' }
