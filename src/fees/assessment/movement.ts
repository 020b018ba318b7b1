import { Big } from 'big.js'
import type { Moved, Movement, Thresholds } from '../../../schemas/fees/assessment.ts'
import type { Fee } from '../../../schemas/fees/entries.ts'
import { holdsOn } from '../catalogue.ts'
import { type Cell, cellsOf, covers, partsOf } from './cells.ts'
import { type Found, figure, type Material, percent } from './material.ts'
import { nameOf } from './names.ts'
import type { Judge } from './rule.ts'
import { thingOf } from './thing.ts'

/** 变动: what is new, ended, dearer and cheaper than at the round before; what rose too far, or cannot be compared any more, is watched. */
export const judgeMovement: Judge<'movement'> = (material, thresholds) => {
  if (material.inputs.previous === undefined)
    return { found: [], idle: { en: 'There is no earlier round', zh: '此前没有评估轮次' } }
  const movement = movementSince(material, material.inputs.previous)
  return { found: judged(material, movement, thresholds), tables: { movement } }
}

function movementSince({ fees }: Material, { to, catalogue }: NonNullable<Material['inputs']['previous']>): Movement {
  const before = new Map([...catalogue.of('fee')].filter(([, fee]) => holdsOn(fee, to)))
  const movement = { new: [], ended: [], raised: [], lowered: [], reshaped: [] } as {
    -readonly [list in keyof Movement]: Movement[list]
  }
  for (const { id, fee } of fees) {
    const then = before.get(id)
    if (then === undefined) movement.new.push(id)
    else if (then !== fee) movePrices(id, then, fee, movement)
  }
  const now = new Set(fees.map(({ id }) => id))
  movement.ended.push(...[...before.keys()].filter((id) => !now.has(id)).sort())
  return movement
}

function movePrices(id: string, then: Fee, now: Fee, { raised, lowered, reshaped }: Movement): void {
  const [before, after] = [cellsOf(then), cellsOf(now)]
  if (then.price.kind !== now.price.kind && now.price.kind !== 'rates') reshaped.push({ fee: id, thing: wholePrice })
  for (const cell of after) {
    const parts = partsOf(cell, before)
    // A bound on top that was not there before makes nothing dearer.
    if (parts.length === 0 && cell.part !== 'maximum')
      reshaped.push({ fee: id, thing: thingOf(cell), now: cell.price.toFixed() })
    for (const { was, part } of parts)
      if (!part.price.eq(was.price)) (part.price.gt(was.price) ? raised : lowered).push(movedFrom(id, was, part))
  }
  for (const cell of before)
    if (cell.part === 'maximum' && !after.some((one) => covers(cell, one)))
      reshaped.push({ fee: id, thing: thingOf(cell) })
}
const wholePrice = { en: 'the price as a whole', zh: '整体价格形式' }

const movedFrom = (fee: string, was: Cell, cell: Cell): Moved => ({
  fee,
  thing: thingOf(cell),
  before: was.price.toFixed(),
  now: cell.price.toFixed(),
  ...(was.price.eq(0) ? {} : { percent: percent(cell.price.minus(was.price), was.price) }),
})

function judged(
  { fees, inputs: { catalogue } }: Material,
  { raised, reshaped }: Movement,
  { watchPercent }: Thresholds<'movement'>,
): Found[] {
  const rises = Map.groupBy(raised, ({ fee }) => fee)
  const others = Map.groupBy(reshaped, ({ fee }) => fee)
  return fees.flatMap(({ id, fee }): Found[] => {
    const far = (rises.get(id) ?? []).filter(
      (rise) => rise.percent === undefined || new Big(rise.percent).gt(watchPercent),
    )
    const odd = others.get(id) ?? []
    if (far.length + odd.length === 0) return []
    // From nothing to something is further than any percentage.
    const [worst] = far.toSorted(
      (a, b) =>
        Number(b.percent === undefined) - Number(a.percent === undefined) ||
        new Big(b.percent ?? 0).cmp(a.percent ?? 0),
    )
    const name = nameOf(catalogue, 'fee', id)
    const figures = [
      figure('prices-raised', far.length),
      figure('prices-reshaped', odd.length),
      ...(worst === undefined ? [] : [figure('before', worst.before, 'yuan'), figure('now', worst.now, 'yuan')]),
      ...(worst?.percent === undefined ? [] : [figure('rise', worst.percent, 'percent')]),
    ]
    const about = { level: 'watch' as const, port: fee.port, payee: fee.payee, fee: id, kind: fee.kind, figures }
    if (worst === undefined)
      return [
        {
          ...about,
          text: {
            en: `${name.en}: ${odd.length} prices took another form since the last round and cannot be compared`,
            zh: `${name.zh}：自上一轮以来有${odd.length}项价格改变形式，无法比较`,
          },
        },
      ]
    const by =
      worst.percent === undefined
        ? { en: 'from nothing', zh: '由零起收' }
        : { en: `by ${worst.percent} %`, zh: `涨幅${worst.percent}%` }
    return [
      {
        ...about,
        text: {
          en: `${name.en}: raised ${by.en} since the last round, from ${worst.before} to ${worst.now} yuan (${worst.thing.en})`,
          zh: `${name.zh}：自上一轮以来由${worst.before}元调至${worst.now}元，${by.zh}（${worst.thing.zh}）`,
        },
      },
    ]
  })
}
