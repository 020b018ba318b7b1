import type { Issue } from '../schemas/issue.ts'
import { issue, pointer } from '../schemas/issue.ts'
import { limits } from './limits.ts'

/** A JSON text that was read, or what is wrong with it. */
export type ReadJson = { readonly value: unknown; readonly issues?: undefined } | { readonly issues: Issue[] }

/**
 * Reads JSON as a contract demands: not well-formed, nested too deep, a key twice in one object, or text that no wire can
 * carry is refused, each with a pointer. (JSON.parse silently keeps the last of two equal keys: what was declared would then
 * depend on the reader.)
 */
export function readStrictJson(text: string): ReadJson {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const scanned = scan(text)
    if (scanned.length > 0) return { issues: scanned }
    const reason = (error as Error).message
    return {
      issues: [issue('', 'malformed-json', { en: `Not well-formed JSON: ${reason}`, zh: `JSON 格式错误：${reason}` })],
    }
  }
  if (keysWritten(text) !== keysRead(value, limits.jsonDepth)) {
    const scanned = scan(text)
    if (scanned.length > 0) return { issues: scanned }
  }
  // Unpaired surrogates and U+0000 can only come in as escapes: without one there is nothing to look for.
  const unwritable = /\\u(?:0000|d[89a-f])/i.test(text) ? unwritableTexts(value) : []
  return unwritable.length > 0 ? { issues: unwritable } : { value }
}

/**
 * How many keys a JSON text writes, or more; NaN where only the scan can tell. A key is a quote and a colon; a colon at the start of a
 * text, or a quote within one, counts one too many, and then the scan has the last word.
 */
function keysWritten(text: string): number {
  if (/"[ \t\n\r]+:/.test(text)) return Number.NaN
  let count = 0
  for (let at = text.indexOf('":'); at >= 0; at = text.indexOf('":', at + 2)) count++
  return count
}

/** How many keys the value has: fewer than were written when one stands twice. NaN when it is nested deeper than `depth`, or not plain. */
function keysRead(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth === 0) return Number.NaN
  let count = 0
  if (Array.isArray(value)) for (const one of value) count += keysRead(one, depth - 1)
  else
    for (const key in value) {
      if (key === '__proto__') return Number.NaN
      count++
      const child = (value as { readonly [key: string]: unknown })[key]
      if (typeof child === 'object') count += keysRead(child, depth - 1)
    }
  return count
}

interface Frame {
  /** Keys seen, for an object; the running index, for an array. */
  readonly keys: Set<string> | undefined
  index: number
  key: string
  /** In an object: whether the next string is a key. */
  expectsKey: boolean
}

/** One pass over the text: depth and repeated keys. What is not JSON at all is left to JSON.parse to name. */
function scan(text: string): Issue[] {
  const found: Issue[] = []
  const stack: Frame[] = []
  const path = () => pointer(...stack.map((frame) => (frame.keys === undefined ? frame.index : frame.key)))
  for (let at = 0; at < text.length; at++) {
    const frame = stack[stack.length - 1]
    switch (text.charCodeAt(at)) {
      case 0x22: {
        const end = endOfString(text, at)
        if (frame?.keys !== undefined && frame.expectsKey) {
          frame.key = keyOf(text.slice(at, end + 1))
          frame.expectsKey = false
          if (frame.keys.has(frame.key))
            found.push(issue(path(), 'duplicate-key', { en: `"${frame.key}" stands twice`, zh: `“${frame.key}”重复` }))
          // Not a field anywhere, and in JavaScript more than a name.
          if (frame.key === '__proto__')
            found.push(issue(path(), 'unknown-field', { en: 'Unknown field "__proto__"', zh: '未知字段“__proto__”' }))
          if (found.length > limits.issues) return found
          frame.keys.add(frame.key)
        }
        at = end
        break
      }
      case 0x7b:
      case 0x5b:
        stack.push({ keys: text.charCodeAt(at) === 0x7b ? new Set() : undefined, index: 0, key: '', expectsKey: true })
        if (stack.length > limits.jsonDepth)
          return [
            issue('', 'too-deep', {
              en: `Nested deeper than ${limits.jsonDepth} levels`,
              zh: `嵌套超过${limits.jsonDepth}层`,
            }),
          ]
        break
      case 0x7d:
      case 0x5d:
        stack.pop()
        break
      case 0x2c:
        if (frame !== undefined) {
          frame.expectsKey = true
          frame.index++
        }
        break
    }
  }
  return found
}

/** Texts that are not Unicode (RFC 7493 §2.1), or that hold U+0000, which no database column and no XML carries. */
function unwritableTexts(value: unknown, path: readonly PropertyKey[] = []): Issue[] {
  const bad = (text: string) => !text.isWellFormed() || text.includes('\u0000')
  const found = (at: readonly PropertyKey[]) =>
    issue(pointer(...at).toWellFormed(), 'text-unwritable', {
      en: 'Holds an unpaired surrogate or U+0000',
      zh: '含有不成对的代理字符或 U+0000',
    })
  if (typeof value === 'string') return bad(value) ? [found(path)] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key]
    return [...(bad(key) ? [found(at)] : []), ...unwritableTexts(child, at)]
  })
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    at = text.indexOf('"', at)
    if (at < 0) return text.length
    let slashes = 0
    for (let back = at - 1; text.charCodeAt(back) === 0x5c; back--) slashes++
    if (slashes % 2 === 0) return at
  }
}

function keyOf(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1)
  try {
    return JSON.parse(literal) as string
  } catch {
    return literal
  }
}
