/** An XML body as elements 报文元素, for looking into: names without prefix, texts as they stand there. */
import { SaxesParser } from 'saxes'
import { limits } from '../limits.ts'

export interface Element {
  readonly name: string
  text: string
  readonly attributes: { readonly [name: string]: string }
  readonly children: Element[]
}

/** What holds the root element. @throws {Error} when it is not well-formed, has a DOCTYPE, or is too deep */
export function readElements(text: string): Element {
  const top: Element = { name: '', text: '', attributes: {}, children: [] }
  const open = [top]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('a DOCTYPE is not taken')
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name: localName(name), text: '', attributes, children: [] }
    open.at(-1)?.children.push(element)
    if (open.push(element) > limits.scriptLookDepth) throw new Error('too deep')
  })
  parser.on('closetag', () => void open.pop())
  const add = (piece: string) => {
    const element = open.at(-1)
    if (element !== undefined) element.text += piece
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.write(text).close()
  return top
}

/** The text of what a path leads to, the first that is there: `/A/B`, `/A/B[2]`, `/A/@c`. */
export function textAt(top: Element, path: readonly string[]): string | undefined {
  let found: readonly Element[] = [top]
  for (const segment of path) {
    if (segment.startsWith('@')) return attributeOf(found, segment.slice(1))
    const [, name = '', place] = /^([^[]*)(?:\[(\d+)\])?$/.exec(segment) ?? []
    found = found.flatMap(({ children }) => {
      const named = children.filter((child) => child.name === name)
      return place === undefined ? named : named.slice(Number(place) - 1, Number(place))
    })
  }
  return found[0]?.text.trim()
}

function attributeOf(elements: readonly Element[], name: string): string | undefined {
  for (const { attributes } of elements)
    for (const [written, value] of Object.entries(attributes)) if (localName(written) === name) return value
  return undefined
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
