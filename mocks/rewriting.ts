/**
 * A document of an office's own, written otherwise 改写: for what its interface was, will be or does not know. Only for documents
 * the office wrote itself, whose elements are named without surprises.
 */

/** The element with another text; its attributes stay. */
export function withText(xml: string, name: string, text: string): string {
  return xml.replace(elementOf(name), (_, opening: string, _text: string, closing: string) => opening + text + closing)
}

/** Without the element, and the line it stood on. */
export function without(xml: string, name: string): string {
  return xml.replace(new RegExp(`\\s*${elementOf(name).source}`), '')
}

/** The element under another name. */
export function renamed(xml: string, name: string, to: string): string {
  return xml.replace(elementOf(name), (element) =>
    element.replace(new RegExp(`^<${name}`), `<${to}`).replace(new RegExp(`</${name}>$`), `</${to}>`),
  )
}

/** With something more at the end of the last element of that name. */
export function ending(xml: string, name: string, more: string): string {
  const at = xml.lastIndexOf(`</${name}>`)
  return at < 0 ? xml : xml.slice(0, at) + more + xml.slice(at)
}

/** What stands in the element; '' where there is none. */
export function textIn(xml: string, name: string): string {
  return elementOf(name).exec(xml)?.[2] ?? ''
}

/** The first element of that name that holds no other: its opening, its text, its closing. */
const elementOf = (name: string) => new RegExp(`(<${name}(?: [^>]*)?>)([^<]*)(</${name}>)`)
