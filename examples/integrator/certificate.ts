/**
 * What this example hands in: one customs payment certificate 海关缴款书, as the office's own specification wants it.
 * @param entry number of the customs entry it belongs to, 18 digits; the office remembers which it has seen
 */
export const certificateOf = (ourReference: string, traderReference: string, entry: string) => ({
  head: {
    ourReference,
    messageId: `${ourReference}-1`,
    traderReference,
    submittedAt: '2026-12-02T09:30:00+08:00',
  },
  taxpayer: { nsrsbh: '91500103MA5U0F207T', nsrmc: '重庆样例食品进出口有限公司' },
  ssq: '202611',
  jks: [{ sbxh: '1', jkshm: `${entry}-L01`, bgdh: entry, tfrq: '2026-11-26', se: '88200.00' }],
})

/** What the office says of it when it is asked. */
export interface State {
  readonly receipt: { readonly accepted: 'Y' | 'N'; readonly code: string; readonly slbh?: string }
  readonly notices: readonly { readonly status: string; readonly ends: string }[]
}
export const statusesOf = ({ notices }: State): string[] => notices.map(({ status }) => status)

/** The agencies' day in this example. */
export const startAt = '2026-12-02T01:30:00Z'
