import { isContainerNumber } from '../../../schemas/formats.ts'
import type { GuessSource } from '../../../schemas/proposal.ts'
import type { GridCell } from '../grid.ts'
import { massOf, numberOf } from '../lines.ts'
import type { Said } from '../papers.ts'
import { hasDigit } from '../words/fold.ts'
import { beside, type Gathering, type Reason, under } from './gather.ts'

interface FoundContainer {
  readonly id: string
  readonly reason: Reason
  readonly seal?: { readonly value: string; readonly source: GuessSource }
  readonly type?: { readonly value: string; readonly source: GuessSource }
  readonly grossKg?: { readonly value: string; readonly source: GuessSource }
}

/** Container types 集装箱规格 as people say them, by ISO 6346. The height follows from the word. */
const types: Readonly<Record<string, string>> = {
  '20GP': '22G1',
  '20DC': '22G1',
  '20DV': '22G1',
  '40GP': '42G1',
  '40DC': '42G1',
  '40DV': '42G1',
  '40HQ': '45G1',
  '40HC': '45G1',
  '45HQ': 'L5G1',
  '45HC': 'L5G1',
  '20RF': '22R1',
  '20RE': '22R1',
  '40RF': '42R1',
  '40RH': '45R1',
  '40HR': '45R1',
  '20OT': '22U1',
  '40OT': '42U1',
  '20FR': '22P1',
  '40FR': '42P1',
  '20TK': '22T1',
}
/** Most containers a declaration has room for. */
const most = 100
const number = /(?<![A-Z])([A-Z]{3}[UJZ])[\s-]?(\d{6})[\s-]?(\d)(?!\d)/g

/** The type a text names: `1X20'GP`, `40HQ`, `22G1`. */
export function typeIn(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/['’"\s]/g, '')
  const code = /(?<![0-9A-Z])([24L][0-9]|M5)[GRUTPBHSKNV][0-9](?![0-9A-Z])/.exec(plain)?.[0]
  if (code !== undefined) return code
  const word = /(20|40|45)(?:FT|尺)?(GP|DC|DV|HQ|HC|RF|RE|RH|HR|OT|FR|TK)/.exec(plain)
  return word === null ? undefined : types[`${word[1]}${word[2]}`]
}

/** Containers that documents name, each once, in the order in which they come. */
export function findContainers(into: Gathering, said: Said): FoundContainer[] {
  const found = new Map<string, FoundContainer>()
  const add = (one: FoundContainer) => {
    const known = found.get(one.id)
    if (found.size < most || known !== undefined) found.set(one.id, { ...one, ...known })
  }
  for (const paper of said.papers)
    for (const table of paper.containers)
      for (const row of table.rows) {
        const cell = row.get('container')
        for (const id of numbersIn(cell?.text ?? '', into))
          add({
            id,
            reason: reasonAt(cell, under(table.heads.get('container')?.cell.text ?? '')),
            ...valueAt('seal', row.get('seal'), (text) => text),
            ...valueAt('type', row.get('containerType'), typeIn),
            ...(row.has('description')
              ? {}
              : massAt(row.get('gross'), table.heads.get('gross')?.head.kilograms, paper.point)),
          })
      }
  for (const label of ['container', 'containerSeal'] as const)
    for (const fact of said.facts(label)) {
      const text = fact.lines.join(' ')
      const ids = numbersIn(text, into)
      for (const id of ids)
        add({
          id,
          reason: { sure: 'read', because: beside(fact.said), source: fact.source },
          ...(ids.length === 1 ? sealIn(text, fact.source) : {}),
          ...valueAt('type', ids.length === 1 ? { text, source: fact.source } : undefined, typeIn),
        })
    }
  return [...found.values()]
}

/** A seal behind a number: `CQSU1234564/CQ1234564`. */
function sealIn(text: string, source: GuessSource): Pick<FoundContainer, 'seal'> | undefined {
  const seal = /[A-Z]{4}\s?\d{7}\s*[/,，;]\s*(?:seal\s*(?:no\.?)?\s*:?\s*)?([A-Z]{0,4}\d{5,12})/i.exec(text)?.[1]
  return seal === undefined ? undefined : { seal: { value: seal, source } }
}

function numbersIn(text: string, into: Gathering): string[] {
  const ids = [...text.slice(0, 2_000).toUpperCase().matchAll(number)].map(
    ([, owner, serial, check]) => `${owner}${serial}${check}`,
  )
  const wrong = ids.filter((id) => !isContainerNumber(id))
  for (const id of wrong)
    into.warn(['goodsShipment', 'consignment', 'containers'], 'container-number-invalid', {
      en: `“${id}” is left out: its check digit is wrong (ISO 6346)`,
      zh: `未录入“${id}”：集装箱号校验码错误（ISO 6346）`,
    })
  return [...new Set(ids.filter((id) => isContainerNumber(id)))]
}

const valueAt = <K extends string>(
  name: K,
  cell: Pick<GridCell, 'text' | 'source'> | undefined,
  read: (text: string) => string | undefined,
): { [key in K]?: { value: string; source: GuessSource } } => {
  const value = cell && read(cell.text)
  return (cell === undefined || value === undefined ? {} : { [name]: { value, source: cell.source } }) as never
}
const massAt = (
  cell: GridCell | undefined,
  kilograms: string | undefined,
  point: '.' | ',',
): Pick<FoundContainer, 'grossKg'> => {
  const value = massOf(numberOf(cell, point), kilograms)
  return cell === undefined || value === undefined ? {} : { grossKg: { value, source: cell.source } }
}
const reasonAt = (cell: GridCell | undefined, because: Reason['because']): Reason => ({
  sure: 'read',
  because,
  source: cell?.source ?? { file: '' },
})

/** Puts containers with what is known of each. @param inContainer lines by the container they say they are in */
export function putContainers(
  into: Gathering,
  said: Said,
  lines: readonly { readonly sequence: number; readonly containers: readonly string[] }[],
): void {
  const at = ['goodsShipment', 'consignment', 'containers']
  if (into.at(at) !== undefined) return
  const found = findContainers(into, said)
  const [only, ...more] = found
  const alone = only !== undefined && more.length === 0 ? only : undefined
  for (const [place, { id, reason, seal, type, grossKg }] of found.entries()) {
    const path = [...at, place]
    into.put([...path, 'id'], id, reason)
    const typeFact = alone && said.fact('containerType')
    const typed =
      type ?? (typeFact && valueAt('type', { text: typeFact.lines[0] ?? '', source: typeFact.source }, typeIn).type)
    if (typed !== undefined)
      into.put([...path, 'typeCode'], typed.value, { sure: 'derived', because: byWord, source: typed.source })
    const sealFact = alone && said.fact('seal')
    const sealed = seal ?? (sealFact && { value: sealFact.lines[0] ?? '', source: sealFact.source })
    const words = (sealed?.value.toUpperCase() ?? '').split(/[\s,，;；/]+/)
    const ids = words.filter((word) => /^[A-Z0-9-]{3,35}$/.test(word) && hasDigit(word)).slice(0, 10)
    if (sealed !== undefined && ids.length > 0)
      into.put([...path, 'sealIds'], ids, { sure: 'read', because: bySeal, source: sealed.source })
    const inside = alone ? lines : lines.filter(({ containers }) => containers.includes(id))
    if (inside.length > 0)
      into.put(
        [...path, 'goodsItemSequences'],
        inside.map(({ sequence }) => sequence),
        { sure: 'derived', because: alone ? allInOne : byLine, source: reason.source },
      )
    if (grossKg !== undefined)
      into.putDecimal([...path, 'goodsMassKg'], grossKg.value, 5, {
        sure: 'read',
        because: byMass,
        source: grossKg.source,
      })
    else if (alone) {
      const total = into.at(['goodsShipment', 'totalGrossMassKg'])
      into.put([...path, 'goodsMassKg'], typeof total === 'string' ? total : undefined, {
        sure: 'derived',
        because: allInOne,
        source: reason.source,
      })
    }
  }
}
const byWord = { en: 'The type as ISO 6346 has it', zh: '按 ISO 6346 的箱型代码' }
const bySeal = { en: 'Stands beside the container', zh: '与箱号同列' }
const byMass = { en: 'Weight of the container’s goods', zh: '箱货重量' }
const allInOne = { en: 'There is one container: all goods are in it', zh: '仅一个集装箱，全部货物在内' }
const byLine = { en: 'The lines name this container', zh: '商品行注明该箱号' }
