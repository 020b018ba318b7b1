import type { FilingStatus, Hold } from 'yuchuang/schemas'

/** What a word of the station does to a filing; a word that is not here changes nothing. Source: specification §3. */
export const decisions: {
  readonly [code: string]: { readonly status?: FilingStatus; readonly sets?: Hold[]; readonly lifts?: Hold[] }
} = {
  RECEIVED: { status: 'acknowledged' }, // 已收到
  DUPLICATE: {}, // 已有通报在办
  REFUSED: { status: 'refused' }, // 不予接受
}
