import { Big } from 'big.js'
import type { Thresholds } from '../../../schemas/fees/assessment.ts'
import type { Verdict } from '../../../schemas/fees/bill.ts'
import {
  aboutFee,
  aboutPayee,
  count,
  type Found,
  figure,
  groups,
  type Material,
  notInList,
  percent,
  sum,
} from './material.ts'
import { nameOf } from './names.ts'
import type { Judge } from './rule.ts'

const chargedOtherwise: readonly Verdict[] = ['above-price', 'wrong-unit']

/** 实收与公示: what bills of the period show against the list, and how many complained. */
export const judgeCharged: Judge<'charged'> = (material, thresholds) => ({
  found: [...above(material, thresholds), ...outside(material, thresholds), ...complained(material, thresholds)],
  ...(material.lines.length + material.complaints.length > 0
    ? {}
    : { idle: { en: 'No bill of the period was checked', zh: '期内没有核对过的账单' } }),
})

/** Lines of one fee charged above its price, or in a wrong unit. */
function above({ lines, inputs: { catalogue } }: Material, thresholds: Thresholds<'charged'>): Found[] {
  const decided = lines.filter(({ fee, verdict }) => fee !== undefined && verdict !== 'undecided')
  return groups(decided, ({ port, payee, fee }) => [port, payee, fee]).flatMap(({ rows, first }): Found[] => {
    const wrong = rows.filter(({ verdict }) => chargedOtherwise.includes(verdict))
    const [judged, lines] = [count(rows), count(wrong)]
    if (lines === 0) return []
    const share = percent(new Big(lines), new Big(judged))
    const over = sum(wrong.map((row) => row.over))
    const grave =
      new Big(share).gte(thresholds.violationSharePercent) || new Big(over).gte(thresholds.violationOverYuan)
    const level = grave && new Big(judged).gte(thresholds.linesAtLeast) ? 'violation' : 'watch'
    if (!grave && new Big(share).lt(thresholds.watchSharePercent)) return []
    const name = nameOf(catalogue, 'fee', first.fee ?? '')
    return [
      {
        level,
        ...aboutFee(first),
        figures: [
          figure('lines-judged', judged),
          figure('lines-above', lines),
          figure('share', share, 'percent'),
          figure('over', over, 'yuan'),
        ],
        text: {
          en: `${name.en}: ${lines} of ${judged} lines of checked bills were charged above the list (${share} %), ${over} yuan too much`,
          zh: `${name.zh}：已核对的${judged}行中有${lines}行高于公示标准（${share}%），多收${over}元`,
        },
      },
    ]
  })
}

/** Lines of one payee that stand in no list 清单外收费, or no longer. */
function outside({ lines, inputs: { catalogue } }: Material, thresholds: Thresholds<'charged'>): Found[] {
  const beyond = lines.filter(({ verdict }) => notInList.includes(verdict))
  return groups(beyond, ({ port, payee }) => [port, payee]).map(({ rows, first }): Found => {
    const all = count(rows)
    const charged = sum(rows.map((row) => row.charged))
    const of = (verdict: Verdict) => count(rows.filter((row) => row.verdict === verdict))
    const unlisted = { en: 'A payee not in the list', zh: '目录外收费主体' }
    const name = first.payee === undefined ? unlisted : nameOf(catalogue, 'payee', first.payee)
    return {
      level: new Big(all).gte(thresholds.outsideViolationLines) ? 'violation' : 'watch',
      ...aboutPayee(first),
      figures: [
        figure('lines-outside-list', of('outside-list')),
        figure('lines-cancelled', of('cancelled')),
        figure('lines-not-valid', of('not-valid')),
        figure('charged', charged, 'yuan'),
      ],
      text: {
        en: `${name.en}: ${all} lines of checked bills are not in the list of their day, ${charged} yuan in all`,
        zh: `${name.zh}：已核对账单中有${all}行不在当日目录清单内，共${charged}元`,
      },
    }
  })
}

/** Complaints about one payee that were not withdrawn. */
function complained({ complaints, inputs: { catalogue } }: Material, thresholds: Thresholds<'charged'>): Found[] {
  const standing = complaints.filter(({ status }) => status !== 'withdrawn')
  return groups(standing, ({ port, payee }) => [port, payee]).flatMap(({ rows, first }): Found[] => {
    const filed = rows.reduce((total, { complaints }) => total + complaints, 0)
    if (new Big(filed).lt(thresholds.watchComplaints)) return []
    const amount = sum(rows.map((row) => row.amount))
    const name = nameOf(catalogue, 'payee', first.payee)
    return [
      {
        level: 'watch',
        ...aboutPayee(first),
        figures: [figure('complaints', filed), figure('amount', amount, 'yuan')],
        text: {
          en: `${name.en}: ${filed} complaints in the period, about ${amount} yuan`,
          zh: `${name.zh}：期内投诉${filed}件，涉及${amount}元`,
        },
      },
    ]
  })
}
