import { Big } from 'big.js'
import type { Charge, Declaration } from '../../schemas/declaration/index.ts'
import type { Issue } from '../../schemas/issue.ts'
import { rowOf } from '../tables.ts'
import { transModeOf } from './codes.ts'
import { promisesOf } from './encode.ts'
import { traderOf } from './encode-head.ts'
import { absent, found } from './findings.ts'
import type { Particulars } from './particulars.ts'
import { chargesFor, tradeModeRules, vouchedMaterial } from './rules.ts'

const shipment = '/goodsShipment'

/** What the head says: parties, charges, trade mode, masses, related papers. */
export const checkHead = (declaration: Declaration, particulars: Particulars): Issue[] => [
  ...checkParties(declaration),
  ...checkCharges(declaration),
  ...checkTradeMode(declaration),
  ...checkMasses(declaration),
  ...checkPreviousDocuments(declaration),
  ...checkParticulars(declaration, particulars),
]

/** Agent and domestic trader are known to customs by its registration code. */
function checkParties(declaration: Declaration): Issue[] {
  const { agent, direction } = declaration
  const trader = traderOf(declaration)
  const at = `${shipment}/${direction === 'export' ? 'exporter' : 'importer'}`
  return [
    ...(agent.customsRegistrationId === undefined
      ? [absent('/agent/customsRegistrationId', "agent's customs registration code", '申报单位海关注册编码')]
      : []),
    ...(trader === undefined
      ? [absent(at, `domestic ${direction === 'export' ? 'exporter' : 'importer'}`, '境内收发货人')]
      : []),
    ...(trader !== undefined && trader.customsRegistrationId === undefined
      ? [absent(`${at}/customsRegistrationId`, "trader's customs registration code", '境内收发货人海关注册编码')]
      : []),
  ]
}

const charges = { freight: '运费', insurance: '保险费' } as const

/** Freight and insurance stand beside the price exactly where the trade terms leave them outside it. */
function checkCharges({ direction, goodsShipment }: Declaration): Issue[] {
  const terms = goodsShipment.tradeTerms.conditionCode
  const due = chargesFor[direction][transModeOf[terms]]
  const missing = (['freight', 'insurance'] as const).flatMap((kind) => {
    const given = goodsShipment.valuation?.[kind]
    const pointer = `${shipment}/valuation/${kind}`
    if (due === undefined || due[kind] === (given !== undefined)) return []
    return due[kind]
      ? [absent(pointer, `${kind} under ${terms}`, `${charges[kind]}（成交方式${terms}）`)]
      : [
          found(
            pointer,
            'charge-not-allowed',
            `Under ${terms} no ${kind} is declared`,
            `成交方式${terms}不应填报${charges[kind]}`,
          ),
        ]
  })
  const unpriced = (Object.entries(goodsShipment.valuation ?? {}) as [string, Charge | undefined][]).flatMap(
    ([kind, charge]) =>
      charge !== undefined && charge.basis !== 'rate' && charge.currency === undefined
        ? [absent(`${shipment}/valuation/${kind}/currency`, 'currency of an amount', '运保杂费币制')]
        : [],
  )
  return [...missing, ...unpriced]
}

/** Trade mode, levy nature and duty mode belong together; processing trade names its handbook. */
function checkTradeMode({ goodsShipment }: Declaration): Issue[] {
  const { handbookNumber, items, levyNature, supervisionMode } = goodsShipment
  const rule = rowOf(tradeModeRules, supervisionMode)
  if (rule === undefined) return []
  const belongs = levyNature === rule.levyNature
  const nature =
    belongs || rule.otherLevyNatures
      ? []
      : [
          found(
            `${shipment}/levyNature`,
            'combination-not-allowed',
            `Trade mode ${supervisionMode} goes with levy nature ${rule.levyNature}`,
            `监管方式${supervisionMode}应对应征免性质${rule.levyNature}`,
          ),
        ]
  const duties = items.flatMap(({ dutyMode }, at) =>
    belongs && !rule.dutyModes.includes(dutyMode)
      ? [
          found(
            `${shipment}/items/${at}/dutyMode`,
            'combination-not-allowed',
            `Trade mode ${supervisionMode} with levy nature ${rule.levyNature} goes with duty mode ${rule.dutyModes.join(', ')}`,
            `监管方式${supervisionMode}、征免性质${rule.levyNature}应对应征免方式${rule.dutyModes.join('、')}`,
          ),
        ]
      : [],
  )
  const begins = rule.handbook !== undefined && !rule.handbook.includes(handbookNumber?.charAt(0) || '?')
  const handbook = begins
    ? [
        found(
          `${shipment}/handbookNumber`,
          handbookNumber === undefined ? 'missing' : 'handbook-differs',
          `Trade mode ${supervisionMode} names a handbook that begins with ${rule.handbook?.split('').join(', ')}`,
          `监管方式${supervisionMode}应填报${rule.handbook?.split('').join('、')}字头备案号`,
        ),
      ]
    : []
  return [...nature, ...duties, ...handbook]
}

/** Masses are above zero. That net does not exceed gross, the declaration itself asks. */
const checkMasses = ({ goodsShipment }: Declaration): Issue[] =>
  (['totalGrossMassKg', 'totalNetMassKg'] as const).flatMap((mass) =>
    new Big(goodsShipment[mass]).gt(0)
      ? []
      : [found(`${shipment}/${mass}`, 'not-above-zero', 'The mass is zero', '重量应大于零')],
  )

/** One related declaration, one related handbook and one correlation number have a place; a second has none. */
function checkPreviousDocuments({ goodsShipment }: Declaration): Issue[] {
  const seen = new Set<string>()
  return (goodsShipment.previousDocuments ?? []).flatMap(({ relation }, at) => {
    const again = seen.has(relation)
    seen.add(relation)
    return again
      ? [
          found(
            `${shipment}/previousDocuments/${at}`,
            'not-mappable',
            `Customs takes one previous document of relation "${relation}"`,
            '同一关联类型海关只接受一个单证',
          ),
        ]
      : []
  })
}

const below = '/particulars/customs/declare'

/** Particulars speak of what is there, and promise the material of the direction. */
function checkParticulars(declaration: Declaration, particulars: Particulars): Issue[] {
  const { attachments, consignment, items } = declaration.goodsShipment
  const counts = {
    items: items.length,
    containers: consignment.containers?.length ?? 0,
    attachments: attachments?.length ?? 0,
  }
  const stray = Object.entries(counts).flatMap(([rows, count]) =>
    Object.keys(particulars[rows as keyof typeof counts] ?? {})
      .filter((place) => Number(place) > count)
      .map((place) =>
        found(
          `${below}/${rows}/${place}`,
          'row-unknown',
          `There are ${count} ${rows}`,
          `仅有${count}项，不存在第${place}项`,
        ),
      ),
  )
  const material = vouchedMaterial[declaration.direction]
  const vouched = promisesOf(declaration, particulars).some((row) => row['declaratioMaterialCode'] === material)
  return [
    ...stray,
    ...(vouched
      ? []
      : [
          found(
            `${below}/copPromises`,
            'material-differs',
            `On ${declaration.direction} the material vouched for is ${material}`,
            `证明/声明材料代码应为${material}`,
          ),
        ]),
  ]
}
