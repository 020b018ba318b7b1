import { Big } from 'big.js'
import type { Thresholds } from '../../../schemas/fees/assessment.ts'
import { overlapOf } from '../pricing/conditions.ts'
import { aboutFee, count, type Found, figure, groups, type Material, sum } from './material.ts'
import { nameOf, nameOfSubject } from './names.ts'
import type { Judge } from './rule.ts'

/**
 * 重复收费: lines that bills charged twice; and a payee that lists a fee for a service which another fee of its own, that always falls, covers:
 * a violation where it falls always too, to be watched where it must be asked for or happen.
 */
export const judgeDouble: Judge<'double'> = (material, thresholds) => ({
  found: [...billed(material, thresholds), ...listed(material)],
})

function billed({ lines, inputs: { catalogue } }: Material, thresholds: Thresholds<'double'>): Found[] {
  const doubled = lines.filter(({ verdict }) => verdict === 'doubled')
  return groups(doubled, ({ port, payee, fee }) => [port, payee, fee]).map(({ rows, first }): Found => {
    const all = count(rows)
    const over = sum(rows.map((row) => row.over))
    const name = nameOfSubject(catalogue, first)
    return {
      level: new Big(all).gte(thresholds.violationLines) ? 'violation' : 'watch',
      ...aboutFee(first),
      figures: [figure('lines-doubled', all), figure('over', over, 'yuan')],
      text: {
        en: `${name.en}: ${all} lines of checked bills charge a service twice, ${over} yuan too much`,
        zh: `${name.zh}：已核对账单中有${all}行重复收费，多收${over}元`,
      },
    }
  })
}

function listed({ fees, inputs: { catalogue } }: Material): Found[] {
  const byPayee = Map.groupBy(fees, ({ fee }) => JSON.stringify([fee.port, fee.payee]))
  return [...byPayee.values()].flatMap((own) =>
    own.flatMap(({ id, fee }) => {
      const covering = own.find(
        (other) =>
          other.id !== id &&
          other.fee.arises.when === 'always' &&
          other.fee.includes?.includes(fee.kind) === true &&
          overlapOf(other.fee.applies, fee.applies) !== undefined,
      )
      if (covering === undefined) return []
      const [name, cover] = [nameOf(catalogue, 'fee', id), nameOf(catalogue, 'fee', covering.id)]
      return [
        {
          level: fee.arises.when === 'always' ? ('violation' as const) : ('watch' as const),
          port: fee.port,
          payee: fee.payee,
          fee: id,
          kind: fee.kind,
          figures: [],
          text: {
            en: `${name.en}: ${cover.en} (${covering.id}) of the same payee already covers this service`,
            zh: `${name.zh}：同一收费主体的“${cover.zh}”（${covering.id}）已包含该服务`,
          },
        },
      ]
    }),
  )
}
