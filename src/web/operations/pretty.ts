/** A document laid out for reading 报文排版: JSON and XML with an element or member a line; anything else as it is. */
export function laidOut(body: string): string {
  const text = body.trim()
  if (text.startsWith('{') || text.startsWith('[')) return laidOutJson(text)
  return text.startsWith('<') ? laidOutXml(text) : body
}

function laidOutJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** By its tags alone: what is no XML comes out with its bytes in their order, as all does but for the blanks between tags. */
function laidOutXml(text: string): string {
  const parts = text.replaceAll(/>\s*</g, '>\n<').split('\n')
  let depth = 0
  return parts
    .map((part) => {
      if (part.startsWith('</')) depth = Math.max(0, depth - 1)
      const line = '  '.repeat(Math.min(depth, deepest)) + part
      if (opens(part)) depth++
      return line
    })
    .join('\n')
}
/** Deeper than this nothing is moved in any further. */
const deepest = 40

/** Whether a part is a start tag whose end comes on a later line. */
const opens = (part: string): boolean => /^<[^!?/]/.test(part) && !part.endsWith('/>') && !part.includes('</')
