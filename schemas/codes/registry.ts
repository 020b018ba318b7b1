import type { Text } from '../text.ts'

/** A code list as it is announced, before any of its rows is read. */
export interface CodeListEntry {
  readonly title: Text
  readonly source: string
}

const singleWindow = 'China Single Window standard-edition parameter tables, 2019/2020 edition'
const exchangeReports = 'SAFE balance-of-payments data-collection interface (2012-era), public code'
const maritimeWindow = 'IMO Maritime Single Window, open source'
const iso20022 = 'ISO 20022 external code sets (partly unverified)'

/** The public code lists 代码表: id, title, source. The rows lie in `data/<id>.json` and are read when first asked for. */
export const codeLists = {
  countries: list('Countries and regions', '国别（地区）代码', singleWindow),
  currencies: list('Currencies', '货币代码', singleWindow),
  'customs-offices': list('Customs offices', '关区代码', singleWindow),
  'supervision-modes': list(
    'Customs supervision modes (trade modes)',
    '监管方式代码',
    `${singleWindow}; later codes: 海关总署公告2020年第75号 and a public dictionary`,
  ),
  'levy-natures': list('Natures of levy and exemption', '征免性质代码', singleWindow),
  'duty-modes': list('Ways of levying, reducing and exempting duty', '征减免税方式代码', singleWindow),
  'transport-modes': list('Modes of transport', '运输方式代码', singleWindow),
  'trade-terms': list('Terms of delivery', '成交方式代码', singleWindow),
  packaging: list('Kinds of packaging', '包装种类代码', singleWindow),
  units: list('Units of quantity', '计量单位代码', singleWindow),
  'container-specs': list('Container specifications', '集装箱规格代码', singleWindow),
  'foreign-ports': list('Ports abroad and customs special areas', '港口代码', singleWindow),
  'domestic-ports': list('Ports and border crossings of China', '国内口岸代码', singleWindow),
  'domestic-districts': list('Districts of China (source and destination of goods)', '国内地区代码', singleWindow),
  'admin-divisions': list('Administrative divisions of China', '国内行政区划代码', singleWindow),
  'origin-areas': list('Areas of origin', '原产地区代码', singleWindow),
  'inspection-offices': list('Inspection and quarantine offices', '检验检疫机关代码', singleWindow),
  'certificate-types': list('Supervision certificates', '监管证件代码', singleWindow),
  'goods-permit-types': list('Permits for goods', '许可证类别代码', singleWindow),
  'enterprise-qualifications': list('Qualifications of enterprises', '企业资质代码', singleWindow),
  'document-types': list('Accompanying electronic documents', '随附单证类别代码', singleWindow),
  purposes: list('Purposes of goods', '用途代码', singleWindow),
  'goods-attributes': list('Attributes of goods', '货物属性代码', singleWindow),
  'dangerous-packaging': list('Specifications of dangerous-goods packaging', '危包规格代码', singleWindow),
  'correlation-reasons': list('Reasons for a related declaration', '关联理由代码', singleWindow),
  'trade-agreements': list('Preferential trade agreements', '优惠贸易协定代码', 'public sources; evidence per row'),
  tariff: list(
    'Tariff (2020 sample, not current law)',
    '进出口税则（2020年样本，非现行税则）',
    'China customs tariff, 2020 sample: rates, statutory units, supervision letters; NOT current law',
  ),
  'declaration-elements': list(
    'Declaration elements by HS code (2020 sample, not current law)',
    '申报要素（2020年样本，非现行规定）',
    'China customs declaration-element table, 2020 sample; NOT current law',
  ),
  'un-numbers': list(
    'UN numbers of dangerous goods',
    '联合国危险货物编号',
    'public list of UN numbers; number and class only; details: sample, unverified',
  ),
  'imdg-classes': list('Dangerous-goods classes and divisions (IMDG)', '危险货物类别', 'DCSA reference data'),
  'segregation-groups': list('Segregation groups (IMDG)', '危险货物隔离类', 'DCSA eBL 3.0'),
  locations: list(
    'Locations (UN/LOCODE): China, Singapore and Chongqing corridors',
    '联合国贸易和运输地点代码（中国、新加坡及重庆通道）',
    'UN/LOCODE (UNECE), edition about 2024',
  ),
  'credit-levels': list(
    'Customs credit levels of enterprises',
    '海关企业信用等级',
    '总署令第282号 (effective 2026-04-01) and 总署令第251号 (2021-11-01..2026-03-31); 2019 inspection-rate averages from press article',
  ),
  'tax-types': list(
    'Kinds of tax on a tax bill',
    '税种',
    'Letters seen on tax bills; not verified against an official source',
  ),
  'fx-transactions': list(
    'Balance-of-payments transactions (extract)',
    '涉外收支交易代码（节选）',
    'SAFE 涉外收支交易分类与代码 (2014), 25 rows',
  ),
  'fx-actions': list('Actions of a balance-of-payments report', '操作类型', exchangeReports),
  'fx-customers': list('Customers of a balance-of-payments report', '客户类型', exchangeReports),
  'fx-methods': list('Methods of settlement', '结算方式', exchangeReports),
  'fx-receipt-natures': list('Natures of a foreign receipt', '收款性质', exchangeReports),
  'fx-payment-natures': list('Natures of a foreign payment', '付款类型', exchangeReports),
  'fx-receipt-financings': list('Financing behind a foreign receipt', '收款属性（融资方式）', exchangeReports),
  'fx-bonded-marks': list('Bonded-goods mark', '是否保税货物项下', exchangeReports),
  'fx-report-statuses': list('Answers of the exchange administration to a report', '外汇局回执状态', exchangeReports),
  'fx-applications': list('Applications of the exchange administration', '外汇局应用类型', exchangeReports),
  'fx-cny-trades': list('Trades settled in CNY', '人民币贸易类型', exchangeReports),
  'fx-cny-settlements': list('Declaration and settlement currency', '人民币报关收付类型', exchangeReports),
  'cny-purposes': list('Purposes of a cross-border CNY payment', '跨境人民币用途代码', 'bank guidance pages, 2022'),
  'payment-statuses': list('Payment statuses (ISO 20022)', '支付状态代码', iso20022),
  'payment-reasons': list('Reasons of a payment status (ISO 20022, extract)', '支付状态原因代码（节选）', iso20022),
  'persons-on-board': list('Kinds of person on board', '船上人员类别', maritimeWindow),
  'identity-documents': list('Identity documents of persons on board', '身份证件类型', maritimeWindow),
  genders: list('Genders on a crew or passenger list', '性别', maritimeWindow),
  'port-call-statuses': list('Statuses of a port call', '船舶挂港状态', maritimeWindow),
  'port-organizations': list('Kinds of organization in a port call', '口岸机构类别', maritimeWindow),
  'port-call-purposes': list('Purposes of a port call', '船舶到港目的', 'UN/EDIFACT D00B 8025'),
  'travel-documents': list(
    'Travel documents on a passenger list',
    '旅行证件类型',
    'UN/EDIFACT PAXLST, rows seen in public code (DOC 1001)',
  ),
  'passenger-list-parties': list(
    'Parties of a passenger list',
    '旅客名单当事方',
    'UN/EDIFACT PAXLST, rows seen in public code (NAD 3035)',
  ),
  'passenger-list-places': list(
    'Places of a passenger list',
    '旅客名单地点',
    'UN/EDIFACT PAXLST, rows seen in public code (LOC 3227)',
  ),
  'crew-ranks': list('Ranks of the crew', '船员职务', 'Customary ranks, unverified'),
  'fee-kinds': list(
    'Kinds of port fees',
    '口岸收费项目类别',
    'names of items in a published Hubei port fee catalogue, 交水规〔2019〕2号 and a Chongqing port-fee oversight front end (2022); English names, grouping and the rows on rail, air, the oil pollution fund and certified copies by this project',
  ),
  'fal-forms': list('FAL forms', 'FAL 表格', 'IMO FAL Convention, unverified'),
} as const satisfies { readonly [id: string]: CodeListEntry }

/** The id of a code list, the same in file name and URL. */
export type CodeListId = keyof typeof codeLists

/** Whether a word from outside names a code list. */
export function isCodeListId(id: string): id is CodeListId {
  return Object.hasOwn(codeLists, id)
}

function list(en: string, zh: string, source: string): CodeListEntry {
  return { title: { en, zh }, source }
}
