import type { Declaration } from '../../schemas/declaration/index.ts'
import type { SummaryDeclaration } from '../../schemas/declaration/summary.ts'
import type { Issue } from '../../schemas/issue.ts'
import { checkLeg } from './check-transport.ts'
import { certificatesFor, isQuarantined } from './encode-summary.ts'
import { absent, found } from './findings.ts'
import type { Particulars } from './particulars.ts'
import { customsLeg } from './transport.ts'

type Item = SummaryDeclaration['goodsShipment']['items'][number]

/** What customs would refuse of a summary 概要申报: parties, conveyance, and what certificates and quarantine add to the nine things. */
export const checkSummary = (declaration: Declaration, particulars: Particulars): Issue[] => [
  ...checkParties(declaration),
  ...checkArrival(declaration, particulars),
  ...declaration.goodsShipment.items.flatMap((item, at) => [
    ...checkQuarantine(item, at),
    ...checkCertificates(item, declaration),
  ]),
]

/** By what the goods come, and when: the days for the complete declaration run from it. */
function checkArrival(declaration: Declaration, particulars: Particulars): Issue[] {
  const placed = customsLeg(declaration, particulars)
  return [
    ...checkLeg(placed, declaration, particulars),
    ...(placed.leg.arrivalDateTime === undefined
      ? [absent(`${placed.pointer}/arrivalDateTime`, 'day of arrival', '进口日期')]
      : []),
  ]
}

function checkParties({ agent, goodsShipment }: SummaryDeclaration): Issue[] {
  const { importer } = goodsShipment
  return [
    ...(agent.customsRegistrationId === undefined
      ? [absent('/agent/customsRegistrationId', "agent's customs registration code", '申报单位海关注册编码')]
      : []),
    ...(importer !== undefined && importer.customsRegistrationId === undefined
      ? [
          absent(
            '/goodsShipment/importer/customsRegistrationId',
            "importer's customs registration code",
            '境内收货人海关注册编码',
          ),
        ]
      : []),
  ]
}

/** 涉检: attributes and purpose of the goods. That ten digits are due follows from their having a letter. */
function checkQuarantine(item: Item, at: number): Issue[] {
  if (!isQuarantined(item)) return []
  const pointer = `/goodsShipment/items/${at}`
  return [
    ...(item.purpose === undefined
      ? [absent(`${pointer}/purpose`, 'purpose of goods under quarantine', '检验检疫货物用途')]
      : []),
    ...((item.goodsAttributes ?? []).length === 0
      ? [absent(`${pointer}/goodsAttributes`, 'attributes of goods under quarantine', '检验检疫货物属性')]
      : []),
  ]
}

/** 涉证: each certificate the goods need stands beside the summary. */
const checkCertificates = (item: Item, { goodsShipment }: SummaryDeclaration): Issue[] =>
  certificatesFor(item, goodsShipment.supervisionMode)
    .filter((letter) => !goodsShipment.additionalDocuments?.some(({ typeCode }) => typeCode === letter))
    .map((letter) =>
      found(
        '/goodsShipment/additionalDocuments',
        'certificate-missing',
        `Item ${item.sequence}: ${item.hsCode} demands certificate ${letter}`,
        `商品序号${item.sequence}：商品编号${item.hsCode}须提交监管证件${letter}`,
      ),
    )
