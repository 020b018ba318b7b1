/** A document as the kit reads it 报文叶节点: by a parser that no adapter and no mock uses, so that a mistake shared by both sides shows. */
import { SaxesParser } from 'saxes'

/** One text in a document, and where it stands: an XPath into XML, a JSON pointer into JSON. */
export interface Leaf {
  readonly place: string
  readonly text: string
}

/**
 * Every text in a document, in its order; attributes before content.
 * @throws when it is neither well-formed XML nor JSON
 */
export function leavesOf(body: string): Leaf[] {
  return /^\s*[[{]/.test(body) ? [...inJson(JSON.parse(body) as unknown, '')] : inXml(body)
}

export const textsIn = (body: string): string[] => leavesOf(body).map(({ text }) => text)

/** Where a text stands alone in a document; undefined where it does not, or the document cannot be read. */
export function placeOf(body: string, text: string): string | undefined {
  return leavesIfAny(body).find((leaf) => leaf.text === text)?.place
}

/** How a document is built: the places of its texts; none when it cannot be read. */
export const placesIn = (body: string): string[] => leavesIfAny(body).map(({ place }) => place)

/** Where two documents begin to differ: a place in the second, or in the first where it goes on alone. */
export function firstDifference(one: string, other: string): string | undefined {
  const [ours, theirs] = [leavesIfAny(one), leavesIfAny(other)]
  const longer = ours.length > theirs.length ? ours : theirs
  return longer.find((_, at) => ours[at]?.place !== theirs[at]?.place || ours[at]?.text !== theirs[at]?.text)?.place
}

function leavesIfAny(body: string): Leaf[] {
  try {
    return leavesOf(body)
  } catch {
    return []
  }
}

function* inJson(value: unknown, place: string): Generator<Leaf> {
  if (typeof value === 'string') yield { place: place || '/', text: value }
  if (typeof value !== 'object' || value === null) return
  for (const [key, one] of Object.entries(value))
    yield* inJson(one, `${place}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
}

/** An element being read: its place, the text since its last child, and how many children of each name it has had. */
interface Open {
  readonly place: string
  text: string
  readonly counts: Map<string, number>
}

function inXml(body: string): Leaf[] {
  const leaves: Leaf[] = []
  const root: Open = { place: '', text: '', counts: new Map() }
  const open: Open[] = [root]
  const top = () => open.at(-1) ?? root
  const closeText = (element: Open) => {
    if (element.text !== '') leaves.push({ place: element.place, text: element.text })
    element.text = ''
  }
  const parser = new SaxesParser({ xmlns: false })
  parser.on('opentag', ({ name, attributes }) => {
    const parent = top()
    closeText(parent)
    const count = (parent.counts.get(name) ?? 0) + 1
    parent.counts.set(name, count)
    const place = `${parent.place}/${name}${count === 1 ? '' : `[${count}]`}`
    for (const [attribute, text] of Object.entries(attributes)) leaves.push({ place: `${place}/@${attribute}`, text })
    open.push({ place, text: '', counts: new Map() })
  })
  parser.on('text', (text) => void (top().text += text))
  parser.on('cdata', (text) => void (top().text += text))
  parser.on('closetag', () => {
    closeText(top())
    open.pop()
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(body).close()
  return leaves
}
