import source from './elements.json' with { type: 'json' }

/** One element of the DecMessage 报文要素: its Chinese name, published type and length, and from which door on it is required. */
export interface ElementRule {
  readonly zh: string
  readonly type: string
  /** Longest value in characters; for a Decimal all digits and those after the point. */
  readonly length: string
  readonly required: 'draft' | 'declare' | ''
}

/** Published lengths that real files exceed: a 20-digit ClientSeqNo, the seventh position of Type, the old long office code. */
const realLengths: { readonly [element: string]: string } = { ClientSeqNo: '36', Type: '7', PurpOrgCode: '10' }

/** Elements retired with specification 4.9.6 (公告 2024-30): ignored with a warning. */
export const retired: ReadonlySet<string> = new Set([
  'DecHead.OrgCode',
  'DecHead.VsaOrgCode',
  'DecHead.InspOrgCode',
  'DecList.CiqName',
  'DecSign.HostId',
])

const sections: ReadonlyMap<string, ReadonlyMap<string, ElementRule>> = new Map(
  Object.entries(source.sections as Record<string, Record<string, string[]>>).map(([section, elements]) => [
    section,
    new Map(Object.entries(elements).map(([element, columns]) => [element, ruleFrom(element, columns)])),
  ]),
)

/** The elements a section may hold. A section without a table is a defect of this file's reader. */
export function elementsOf(section: string): ReadonlyMap<string, ElementRule> {
  const elements = sections.get(section)
  if (elements === undefined) throw new Error(`no element table for section ${section}`)
  return elements
}

function ruleFrom(element: string, [zh = '', type = '', length = '', required = '']: string[]): ElementRule {
  if (required !== '' && required !== 'draft' && required !== 'declare') throw new Error(`${element}: ${required}`)
  return { zh, type, length: realLengths[element] ?? length, required }
}
