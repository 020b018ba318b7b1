import { Big } from 'big.js'
import type { Thresholds } from '../../../schemas/fees/assessment.ts'
import { aboutFee, count, type Found, figure, groups, type Material, sum } from './material.ts'
import { nameOf, nameOfSubject } from './names.ts'
import type { Judge } from './rule.ts'

/** 代收加价: what was added to charges that are to be handed on as they are; and handed-on lines nobody showed a voucher for. */
export const judgeMarkUp: Judge<'mark-up'> = (material, thresholds) => ({
  found: [...added(material, thresholds), ...unvouched(material, thresholds)],
})

function added({ lines, inputs: { catalogue } }: Material, thresholds: Thresholds<'mark-up'>): Found[] {
  const marked = lines.filter(({ verdict }) => verdict === 'marked-up')
  return groups(marked, ({ port, payee, fee }) => [port, payee, fee]).map(({ rows, first }): Found => {
    const over = sum(rows.map((row) => row.over))
    const name = nameOfSubject(catalogue, first)
    return {
      level: new Big(over).gte(thresholds.violationYuan) ? 'violation' : 'watch',
      ...aboutFee(first),
      figures: [figure('lines-marked-up', count(rows)), figure('over', over, 'yuan')],
      text: {
        en: `${name.en}: ${over} yuan were added to charges handed on, in ${count(rows)} lines of checked bills`,
        zh: `${name.zh}：已核对账单中有${count(rows)}行代收代付加价，共${over}元`,
      },
    }
  })
}

function unvouched({ lines, inputs: { catalogue } }: Material, thresholds: Thresholds<'mark-up'>): Found[] {
  const fees = catalogue.of('fee')
  const open = lines.filter(
    ({ fee, verdict }) => verdict === 'undecided' && fees.get(fee ?? '')?.price.kind === 'pass-through',
  )
  return groups(open, ({ port, payee, fee }) => [port, payee, fee]).flatMap(({ rows, first }): Found[] => {
    const all = count(rows)
    if (first.fee === undefined || new Big(all).lt(thresholds.watchUnvouchedLines)) return []
    const charged = sum(rows.map((row) => row.charged))
    const name = nameOf(catalogue, 'fee', first.fee)
    return [
      {
        level: 'watch',
        ...aboutFee(first),
        figures: [figure('lines-unvouched', all), figure('charged', charged, 'yuan')],
        text: {
          en: `${name.en}: ${all} lines of checked bills were handed on without a voucher, ${charged} yuan in all`,
          zh: `${name.zh}：已核对账单中有${all}行代收代付未附凭证，共${charged}元`,
        },
      },
    ]
  })
}
