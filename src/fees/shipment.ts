import { Big } from 'big.js'
import type { Container, Declaration, Leg, Place } from '../../schemas/declaration/index.ts'
import type { Content } from '../../schemas/fees/entries.ts'
import type { Shipment, ShippedContainers } from '../../schemas/fees/shipment.ts'
import type { Text } from '../../schemas/text.ts'
import type { Catalogue } from './catalogue.ts'

/** A shipment found in a declaration, and what was not found there. Without a port there is none. */
export interface FoundShipment {
  readonly shipment: Shipment | undefined
  readonly notFound: readonly Text[]
}

/**
 * What a declaration says that its port fees depend on 由申报单取得计费要素.
 * @param catalogue tells which port a place belongs to
 * @param chosen the port, where it need not be found
 */
export function shipmentOf(declaration: Declaration, catalogue: Catalogue, chosen?: string): FoundShipment {
  const notFound: Text[] = []
  const called = chosen === undefined ? portOf(declaration, catalogue) : [chosen]
  if (called === undefined) return { shipment: undefined, notFound: [noPort] }
  if (called.length > 1) return { shipment: undefined, notFound: [severalPorts(called, catalogue)] }
  const port = called[0] as string
  const { goodsShipment, direction } = declaration
  const { consignment, totalGrossMassKg, items } = goodsShipment
  const dangerous = new Set(items.flatMap(({ sequence, dangerousGoods }) => (dangerousGoods ? [sequence] : [])))
  const containers = consignment.containers?.flatMap((container) => {
    const found = containerOf(container, dangerous)
    if (found === undefined) notFound.push(unusualSize(container))
    return found ?? []
  })
  const bills = billsAt(declaration, catalogue, port)
  if (bills.size === 0) notFound.push(noBill)
  const seals = consignment.containers?.every(({ sealIds }) => sealIds !== undefined)
    ? consignment.containers.reduce((sum, { sealIds = [] }) => sum + sealIds.length, 0)
    : undefined
  // A summary declaration has not said everything yet.
  const packages = (goodsShipment as Partial<typeof goodsShipment>).packaging?.quantity
  const cargo = cargoOf(declaration, catalogue.of('port').get(port))
  return {
    shipment: {
      port,
      direction,
      trade: 'foreign',
      ...(cargo === undefined ? {} : { cargo }),
      ...(containers === undefined ? {} : { containers: alikeTogether(containers) }),
      hazard: dangerous.size > 0 ? 'dangerous' : 'ordinary',
      ...(bills.size === 0 ? {} : { bills: bills.size }),
      declarations: 1,
      ...(seals === undefined ? {} : { seals }),
      ...(packages === undefined || packages > packagesMost ? {} : { packages }),
      grossMassTonnes: new Big(totalGrossMassKg).div(1_000).round(4, Big.roundHalfUp).toFixed(),
    },
    notFound,
  }
}
/** As many as a shipment may have. */
const packagesMost = 100_000

type Port = Content<'port'>

const modes: { readonly [mode in Leg['modeCode']]?: Port['modes'][number] } = {
  '1': 'water',
  '2': 'rail',
  '3': 'road',
  '4': 'air',
  '8': 'water',
}

/** Places of the journey in China, with how the goods are carried there: those of an export as it begins, of an import as it ends. */
function placesOf(declaration: Declaration): { place: Place; leg: Leg }[] {
  const { legs } = declaration.goodsShipment.consignment
  const all = legs.flatMap((leg) => [
    { place: leg.from, leg },
    { place: leg.to, leg },
  ])
  const ordered = declaration.direction === 'export' ? all : all.toReversed()
  return ordered.filter(({ place }) => place.countryCode === 'CN')
}

const plain = (name: string) => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()
const isCalled = (port: Port, terminal: string): boolean =>
  [...port.terminals, port.name.zh, port.name.en].some((name) => plain(name) === plain(terminal))

/**
 * The port whose fees fall: of all places the first whose terminal is a port's; else the first whose UN/LOCODE is, among several ports there those
 * that have its way of carriage; else that of the border crossing the declaration names. Several, where that does not decide.
 */
function portOf(declaration: Declaration, catalogue: Catalogue): string[] | undefined {
  const ports = [...catalogue.of('port')]
  const places = placesOf(declaration)
  const among = (found: (port: Port) => boolean) => ports.filter(([, port]) => found(port)).map(([id]) => id)
  for (const { place } of places) {
    const { terminal } = place
    const found = terminal === undefined ? [] : among((port) => isCalled(port, terminal))
    if (found.length > 0) return found
  }
  for (const { place, leg } of places) {
    const { unLocode, terminal } = place
    // A terminal that no port is called by is none of theirs, though it lies in the same town.
    if (unLocode === undefined || terminal !== undefined) continue
    const there = among(({ locations }) => locations.includes(unLocode))
    const mode = modes[leg.modeCode]
    const fitting =
      mode === undefined ? there : among((port) => port.locations.includes(unLocode) && port.modes.includes(mode))
    if (there.length > 0) return fitting.length > 0 ? fitting : there
  }
  const { entryExitPortId } = declaration.goodsShipment.consignment as Partial<
    Declaration['goodsShipment']['consignment']
  >
  const crossing = entryExitPortId === undefined ? [] : among((port) => port.entryExitPorts.includes(entryExitPortId))
  return crossing.length > 0 ? crossing : undefined
}

/** Transport documents of the legs that begin or end at a port; where those name none, the one that all others have: a rail waybill goes through. */
function billsAt(declaration: Declaration, catalogue: Catalogue, id: string): ReadonlySet<string> {
  const port = catalogue.of('port').get(id)
  const at = ({ terminal, unLocode }: Place) =>
    port !== undefined && (terminal === undefined ? port.locations.includes(unLocode ?? '') : isCalled(port, terminal))
  const { legs } = declaration.goodsShipment.consignment
  const named = (all: readonly Leg[]) => new Set(all.flatMap(({ transportDocumentId }) => transportDocumentId ?? []))
  const there = named(legs.filter(({ from, to }) => at(from) || at(to)))
  if (there.size > 0) return there
  const through = named(legs)
  return through.size === 1 ? through : there
}

/** Codes of packages that are bulk (UN/ECE Rec 21). */
const bulk = new Set(['VG', 'VL', 'VO', 'VQ', 'VR', 'VS', 'VY'])

function cargoOf({ goodsShipment }: Declaration, port: Port | undefined): Shipment['cargo'] {
  const { consignment } = goodsShipment
  const { packaging } = goodsShipment as Partial<typeof goodsShipment>
  if ((consignment.containers?.length ?? 0) > 0) return 'container'
  if (port?.modes.includes('air') && consignment.legs.some(({ modeCode }) => modeCode === '4')) return 'air'
  return packaging !== undefined && bulk.has(packaging.typeCode) ? 'bulk' : undefined
}

/** Length by the first character of a size and type code (ISO 6346), height of 9'6" and more by the second. */
const sizes: { readonly [first: string]: ShippedContainers['size'] } = { '2': '20', '4': '40', L: '45' }
const highCubes = '56EFNP'
const refrigerated = /^..R[0-9A-Z]$/
/** A group code (22GP) tells the group of the type, not a type: what is read off its height is a guess where it says 8'6". */
const group = /^.2(GP|BU|RE|RT|RS|HR|HI|UT|BK|SN|PF|PC|PS|PL|TN|TD|TG|AS)$/

function containerOf(
  container: Container,
  dangerous: ReadonlySet<number>,
): Omit<ShippedContainers, 'count'> | undefined {
  const { typeCode, lessThanContainerLoad, goodsItemSequences } = container
  const size = sizes[typeCode.charAt(0)]
  if (size === undefined) return undefined
  const height = highCubes.includes(typeCode.charAt(1)) ? 'high-cube' : group.test(typeCode) ? undefined : 'standard'
  return {
    size,
    ...(height === undefined ? {} : { height }),
    state: 'laden',
    temperature: refrigerated.test(typeCode) ? 'reefer' : 'ambient',
    hazard: goodsItemSequences.some((sequence) => dangerous.has(sequence)) ? 'dangerous' : 'ordinary',
    ...(lessThanContainerLoad === undefined ? {} : { load: lessThanContainerLoad ? 'part' : 'full' }),
  }
}

function alikeTogether(containers: readonly Omit<ShippedContainers, 'count'>[]): ShippedContainers[] {
  const groups = Map.groupBy(containers, (container) => JSON.stringify(container))
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ count: others.length + 1, ...first }],
  )
}

const noPort: Text = {
  en: 'No port of the catalogue: neither a terminal or place of the journey nor the border crossing is one it knows',
  zh: '目录中无对应口岸：航程中的码头、地点及进出境口岸均不在目录内',
}
const noBill: Text = { en: 'The declaration names no transport document', zh: '申报单未列提运单号' }
const severalPorts = (ids: readonly string[], catalogue: Catalogue): Text => {
  const names = ids.map((id) => catalogue.of('port').get(id)?.name ?? { en: id, zh: id })
  return {
    en: `Which port it is: ${names.map(({ en }) => en).join(', ')}`,
    zh: `对应口岸不唯一：${names.map(({ zh }) => zh).join('、')}`,
  }
}
const unusualSize = ({ id, typeCode }: Container): Text => ({
  en: `Container ${id} is left out: its size ${typeCode} is none of 20, 40 and 45 feet`,
  zh: `集装箱${id}未计入：规格${typeCode}不属于20、40、45尺`,
})
