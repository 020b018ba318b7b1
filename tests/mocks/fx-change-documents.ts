import { amendment, between, type Procedure, references } from './fx-bank.ts'

export type Replaced = readonly (readonly [string, string])[]
const firms = {
  receipt: ['91500106MA5U0C102B', '重庆样例电脑有限公司'],
  payment: ['91500103MA5U0F207T', '重庆样例食品进出口有限公司'],
} as const
const entries = { receipt: '801420260000000123', payment: '801620261000000456' } as const
export const amounts = { receipt: '150000', payment: '98000' } as const

export interface Given {
  readonly reference?: string
  readonly of?: string
  readonly trader?: string
  readonly bankNumber?: string
  readonly reportNumber?: string
  readonly replace?: Replaced
}

const replaced = (xml: string, pairs: Replaced) => pairs.reduce((text, [from, to]) => text.replaceAll(from, to), xml)
export const numbersIn = (answer: string) => ({
  bankNumber: between(answer, 'AcctSvcrRef'),
  reportNumber: between(answer, 'RPTNO'),
})

/** The published amendment under other numbers; of a payment with what a payment declares. */
export function amended(procedure: Procedure, given: Given = {}): string {
  const { reference = 'YC9', of = references[procedure], trader = 'EV1-2026', replace = [] } = given
  const { bankNumber = 'F500020261202000001', reportNumber = '500000000101261201N001' } = given
  const [creditCode, name] = firms[procedure]
  const whole = Number(amounts[procedure])
  return replaced(amendment, [
    ['YC26112100000009', reference],
    ['6f1c8a52-9', `${reference}-1`],
    ['<TrdrRef>LAP-2026-118', `<TrdrRef>${trader}`],
    ['91500106MA5U0C102B', creditCode],
    ['重庆样例电脑有限公司', name],
    ['YC26112100000003', of],
    ['F500020261202000001', bankNumber],
    ['500000000101261201N001', reportNumber],
    ['<CUSTOMN>801420260000000123', `<CUSTOMN>${entries[procedure]}`],
    ['<CUSTAMT>150000.00', `<CUSTAMT>${whole}.00`],
    ['148000', String(whole - 2000)],
    ...(procedure === 'receipt'
      ? []
      : ([
          ['<OrgnlTp>RECEIPT', '<OrgnlTp>PAYMENT'],
          ['<PAYTYPE>O', '<PAYTYPE>P'],
          ['<BILLNO>N/A</BILLNO>', '<CONTRNO>KZ-CQ-2026-07</CONTRNO>'],
          ['<PAYATTR>O</PAYATTR>', '<INVOINO>KZ-CQ-2026-07</INVOINO>'],
        ] as const)),
    ...replace,
  ])
}

/** The same, to delete. */
export function deleted(procedure: Procedure, given: Given = {}): string {
  return amended(procedure, given)
    .replace('<ACTIONTYPE>C', '<ACTIONTYPE>D')
    .replace(/<COUNTRY>[\s\S]*?(?=<CRTUSER>)/, '')
    .replace(/<REGNO>[\s\S]*<\/CUSTOMS>/, '</REC>')
}

/** What was said under one of our numbers, one word for each delivery. */
export const wordsFor = (posted: readonly { readonly body: string }[], reference: string) =>
  posted
    .filter(({ body }) => between(body, 'OurRef') === reference)
    .map(({ body }) =>
      body.includes('<Kind>SAFE')
        ? `SAFE ${body.includes('<FILES/>') ? 'accepted' : 'error'}`
        : [between(body, 'TxSts'), between(body, 'Prtry')].filter(Boolean).join(' '),
    )
