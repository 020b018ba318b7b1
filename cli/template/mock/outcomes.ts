import type { Outcome } from 'yuchuang/simulator'

interface Row extends Outcome {
  readonly steps: readonly { readonly afterMinutes: number; readonly code: string; readonly text: string }[]
}

const passed = (afterMinutes: number) => ({ afterMinutes, code: 'PASSED', text: '准予放行' })
const row = (magic: string, en: string, zh: string, ...steps: Row['steps']): Row => ({
  magic,
  procedure: 'notice',
  does: { en, zh },
  steps,
})

/** Everything the station can do with a notice; the first row is for those that ask for nothing. */
export const outcomes: readonly [Row, ...Row[]] = [
  row('PASS', 'Passed after five minutes', '五分钟后放行', passed(5)),
  row(
    'HOLD',
    'Held for an inspection, then passed',
    '先查验，后放行',
    { afterMinutes: 5, code: 'HELD', text: '待查验' },
    passed(60),
  ),
  row('REFUSE', 'Refused', '不予接受', { afterMinutes: 5, code: 'REFUSED', text: '不予接受' }),
  // In no specification, on purpose: a client must bear a word it has never heard.
  row(
    'STRANGE',
    'Says a word in no specification, then passes',
    '返回未公布的代码，后放行',
    { afterMinutes: 5, code: 'AT_COUNTER_7', text: '转七号窗口办理' },
    passed(60),
  ),
]

/** The row that is asked for. */
export const rowFor = (asked: readonly string[]): Row =>
  outcomes.find(({ magic }) => asked.includes(magic)) ?? outcomes[0]
