import { domesticPortOfLocode } from '../../../schemas/codes/concordance.ts'
import { dayIn } from '../days.ts'
import type { Fact } from '../pairs.ts'
import type { Said } from '../papers.ts'
import { type NamedPlace, placeNamed } from '../words/places.ts'
import { beside, type Gathering, lineOf, type Path, type Reason } from './gather.ts'

/** Where goods go, and by what 运输. */
export interface Journey {
  readonly receipt?: Stop
  readonly loading?: Stop
  readonly discharge?: Stop
  readonly mode?: { readonly code: string; readonly reason: Reason }
}
export interface Stop extends NamedPlace {
  readonly fact: Fact
}

/** Modes by their words, UN/ECE Rec 19. */
const modes: readonly (readonly [RegExp, string])[] = [
  [/multi-?modal|intermodal|sea-?rail|rail-?sea|多式联运|铁海联运|海铁联运/i, '6'],
  [/\b(sea|ocean|vessel|ship|marine|fcl|lcl)\b|海运|水路|水运|海船|江海/i, '1'],
  [/\b(rail|railway|train)\b|铁路|班列|铁运/i, '2'],
  [/\b(air|airfreight|air freight|flight|plane)\b|航空|空运/i, '4'],
  [/\b(road|truck|lorry|trucking)\b|公路|汽运|卡车|陆运/i, '3'],
  [/\b(barge|river|inland waterway|feeder)\b|内河|江运|驳船|江船/i, '8'],
  [/\b(courier|express|post|mail)\b|快递|邮寄|邮件/i, '5'],
]
const modeIn = (text: string) => modes.find(([word]) => word.test(text))?.[1]

export function findJourney(said: Said): Journey {
  const fact = said.fact('mode')
  const stated = fact && modeIn(fact.lines[0] ?? '')
  const carrier = said.fact('vesselVoyage') ?? said.fact('vessel')
  const byName =
    carrier &&
    (modeIn(carrier.said) ?? (/flight|航班/i.test(carrier.said) ? '4' : /船|voy/i.test(carrier.said) ? '1' : undefined))
  const mode =
    fact !== undefined && stated !== undefined
      ? { code: stated, reason: { sure: 'read' as const, because: beside(fact.said), source: fact.source } }
      : carrier !== undefined && byName !== undefined
        ? { code: byName, reason: { sure: 'derived' as const, because: beside(carrier.said), source: carrier.source } }
        : undefined
  const stop = (label: 'receipt' | 'loading' | 'discharge'): Stop | undefined => {
    for (const one of said.facts(label)) {
      const named = placeNamed(one.lines[0] ?? '', mode?.code)
      if (named !== undefined) return { ...named, fact: one }
    }
    return undefined
  }
  const [receipt, loading, discharge] = [stop('receipt'), stop('loading'), stop('discharge')]
  return {
    ...(receipt === undefined ? {} : { receipt }),
    ...(loading === undefined ? {} : { loading }),
    ...(discharge === undefined ? {} : { discharge }),
    ...(mode === undefined ? {} : { mode }),
  }
}

/** Puts the legs, in travel order: the one before the main carriage where documents tell of it, then that. */
export function putJourney(into: Gathering, said: Said, { receipt, loading, discharge, mode }: Journey): void {
  if (into.at(consignmentPath('legs')) !== undefined) return
  const isBefore = receipt !== undefined && loading !== undefined && receipt.place.unLocode !== loading.place.unLocode
  let leg = 0
  if (isBefore) {
    putStop(into, [...legPath(leg), 'from'], receipt)
    putStop(into, [...legPath(leg), 'to'], loading)
    putPreCarriage(into, said, receipt, leg)
    leg++
  }
  const from = loading ?? receipt
  const path = legPath(leg)
  if (mode !== undefined && (from ?? discharge) !== undefined) into.put([...path, 'modeCode'], mode.code, mode.reason)
  if (from !== undefined) putStop(into, [...path, 'from'], from)
  if (discharge !== undefined) putStop(into, [...path, 'to'], discharge)
  if ((from ?? discharge) === undefined) return
  putCarriage(into, said, path)
  putPort(into, receipt ?? loading, loading, discharge)
}

const consignmentPath = (...steps: Path) => ['goodsShipment', 'consignment', ...steps]
const legPath = (leg: number) => consignmentPath('legs', leg)

function putStop(into: Gathering, path: Path, { place, others, fact }: Stop): void {
  const said = lineOf(fact.lines[0] ?? '')
  const because = {
    en: `Beside “${fact.said}”: ${said.slice(0, 80)}`,
    zh: `见“${fact.said}”：${said.slice(0, 80)}`,
  }
  const reason: Reason = { sure: others.length === 0 ? 'derived' : 'guessed', because, source: fact.source }
  const isCode = place.unLocode === said.toUpperCase()
  into.put([...path, 'unLocode'], place.unLocode, {
    ...reason,
    ...(isCode ? { sure: 'read' } : {}),
    others: others.map(({ unLocode }) => ({ value: unLocode, because: sameName })),
  })
  into.put([...path, 'countryCode'], place.countryCode, { ...reason, sure: 'derived' })
  into.putText([...path, 'terminal'], place.terminal, 50, { ...reason, sure: 'derived' })
}
const sameName = { en: 'Another place of this name', zh: '同名地点' }

function putPreCarriage(into: Gathering, said: Said, receipt: Stop, leg: number): void {
  const fact = said.fact('preCarriage')
  const text = fact?.lines[0] ?? ''
  const stated = modeIn(`${fact?.said ?? ''} ${text}`)
  into.put([...legPath(leg), 'modeCode'], stated ?? '8', {
    sure: stated === undefined ? 'guessed' : 'derived',
    because: { en: 'How goods come to the port of loading', zh: '前程运输方式' },
    source: (fact ?? receipt.fact).source,
    ...(stated === undefined ? { others: ['2', '3'].map((value) => ({ value, because: otherMode })) } : {}),
  })
  if (fact === undefined) return
  const { name, voyage } = partsOfCarrier(text)
  const reason: Reason = { sure: 'read', because: beside(fact.said), source: fact.source }
  into.putText([...legPath(leg), 'conveyance', 'name'], name, 50, reason)
  into.putText([...legPath(leg), 'voyageNumber'], voyage, 32, reason)
}
const otherMode = { en: 'By rail or by road', zh: '铁路或公路' }

/** `EXAMPLE PIONEER / 045S`, `EXAMPLE PIONEER V.045S`: a ship and its voyage. */
function partsOfCarrier(text: string): { readonly name: string; readonly voyage: string | undefined } {
  const [, name, voyage] =
    /^(.{2,50}?)\s*[/,，]\s*(?:voy(?:age)?\.?\s*(?:no\.?)?\s*|v\.?\s*)?([A-Z0-9-]{1,12})$/i.exec(lineOf(text)) ??
    /^(.{2,50}?)\s+(?:voy(?:age)?\.?\s*(?:no\.?)?\s*|v\.\s*)([A-Z0-9-]{1,12})$/i.exec(lineOf(text)) ??
    []
  return name === undefined ? { name: lineOf(text), voyage: undefined } : { name: name.trim(), voyage }
}

function putCarriage(into: Gathering, said: Said, path: Path): void {
  const [vessel, both, voyage, bill] = (['vessel', 'vesselVoyage', 'voyage', 'billOfLading'] as const).map((label) =>
    said.fact(label),
  )
  const read = (fact: Fact): Reason => ({ sure: 'read', because: beside(fact.said), source: fact.source })
  if (both !== undefined) {
    const parts = partsOfCarrier(both.lines[0] ?? '')
    into.putText([...path, 'conveyance', 'name'], parts.name, 50, read(both))
    into.putText([...path, 'voyageNumber'], parts.voyage, 32, read(both))
  }
  if (vessel !== undefined) {
    const parts =
      voyage === undefined ? partsOfCarrier(vessel.lines[0] ?? '') : { name: vessel.lines[0], voyage: undefined }
    into.putText([...path, 'conveyance', 'name'], parts.name, 50, read(vessel))
    into.putText([...path, 'voyageNumber'], parts.voyage, 32, read(vessel))
  }
  if (voyage !== undefined) into.putText([...path, 'voyageNumber'], voyage.lines[0], 32, read(voyage))
  if (bill !== undefined) into.putText([...path, 'transportDocumentId'], bill.lines[0], 32, read(bill))
  for (const [label, field] of [
    ['departure', 'departureDateTime'],
    ['arrival', 'arrivalDateTime'],
  ] as const) {
    const fact = said.fact(label)
    const day = fact && (fact.day === undefined ? dayIn(fact.lines[0] ?? '')?.value : fact.day)
    if (fact !== undefined) into.put([...path, field], day, read(fact))
  }
  const carrier = said.fact('carrier')
  if (carrier !== undefined) into.putText(consignmentPath('carrier', 'name'), carrier.lines[0], 70, read(carrier))
}

/** The open port 入境/离境口岸 where goods leave or enter: the first in China on the way out, the last on the way in. */
function putPort(
  into: Gathering,
  first: Stop | undefined,
  loading: Stop | undefined,
  discharge: Stop | undefined,
): void {
  const isImport = into.at(['direction']) === 'import'
  const [at, other] = isImport ? [discharge, undefined] : [first, loading]
  const portOf = (stop: Stop | undefined) =>
    stop?.place.unLocode === undefined ? undefined : domesticPortOfLocode(stop.place.unLocode)
  if (at === undefined) return
  const because = isImport
    ? { en: 'The port the goods come to', zh: '货物运抵的口岸' }
    : { en: 'The port the goods set out from', zh: '货物起运的口岸' }
  into.put(consignmentPath('entryExitPortId'), portOf(at), {
    sure: 'guessed',
    because,
    source: at.fact.source,
    others:
      portOf(other) === undefined
        ? []
        : [{ value: portOf(other), because: { en: 'The port of loading on the ship', zh: '装船港' } }],
  })
}
