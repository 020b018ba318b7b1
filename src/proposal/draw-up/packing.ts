import { Big } from 'big.js'
import { limits } from '../../limits.ts'
import { type Found, type GoodsLine, massOf, type Totals } from '../lines.ts'
import { sumOf } from '../match.ts'
import { decimalOf, exactNumber, numberIn } from '../numbers.ts'
import type { Paper, Said } from '../papers.ts'
import { packageOf } from '../words/packages.ts'
import { beside, type Gathering, type Path, type Reason } from './gather.ts'

type Sum = 'grossKg' | 'netKg' | 'packages'
const printed = {
  grossKg: { label: 'gross', en: 'gross weight', zh: '毛重' },
  netKg: { label: 'net', en: 'net weight', zh: '净重' },
  packages: { label: 'packages', en: 'packages', zh: '件数' },
} as const

/** Totals 合计 of the packing: as printed in the table, beside a label, or the sum of the lines. What is printed is held against the sum. */
export function putPacking(into: Gathering, said: Said): void {
  const path = (...steps: Path) => ['goodsShipment', ...steps]
  const gross = totalOf(into, said, 'grossKg', path('totalGrossMassKg'))
  const net = totalOf(into, said, 'netKg', path('totalNetMassKg'))
  if (gross !== undefined) into.putDecimal(path('totalGrossMassKg'), gross.value, 5, gross.reason)
  if (net !== undefined) into.putDecimal(path('totalNetMassKg'), net.value, 5, net.reason)
  const packages = totalOf(into, said, 'packages', path('packaging', 'quantity'))
  if (packages !== undefined && /^[1-9]\d{0,7}$/.test(packages.value))
    into.put(path('packaging', 'quantity'), Number(packages.value), packages.reason)
  putPackageType(into, said, packages?.behind)
  const marks = said.fact('marks')
  if (marks !== undefined)
    into.putText(path('packaging', 'marks'), marks.lines.join(' '), 400, {
      sure: 'read',
      because: beside(marks.said),
      source: marks.source,
    })
}

interface Total {
  readonly value: string
  readonly behind: string
  readonly reason: Reason
}

function totalOf(into: Gathering, said: Said, of: Sum, path: Path): Total | undefined {
  const papers = said.papers.toSorted((a, b) => Number(b.kind === 'packing-list') - Number(a.kind === 'packing-list'))
  for (const paper of papers) {
    const found = totalOfPaper(into, paper, of, path)
    if (found !== undefined) return found
  }
  return undefined
}

function totalOfPaper(into: Gathering, paper: Paper, of: Sum, path: Path): Total | undefined {
  const { label, en, zh } = printed[of]
  const fact = paper.facts.find((one) => one.label === label)
  const text = fact?.lines[0] ?? ''
  const number = fact && (fact.exact ? { value: exactNumber(text) ?? '', behind: '' } : numberIn(text, paper.point))
  const labelled =
    fact && number && number.value !== ''
      ? { value: of === 'packages' ? number.value : (massOf(number) ?? ''), behind: number.behind, fact }
      : undefined
  const ofTable = paper.totals?.[of]
  const sum = sumOfLines(paper.lines, of)
  const said =
    ofTable ?? (labelled && { value: labelled.value, source: labelled.fact.source, under: labelled.fact.said })
  if (said !== undefined && sum !== undefined) compareTotal(into, path, said, sum.value, { en, zh })
  if (ofTable !== undefined)
    return {
      value: ofTable.value,
      behind: paper.totals?.packageType?.value ?? '',
      reason: reasonOf(ofTable, { en: `Total of ${en}`, zh: `${zh}合计` }, 'read'),
    }
  if (labelled !== undefined)
    return {
      value: labelled.value,
      behind: labelled.behind,
      reason: { sure: 'read', because: beside(labelled.fact.said), source: labelled.fact.source },
    }
  if (sum === undefined) return undefined
  return {
    value: sum.value,
    behind: '',
    reason: reasonOf(sum, { en: `Sum of ${en} of the lines`, zh: `各行${zh}之和` }, 'derived'),
  }
}

const reasonOf = ({ source }: Found, because: Reason['because'], sure: Reason['sure']): Reason => ({
  sure,
  because,
  source,
})

/** The sum of the lines; what is merged over several counts once, where it stands. */
function sumOfLines(lines: readonly GoodsLine[], of: Sum): Found | undefined {
  const column = { grossKg: 'gross', netKg: 'net', packages: 'packages' } as const
  const counted = lines.filter((line) => line[of] !== undefined || !line.shared.includes(column[of]))
  return counted.length === 0 ? undefined : sumOf(counted, of)
}

/** A printed total that is not what the lines come to becomes a warning: one of the two is wrong. */
export function compareTotal(
  into: Gathering,
  path: Path,
  total: Found,
  sum: string,
  of: { en: string; zh: string },
): void {
  if (new Big(total.value).minus(sum).abs().lte(limits.proposalRounding)) return
  into.warn(path, 'total-differs', {
    en: `The printed total of ${of.en} is ${total.value}, the lines come to ${decimalOf(new Big(sum))} (${placeOf(total)})`,
    zh: `单证${of.zh}合计为${total.value}，各行之和为${decimalOf(new Big(sum))}（${placeOf(total)}）`,
  })
}
const placeOf = ({ source }: Found) =>
  [source.file, source.sheet, source.cell].filter((part) => part !== undefined).join(' ')

/** What goods are packed in: the word behind a number of packages, in a column of its own, or beside a label. */
function putPackageType(into: Gathering, said: Said, behind = ''): void {
  const packing = said.fact('packing', 'packing-list')
  const lines: (Totals & { source?: GoodsLine['source'] })[] = said.papers.flatMap((paper) => [
    ...(paper.totals === undefined ? [] : [paper.totals]),
    ...paper.lines,
  ])
  const fact = said.fact('packages', 'packing-list')
  const words: (Found | undefined)[] = [
    behind === '' || fact === undefined ? undefined : { value: behind, source: fact.source, under: fact.said },
    ...lines.map(({ packageType }) => packageType),
    packing && { value: packing.lines[0] ?? '', source: packing.source, under: packing.said },
  ]
  for (const word of words) {
    const found = word && packageIn(word.value)
    if (word === undefined || found === undefined) continue
    into.put(['goodsShipment', 'packaging', 'typeCode'], found.code, {
      sure: found.others.length === 0 ? 'derived' : 'guessed',
      because: { en: `“${word.value.slice(0, 40)}” is this type`, zh: `“${word.value.slice(0, 40)}”对应此包装种类` },
      source: word.source,
      others: found.others.map((value) => ({ value, because: { en: 'It may be this one', zh: '也可能为此种类' } })),
    })
    return
  }
}

/** The package type in a text: `60 CARTONS`, `IN WOODEN CASES`, `(CTNS)`. */
function packageIn(text: string) {
  const words = text
    .replaceAll(/[\d.,()（）]/g, ' ')
    .trim()
    .split(/\s+/)
  for (let taken = Math.min(3, words.length); taken > 0; taken--)
    for (let from = 0; from + taken <= Math.min(words.length, 8); from++) {
      const found = packageOf(words.slice(from, from + taken).join(' '))
      if (found !== undefined) return found
    }
  return undefined
}
