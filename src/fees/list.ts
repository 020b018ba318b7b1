import { type Content, natures } from '../../schemas/fees/entries.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import { type Catalogue, holdsOn, type NamedFee } from './catalogue.ts'

/** What a list of fees is narrowed to 查询条件. */
export interface FeeFilter {
  readonly port?: string | undefined
  readonly payee?: string | undefined
  readonly nature?: (typeof natures)[number] | undefined
  readonly kind?: string | undefined
  readonly direction?: 'import' | 'export' | undefined
  /** Words, each of which must occur. */
  readonly words?: readonly string[] | undefined
}

/** A fee with what it can be found by. */
interface Listed extends NamedFee {
  readonly text: string
}

/** Each edition's fees in the order of the list: port, payee, id. Made when first asked for, gone with the edition. */
const indexes = new WeakMap<Catalogue, ReadonlyMap<string, Listed>>()

function indexOf(catalogue: Catalogue): ReadonlyMap<string, Listed> {
  const known = indexes.get(catalogue)
  if (known !== undefined) return known
  const payees = catalogue.of('payee')
  const listed = [...catalogue.of('fee')]
    .map(([id, fee]) => ({ id, fee, text: textOf(id, fee, payees.get(fee.payee)) }))
    .sort((a, b) => inOrder(a.fee.port, b.fee.port) || inOrder(a.fee.payee, b.fee.payee) || inOrder(a.id, b.id))
  const index = new Map(listed.map((one) => [one.id, one]))
  indexes.set(catalogue, index)
  return index
}
const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Everything a search looks at: names, other names, service, payee. */
function textOf(id: string, { name, aliases = [], service }: Content<'fee'>, payee: Content<'payee'> | undefined) {
  const parts = [id, name.zh, name.en, ...aliases, service.zh, service.en, payee?.name.zh ?? '', payee?.name.en ?? '']
  return folded(parts.join('\n'))
}

/** A text without what does not tell words apart: case, and full or half width. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase()

/** The words of a search, each once, in an order of their own: the same search however it was typed. */
export const wordsOf = (text: string): string[] =>
  [...new Set(folded(text).split(/\s+/u))].filter((word) => word !== '').sort()

/** The fees that can be charged on a day 当日可收费项目, in the order of the list. */
export function selectFees(catalogue: Catalogue, day: string, filter: FeeFilter): NamedFee[] {
  const { port, payee, nature, kind, direction, words = [] } = filter
  const found: NamedFee[] = []
  for (const listed of indexOf(catalogue).values()) {
    const { fee, text } = listed
    if (port !== undefined && fee.port !== port) continue
    if (payee !== undefined && fee.payee !== payee) continue
    if (nature !== undefined && fee.nature !== nature) continue
    if (kind !== undefined && fee.kind !== kind) continue
    if (!holdsOn(fee, day)) continue
    if (direction !== undefined && !fallsOn(fee, direction)) continue
    if (words.every((word) => text.includes(word))) found.push(listed)
  }
  return found
}

/** Whether a fee can fall on an import or an export at all: by its own conditions, and by at least one of its rates. */
function fallsOn({ applies, price }: Content<'fee'>, direction: 'import' | 'export'): boolean {
  const allows = (directions: readonly string[] | undefined) => directions?.includes(direction) ?? true
  if (!allows(applies?.directions)) return false
  return price.kind !== 'rates' || price.rates.some(({ when }) => allows(when?.directions))
}

/**
 * A page of what was selected.
 * @param after the id of the last fee of the page before
 * @throws {RangeError} when the edition has no such fee
 */
export function pageOf(catalogue: Catalogue, selected: readonly NamedFee[], limit: number, after: string | undefined) {
  let start = 0
  if (after !== undefined) {
    const place = indexOf(catalogue).get(after)
    if (place === undefined) throw new RangeError('No fee of this edition')
    start = selected.findIndex(({ id, fee }) => isBehind(id, fee, place))
    if (start === -1) start = selected.length
  }
  const fees = selected.slice(start, start + limit)
  return { fees, next: start + limit < selected.length ? fees.at(-1)?.id : undefined }
}
const isBehind = (id: string, fee: Content<'fee'>, place: NamedFee) =>
  (inOrder(fee.port, place.fee.port) || inOrder(fee.payee, place.fee.payee) || inOrder(id, place.id)) > 0

/** What of a filter names nothing in an edition: refused, so that a slip of the pen does not look like an empty list. */
export function unknownIn(catalogue: Catalogue, { port, payee }: FeeFilter): Issue[] {
  const missing = (type: 'port' | 'payee', id: string | undefined) =>
    id === undefined || catalogue.of(type).has(id)
      ? []
      : [
          issue(`/${type}`, 'unknown-value', {
            en: `The list of that day has no ${type} "${id}"`,
            zh: `当日目录中没有该${type === 'port' ? '口岸' : '收费主体'}“${id}”`,
          }),
        ]
  return [...missing('port', port), ...missing('payee', payee)]
}
