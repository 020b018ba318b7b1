import type { Text } from '../../../schemas/text.ts'

/** What the pages of certificates say. */
export const certificateWords = {
  title: { en: 'Certificates', zh: '监管证件' },
  about: {
    en: 'What each certificate still allows, by its issuer and by our own ledger. No declaration takes more than our ledger says is left.',
    zh: '各监管证件的剩余额度（发证机关与我方台账）。任何申报不得超出我方台账余额。',
  },
  type: { en: 'Type', zh: '证件代码' },
  number: { en: 'Number', zh: '证件编号' },
  numberHelp: { en: 'or how it begins', zh: '或编号开头' },
  holder: { en: 'Holder', zh: '持证企业' },
  unconfirmed: { en: 'Unconfirmed', zh: '未确认' },
  onlyUnconfirmed: { en: 'Only with unconfirmed uses', zh: '仅看有未确认使用的' },
  issuer: { en: 'Issuer', zh: '发证机关' },
  remaining: { en: 'Remaining', zh: '余额' },
  reserved: { en: 'Reserved', zh: '预留' },
  committed: { en: 'Written off', zh: '已核销' },
  uses: { en: 'Uses', zh: '使用记录' },
  usesTaken: { en: 'Used', zh: '使用次数' },
  usesLeft: { en: 'uses left', zh: '次剩余' },
  none: {
    en: 'No certificate was found. A certificate is known here once a declaration names it.',
    zh: '没有符合条件的证件。申报中引用后即登记在此。',
  },
  noUses: { en: 'No declaration uses it.', zh: '尚无申报使用。' },
  seen: { en: 'Told by its issuer', zh: '发证机关告知' },
  never: { en: 'not yet', zh: '尚未' },
  valid: { en: 'Valid', zh: '有效期' },
  quantity: { en: 'Quantity', zh: '数量' },
  asking: { en: 'Still to be told', zh: '待告知' },
  reserve: { en: 'to set aside', zh: '预留' },
  commit: { en: 'to write off', zh: '核销' },
  release: { en: 'to give back', zh: '释放' },
  noAnswer: { en: 'no answer since', zh: '无应答自' },
  ledger: { en: 'Ledger', zh: '台账' },
  entry: { en: 'Entry', zh: '记录' },
  noLedger: { en: 'Nothing was taken of it.', zh: '尚无台账记录。' },
  rule: { en: 'Networked by', zh: '联网依据' },
  goods: { en: 'Goods', zh: '商品' },
} as const satisfies Record<string, Text>

/** What an entry of the ledger is 台账记录类型. */
export const entryNames: { readonly [kind: string]: Text } = {
  reserve: { en: 'Reserved', zh: '预留' },
  commit: { en: 'Written off', zh: '核销' },
  release: { en: 'Given back', zh: '释放' },
  reverse: { en: 'Undone', zh: '冲回' },
  succeed: { en: 'Taken over', zh: '承接' },
}
