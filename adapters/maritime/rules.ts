import type { PlacedLeg } from '../../schemas/declaration/journey.ts'
import { hasImoCheckDigit } from '../../schemas/formats.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import { compactDay } from '../instants.ts'
import { areSegregated } from './codes.ts'
import type { DangerousItem } from './journey.ts'
import type { DangerousCargo } from './particulars.ts'
import { terminalLength, voyageLength } from './parts.ts'

/** One rule: whether it is broken, where, its code, and what to say. */
export type Row = readonly [broken: boolean, pointer: string, code: string, en: string, zh: string]

export const broken = (rows: readonly Row[]): Issue[] =>
  rows.filter(([is]) => is).map(([, pointer, code, en, zh]) => issue(pointer, code, { en, zh }, 'maritime'))

export const tooLong = (value: string | undefined, length: number, pointer: string): Row => [
  (value?.length ?? 0) > length,
  pointer,
  'too-long',
  `The maritime office takes at most ${length} characters (MA-002)`,
  `海事最多接受${length}个字符（MA-002）`,
]

export const legRows = ({ leg, pointer }: PlacedLeg): Row[] => [
  tooLong(leg.voyageNumber, voyageLength, `${pointer}/voyageNumber`),
  tooLong(leg.from.terminal, terminalLength, `${pointer}/from/terminal`),
  tooLong(leg.to.terminal, terminalLength, `${pointer}/to/terminal`),
]

export const imoRow = (imo: string | undefined, { pointer }: PlacedLeg): Row => [
  imo === undefined || !hasImoCheckDigit(imo),
  `${pointer}/conveyance/id`,
  'imo-number-invalid',
  'Not an IMO number: seven digits with a check digit (MA-002)',
  '不是有效的IMO编号：应为含校验码的7位数字（MA-002）',
]

export const expired = (day: string | undefined, { leg }: PlacedLeg) =>
  day !== undefined && compactDay(day) < compactDay(leg.departureDateTime)

/** Items in limited quantities: they are exempt from segregation. */
export const limitedItems = (given: DangerousCargo | undefined) =>
  new Set(
    (given?.goods ?? []).filter(({ limitedQuantity }) => limitedQuantity === true).map((row) => row.goodsItemSequence),
  )

const classesOf = ({ dangerous }: DangerousItem) => [
  dangerous.classCode ?? '',
  ...(dangerous.subsidiaryClassCodes ?? []),
]

/** Whether two goods must be kept apart; what is one substance is not kept from itself. */
export const conflict = (one: DangerousItem, other: DangerousItem) =>
  one.dangerous.undgId !== other.dangerous.undgId &&
  classesOf(one).some((a) => classesOf(other).some((b) => areSegregated(a, b)))
