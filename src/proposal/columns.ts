import { withoutNumber } from './labels.ts'
import { currencyIn } from './words/currencies.ts'
import { fold, partsOf, spellings } from './words/fold.ts'
import { termIn } from './words/terms.ts'
import { kilogramsOf, unitOf } from './words/units.ts'

/**
 * Headers 表头 of tables of goods and of containers in both languages. Sources as of the labels; `-` names columns a declaration has no
 * room for.
 */
const columns = {
  line: 'no | item | items | item no | line | line no | s n | sn | sr no | sno | seq | serial no | 序号 | 项号 | 商品序号 | 项次 | 行号',
  article:
    'article no | article | art no | part no | part number | p n | pn | material no | material code | sku | style no | style | product code | item code | product no | goods no | model no | 货号 | 款号 | 料号 | 物料编码 | 物料号 | 产品编号 | 产品编码 | 零件号 | 件号',
  description:
    'description | descriptions | description of goods | descriptions of goods | goods description | commodity | commodity description | description of commodity | name of commodity | name of goods | goods | product | products | product name | product description | item description | commodity and specification | commodities and specifications | name of commodity and specification | full description of goods | details of goods | particulars | 品名 | 品名及规格 | 货名 | 货物名称 | 商品名称 | 商品名称及规格 | 名称 | 产品名称 | 货物描述 | 商品描述 | 货描 | 品名规格 | 货品名称 | 商品 | 货物名称及规格 | 货物品名',
  descriptionZh:
    'chinese name | chinese description | description in chinese | name in chinese | 中文品名 | 中文名称 | 商品中文名称 | 中文货名',
  descriptionEn:
    'english name | english description | description in english | name in english | 英文品名 | 英文名称 | 商品英文名称 | 英文货名',
  specification:
    'specification | specifications | spec | model | model spec | size | type | 规格 | 型号 | 规格型号 | 型号规格 | 产品型号 | 商品规格',
  elements: 'declaration elements | 申报要素 | 规格型号申报要素 | 申报要素规格型号',
  brand: 'brand | trademark | trade mark | 品牌 | 商标 | 牌子',
  hsCode:
    'hs code | hscode | h s code | hs | h s no | hs no | hts | hts code | tariff code | tariff no | commodity code | customs code | taric | harmonized code | cn code | 商品编码 | 商品编号 | 税号 | 税则号 | 税则号列 | 海关编码 | hs编码 | 海关商品编码 | 商检编码hs',
  quantity:
    'quantity | qty | qnty | quantities | total qty | total quantity | quantity shipped | shipped qty | pieces | 数量 | 总数量 | 成交数量 | 数量合计 | 出货数量',
  unit: 'unit | units | uom | u m | unit of measure | qty unit | quantity unit | 单位 | 计量单位 | 数量单位 | 成交单位 | 计价单位',
  unitPrice:
    'unit price | price | u price | unit cost | unit value | price per unit | price each | rate | 单价 | 价格 | 申报单价 | 成交单价',
  amount:
    'amount | total | total amount | total price | value | total value | line total | extended price | ext price | amt | 金额 | 总价 | 总值 | 总金额 | 小计 | 货值 | 申报总价 | 合计金额',
  currency: 'currency | cur | curr | ccy | 币制 | 币种 | 货币',
  packages:
    'packages | no of packages | number of packages | no of pkgs | pkgs | package | cartons | ctns | no of cartons | no of ctns | ctn | total ctns | total cartons | package qty | pallets | plts | packing qty | cases | quantity of packages | 件数 | 箱数 | 包装件数 | 总件数 | 总箱数 | 托数 | 包装数量 | 包数',
  packageType:
    'package type | kind of packages | kind of package | packing | packaging | type of packing | pkg type | 包装 | 包装种类 | 包装方式 | 包装类型 | 包装单位',
  gross:
    'gross weight | gross | g w | gw | gross wt | total gross weight | total g w | t g w | gross mass | 毛重 | 总毛重 | 毛重合计 | 毛',
  net: 'net weight | net | n w | nw | net wt | total net weight | total n w | t n w | net mass | 净重 | 总净重 | 净重合计 | 净',
  origin:
    'country of origin | origin | coo | made in | country | origin country | 原产国 | 原产地 | 产地 | 原产国地区 | 生产国',
  container: 'container no | container number | container | cntr no | ctnr no | 集装箱号 | 箱号 | 柜号 | 集装箱号码',
  seal: 'seal no | seal number | seal | seals | 封号 | 封志号 | 铅封号 | 封条号',
  containerType: 'container type | container size | size type | type size | cntr type | 箱型 | 柜型 | 集装箱规格',
  '-': 'cbm | measurement | meas | volume | m3 | dimension | dimensions | 体积 | 尺码 | 尺寸 | 立方数 | remark | remarks | note | notes | 备注 | carton no | ctn no | ctn nos | carton nos | package no | pkg no | case no | c no | marks | marks and nos | marks and numbers | shipping marks | mark | 唛头 | 标记唛码 | 箱数编号 | po no | po | order no | p o no | 订单号 | 采购订单号 | pcs ctn | qty ctn | qty per ctn | 每箱数量 | g w ctn | n w ctn | kg ctn | 每箱毛重 | 每箱净重 | tax | vat | discount',
} as const
export type Column = Exclude<keyof typeof columns, '-'>
const known = spellings<keyof typeof columns>(columns)

/** What a header says: which column it is, and what holds for all cells below it. */
export interface ColumnHead {
  readonly column: keyof typeof columns
  /** Of weights: kilograms in one of its units, where it names one. */
  readonly kilograms?: string
  readonly currency?: string
  /** Of quantities: the unit it names; of packages their type, in the header's words. */
  readonly word?: string
  /** `Unit price FOB Chongqing`. */
  readonly terms?: string
}

const brackets = /[(（[【]([^()（）[\]【】]*)[)）\]】]/g

/** The column a header is of; undefined when it is none. */
export function columnOf(printed: string): ColumnHead | undefined {
  if (printed.length > 120) return undefined
  const text = withoutNumber(printed)
  const aside = [...text.matchAll(brackets)].map(([, inside = '']) => inside)
  const bare = text.replaceAll(brackets, ' ').trim()
  const term = termIn(bare)
  const cut = term === undefined ? bare : bare.slice(0, bare.toUpperCase().search(/\b(?:[A-Z]{3}|C&F)\b(?=.*$)/))
  for (const candidate of [text, bare, withoutUnits(bare), term === undefined ? '' : cut, withoutUnits(cut)]) {
    const column = columnNamed(candidate)
    if (column === undefined) continue
    const words = [...aside, ...bare.split(/[\s/,，:：]+/)]
    const unit = words.map((word) => unitOf(word)).find((one) => one !== undefined)
    const kilograms = column === 'gross' || column === 'net' ? kilogramsOf(unit) : undefined
    const isMoney = column === 'unitPrice' || column === 'amount'
    const currency = isMoney ? currencyIn(withoutName(text, aside))?.code : undefined
    const counts = column === 'quantity' ? words.find((word) => unitOf(word) !== undefined) : undefined
    const packs =
      column === 'packages'
        ? words.find((word) => /^(ct?ns?|cartons|pallets|plts|cases|箱数|托数)$/i.test(word))
        : undefined
    return {
      column,
      ...(kilograms === undefined ? {} : { kilograms }),
      ...(currency === undefined ? {} : { currency }),
      ...((counts ?? packs) === undefined ? {} : { word: (counts ?? packs ?? '').replace(/数$/, '') }),
      ...(term === undefined || !isMoney ? {} : { terms: `${term.code} ${term.place}`.trim() }),
    }
  }
  return undefined
}

/** What of a price's header may name a currency: what stands aside, and codes and signs; 元 in a word is none. */
const withoutName = (text: string, aside: readonly string[]): string =>
  [...aside, ...(text.match(/[A-Z]{0,2}[$€£¥￥]|\b[A-Z]{3}\b|美元|美金|人民币|欧元/g) ?? [])].join(' ')

/** A header without the units and currencies it ends with: `Amount USD`, `G.W. KGS`. */
function withoutUnits(text: string): string {
  const words = text.split(/[\s/,，:：]+/).filter((word) => word !== '')
  while (words.length > 1) {
    const last = words.at(-1) ?? ''
    if (unitOf(last) === undefined && !(/^[A-Z$€£¥]{1,4}$/i.test(last) && currencyIn(last) !== undefined)) break
    words.pop()
  }
  return words.join(' ')
}

function columnNamed(text: string): keyof typeof columns | undefined {
  const folded = fold(text)
  if (folded === '') return undefined
  const whole = known.get(folded)
  if (whole !== undefined) return whole
  const { han, latin } = partsOf(folded)
  if (han === '' || latin === '') return undefined
  const [zh, en] = [known.get(han), known.get(latin)]
  return zh === undefined || zh === '-' ? (en ?? zh) : zh
}
