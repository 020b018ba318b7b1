/** Masking the fields of a text 字段脱敏: JSON, XML and forms, in place, so that every other byte stays what it was. */
import { SaxesParser } from 'saxes'

export const mask = '***'

/** What is masked, and what to do with a value that is. */
export interface Fields {
  has(name: string): boolean
  /** Whether a text gives a value to one of the fields, in whatever notation. */
  hints(text: string): boolean
  /** Takes note of a value that is masked, to find it where it is said again. */
  hide(value: string): void
}

/** A body masked. What is not understood and speaks of a field is masked whole: better too much than a secret. */
export function maskText(text: string, contentType: string, fields: Fields): string {
  const start = text.trimStart()[0]
  if (/urlencoded/i.test(contentType)) return maskForm(text, fields)
  if ((start === '{' || start === '[') && isJson(text)) return maskJson(text, fields)
  if (start === '<' && isXml(text)) return maskXml(text, fields)
  return fields.hints(text) ? mask : text
}

/** Parameters of a form or a query. */
export function maskForm(text: string, { has, hints, hide }: Fields): string {
  return text
    .split('&')
    .map((pair) => {
      const [name = '', value = ''] = [...new URLSearchParams(pair)][0] ?? []
      const isField = has(name)
      if (value === '' || !(isField || hints(value))) return pair
      if (isField) hide(value)
      return `${pair.slice(0, pair.indexOf('='))}=${mask}`
    })
    .join('&')
}

/** Puts pieces of a text in the place of others; in the order of the text. */
function splicer(text: string) {
  let made = ''
  let from = 0
  return {
    put(start: number, end: number, piece: string) {
      made += text.slice(from, start) + piece
      from = end
    },
    end: () => made + text.slice(from),
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** @param text is JSON */
function maskJson(text: string, { has, hints, hide }: Fields): string {
  const made = splicer(text)
  const open: string[] = []
  let atName = false
  let masked = false
  for (let at = 0; at < text.length; ) {
    const token = text[at] ?? ''
    const end = tokenEnd(text, at)
    const isContainer = token === '{' || token === '['
    if (token === '"' && atName) {
      masked = has(stringOf(text, at, end))
      atName = false
    } else if (masked && token !== ':' && token.trim() !== '') {
      const last = isContainer ? containerEnd(text, at, hide) : end
      if (!isContainer) hide(token === '"' ? stringOf(text, at, end) : text.slice(at, end))
      made.put(at, last, `"${mask}"`)
      masked = false
      at = last
      continue
    } else if (token === '"') {
      if (hints(stringOf(text, at, end))) made.put(at, end, `"${mask}"`)
    } else if (isContainer) open.push(token)
    else if (token === '}' || token === ']') open.pop()
    if (token === '{' || (token === ',' && open.at(-1) === '{')) atName = true
    if (token === '}') atName = false
    at = end
  }
  return made.end()
}

const stringOf = (text: string, start: number, end: number): string => String(JSON.parse(text.slice(start, end)))

/** Where the token that begins at `start` ends. */
function tokenEnd(text: string, start: number): number {
  if (text[start] !== '"') {
    let end = start + 1
    if (/[\w.+-]/.test(text[start] ?? '')) while (/[\w.+-]/.test(text[end] ?? '')) end += 1
    return end
  }
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

function containerEnd(text: string, start: number, hide: (value: string) => void): number {
  let depth = 0
  for (let at = start; at < text.length; ) {
    const token = text[at] ?? ''
    const end = tokenEnd(text, at)
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    // The name of a member is no secret.
    else if (token === '"' && !/^\s*:/.test(text.slice(end, end + 20))) hide(stringOf(text, at, end))
    else if (/[\w-]/.test(token)) hide(text.slice(at, end))
    at = end
    if (depth === 0) return at
  }
  return text.length
}

function isXml(text: string): boolean {
  if (/<!DOCTYPE/i.test(text)) return false
  try {
    const parser = new SaxesParser()
    parser.on('error', (error) => {
      throw error
    })
    parser.write(text.replace(/^\uFEFF/, '').trimStart()).close()
    return true
  } catch {
    return false
  }
}

/** @param text is well-formed, and has no document type */
function maskXml(text: string, { has, hints, hide }: Fields): string {
  const made = splicer(text)
  /** How deep one is inside a masked element, and where its content began. */
  let depth = 0
  let content = 0
  for (let at = 0; at < text.length; ) {
    const [end, kind] = pieceEnd(text, at)
    const piece = text.slice(at, end)
    if (kind === 'tag' && depth > 0) {
      depth += piece.startsWith('</') ? -1 : piece.endsWith('/>') ? 0 : 1
      if (depth === 0 && at > content) made.put(content, at, mask)
    } else if (kind === 'tag') {
      const masked = maskAttributes(piece, { has, hints, hide })
      if (masked !== piece) made.put(at, end, masked)
      if (!piece.startsWith('</') && !piece.endsWith('/>') && has(localName(/^<([^\s>]+)/.exec(piece)?.[1] ?? ''))) {
        depth = 1
        content = end
      }
    } else if (depth > 0) {
      hide(kind === 'data' ? piece.slice('<![CDATA['.length, -']]>'.length) : plain(piece))
    } else if (hints(piece)) made.put(at, end, kind === 'text' ? mask : kind === 'data' ? `<![CDATA[${mask}]]>` : '')
    at = end
  }
  return made.end()
}

/** Where a tag, a text, a CDATA section, or a comment or instruction ends. */
function pieceEnd(text: string, start: number): [number, 'tag' | 'text' | 'data' | 'aside'] {
  const behind = (mark: string) => {
    const found = text.indexOf(mark, start)
    return found < 0 ? text.length : found + mark.length
  }
  if (text[start] !== '<') {
    const next = text.indexOf('<', start)
    return [next < 0 ? text.length : next, 'text']
  }
  if (text.startsWith('<!--', start)) return [behind('-->'), 'aside']
  if (text.startsWith('<![CDATA[', start)) return [behind(']]>'), 'data']
  if (text.startsWith('<?', start)) return [behind('?>'), 'aside']
  let quote = ''
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (quote === '' && character === '>') return [at + 1, 'tag']
    if (quote === character) quote = ''
    else if (quote === '' && (character === '"' || character === "'")) quote = character
  }
  return [text.length, 'tag']
}

function maskAttributes(tag: string, { has, hints, hide }: Fields): string {
  return tag.replaceAll(/(\s)([^\s=<>"']+)(\s*=\s*)("[^"]*"|'[^']*')/g, (whole, ...found: string[]) => {
    const [space = '', name = '', equals = '', value = ''] = found
    const isField = has(localName(name))
    if (!isField && !hints(value)) return whole
    if (isField) hide(plain(value.slice(1, -1)))
    return `${space}${name}${equals}${value[0]}${mask}${value[0]}`
  })
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The text an element's content stands for. */
function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
    .trim()
}
