import { type CodeItem, findCode, loadCodeList, textOf } from '../../../schemas/codes/index.ts'
import { isContainerNumber } from '../../../schemas/formats.ts'
import { conflicts, expiredAt, type Rules, tooLate } from '../checks.ts'
import {
  contact,
  headGroup,
  instantOf,
  isClass,
  isDay,
  isDecimal,
  isName,
  isPhone,
  isTime,
  isUnNumber,
  isYesOrNo,
  millionths,
  place,
  voyage,
  waters,
} from '../formats.ts'
import { forbiddenInland, vagueNames } from '../parameters.ts'
import { type Fault, group, many, matches, may, must, number, oneOf, upTo } from '../shape.ts'

const goods = group({
  ItemNumber: must(number(3)),
  ProperShippingName: must(upTo(250), { missing: 'MA-104' }),
  TechnicalName: may(upTo(250)),
  UNNumber: must(isUnNumber, { missing: 'MA-101', wrong: 'MA-101' }),
  Class: must(isClass, { missing: 'MA-102', wrong: 'MA-102' }),
  PackingGroup: may(oneOf('I', 'II', 'III'), { wrong: 'MA-103' }),
  SubsidiaryRisk: many(must(isClass), 0, 2),
  FlashPoint: may(matches(/^-?\d{1,3}(\.\d{1,2})?$/)),
  EmS: must(matches(/^F-[A-J],S-[A-Z]$/), { missing: 'MA-107', wrong: 'MA-107' }),
  MarinePollutant: may(isYesOrNo),
  LimitedQuantity: may(isYesOrNo),
  PackageCount: must(number(8)),
  GrossMassKg: must(isDecimal),
  NetMassKg: must(isDecimal),
  ContainerNumber: many(must(isContainerNumber), 0, 50),
  PackingCertificateNumber: may(upTo(35)),
  PackagingCertificateNumber: must(upTo(35), { missing: 'MA-202' }),
  PackagingCertificateExpiry: must(isDay, { missing: 'MA-202' }),
  SafetyDataSheetId: must(upTo(35), { missing: 'MA-203' }),
  EmergencyContact: group(contact),
})

/** A result of another office of the port 互认结果. */
const recognisedResult = group({
  ResultId: must(matches(/^[A-Z0-9]{1,20}$/)),
  Authority: must(matches(/^[a-z]{1,20}$/)),
  Category: must(matches(/^[a-z-]{1,40}$/)),
  Number: must(upTo(64)),
  At: must(isTime),
  Until: must(isTime),
  Check: must(matches(/^[a-z-]{1,40}$/)),
  ContainerNumber: many(must(isContainerNumber), 0, 100),
})

const shape = group({
  Head: headGroup,
  Declarant: group({ Name: must(isName), CreditCode: must(matches(/^[0-9A-Z]{18}$/)), Phone: must(isPhone) }),
  Shipper: must(upTo(128)),
  Consignee: must(upTo(128)),
  TransportDocumentNumber: may(upTo(35)),
  Carriage: group({
    Waters: waters,
    ShipName: must(isName),
    Voyage: voyage,
    From: group(place),
    To: group(place),
    Etd: must(isTime),
  }),
  Goods: many(goods, 1, 50),
  RecognisedResult: many(recognisedResult, 0, 5),
})

type Document = ReturnType<typeof shape.read>
type Goods = Document['Goods'][number]
type Carriage = Document['Carriage']
/** A rule over one goods item: the element at fault and its code. */
type Rule = (
  goods: Goods,
  listed: CodeItem | undefined,
  carriage: Carriage,
) => readonly (readonly [code: string, element: string])[]

const ifWrong = (wrong: boolean, code: string, element: string): readonly (readonly [string, string])[] =>
  wrong ? [[code, element]] : []

/** UN numbers whose goods are marine pollutants by their very entry. */
const alwaysPollutant = ['3077', '3082']
/** Entries "not otherwise specified" say what they are only with a technical name (IMDG special provision 274). */
const notOtherwiseSpecified = /\bN\.\s?O\.\s?S\b|\bNOS\b|未另作规定/i

const rules: readonly Rule[] = [
  ({ UNNumber }, listed) => ifWrong(UNNumber !== '' && listed === undefined, 'MA-101', 'UNNumber'),
  ({ Class }, listed) => ifWrong(Class !== '' && !isClassOf(Class, textOf(listed, 'class') ?? ''), 'MA-102', 'Class'),
  ({ PackingGroup }, listed) => ifWrong(isWrongGroup(PackingGroup, listed), 'MA-103', 'PackingGroup'),
  ({ ProperShippingName, TechnicalName, UNNumber }, listed) => [
    ...ifWrong(
      isVague(ProperShippingName) || isAnothersName(ProperShippingName, UNNumber, listed),
      'MA-104',
      'ProperShippingName',
    ),
    ...ifWrong(
      notOtherwiseSpecified.test(ProperShippingName) && !isVague(ProperShippingName) && TechnicalName === '',
      'MA-104',
      'TechnicalName',
    ),
  ],
  ({ Class, FlashPoint }) => ifWrong(Class === '3' && FlashPoint === '', 'MA-105', 'FlashPoint'),
  ({ UNNumber, MarinePollutant }) =>
    ifWrong(alwaysPollutant.includes(UNNumber) && MarinePollutant !== 'Y', 'MA-106', 'MarinePollutant'),
  ({ ContainerNumber, PackingCertificateNumber }) =>
    ifWrong(ContainerNumber.length > 0 && PackingCertificateNumber === '', 'MA-201', 'PackingCertificateNumber'),
  ({ PackagingCertificateExpiry }, _listed, { Etd }) =>
    ifWrong(expiredAt(PackagingCertificateExpiry, Etd), 'MA-202', 'PackagingCertificateExpiry'),
  ({ UNNumber, Class, PackingGroup }, _listed, { Waters }) =>
    ifWrong(Waters === 'INLAND' && isForbiddenInland(UNNumber, Class, PackingGroup), 'MA-205', 'UNNumber'),
  ({ GrossMassKg, NetMassKg }) => [
    ...ifWrong(GrossMassKg !== '' && millionths(GrossMassKg) === 0n, 'MA-002', 'GrossMassKg'),
    ...ifWrong(NetMassKg !== '' && millionths(NetMassKg) === 0n, 'MA-002', 'NetMassKg'),
    ...ifWrong(GrossMassKg !== '' && millionths(NetMassKg) > millionths(GrossMassKg), 'MA-002', 'NetMassKg'),
  ],
]

/** Only a plain class is compared; the public list writes `2` for what divides into 2.1 to 2.3, and `-` or both for some. */
const isClassOf = (declared: string, listed: string): boolean =>
  listed === '1' || listed === '2' ? declared.startsWith(`${listed}.`) : !isClass(listed) || declared === listed

/** Which UN numbers have no packing group is known where the list gives details of the number (its `evidence`). */
function isWrongGroup(packingGroup: string, listed: CodeItem | undefined): boolean {
  if (listed?.evidence === undefined) return false
  return (textOf(listed, 'packingGroup') === undefined) !== (packingGroup === '')
}

const isVague = (name: string): boolean => vagueNames.includes(name.toUpperCase())

const isAnothersName = (name: string, unNumber: string, listed: CodeItem | undefined): boolean =>
  listed !== undefined &&
  listed.zh !== name &&
  loadCodeList('un-numbers').items.some(({ code, zh }) => zh === name && code !== unNumber)

function isForbiddenInland(unNumber: string, declared: string, packingGroup: string): boolean {
  const { unNumbers, classInGroupOne } = forbiddenInland
  return unNumbers.some((one) => one === unNumber) || (declared === classInGroupOne && packingGroup === 'I')
}

const located = (at: number): string => `/DangerousCargoDeclaration/Goods[${at + 1}]`

function checkGoods({ Goods, Carriage }: Document): Fault[] {
  return Goods.flatMap((one, at) => {
    const listed = findCode('un-numbers', one.UNNumber)
    const again = Goods.slice(0, at).some(
      ({ ItemNumber }) => ItemNumber !== '' && Number(ItemNumber) === Number(one.ItemNumber),
    )
    const wrong = [...rules.flatMap((rule) => rule(one, listed, Carriage)), ...ifWrong(again, 'MA-002', 'ItemNumber')]
    return wrong.map(([code, element]) => ({ code, location: `${located(at)}/${element}` }))
  })
}

/** Incompatible goods in one container; limited quantities are exempt. */
function checkSegregation({ Goods }: Document): Fault[] {
  const stowed = Goods.flatMap(({ Class, SubsidiaryRisk, LimitedQuantity, ContainerNumber }, at) =>
    LimitedQuantity === 'Y'
      ? []
      : ContainerNumber.map((where) => ({ where, classes: [Class, ...SubsidiaryRisk], location: located(at) })),
  )
  return conflicts(stowed.filter(({ where }) => where !== ''))
}

/** 安全适运申报单 (货报) The shipper's declaration that dangerous goods are fit for carriage. */
export const cargo: Rules<Document> = {
  root: 'DangerousCargoDeclaration',
  shape,
  check: (document, { now }) => [
    ...tooLate(document.Carriage.Etd, now, '/DangerousCargoDeclaration/Carriage/Etd'),
    ...checkGoods(document),
    ...checkSegregation(document),
  ],
  facts: ({ Carriage, Goods, RecognisedResult }) => ({
    etd: instantOf(Carriage.Etd),
    voyage: Carriage.Voyage,
    place: Carriage.From.UNLoCode,
    contents: Goods.flatMap(({ ContainerNumber, UNNumber }) =>
      ContainerNumber.map((container) => ({ container, unNumber: UNNumber })),
    ),
    approvals: [],
    bound: { to: `${Carriage.Waters} ${Carriage.Voyage}`, location: '/DangerousCargoDeclaration/Carriage/Voyage' },
    eta: Number.NaN,
    results: RecognisedResult,
  }),
}
