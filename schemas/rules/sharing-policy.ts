import * as z from 'zod'
import { covers, isAbove, partsOf, patternForm } from '../sharing/patterns.ts'
import { purpose } from '../sharing/purposes.ts'
import { viewLeaves } from '../sharing/view.ts'
import type { Text } from '../text.ts'
import { evidence, ruleTable } from './table.ts'

const pattern = z.string().max(200).regex(patternForm)
const said = z.object({ en: z.string().min(1).max(500), zh: z.string().min(1).max(500) })

const kinds = '`share`: an agency is shown fields for a purpose; `never`: nobody is shown them'
const fields = z
  .array(pattern)
  .min(1)
  .max(500)
  .describe(
    'patterns of single fields of the shared view: JSON pointers, `*` for any member or key; of `never` also a whole branch of agencies’ own particulars',
  )

const share = z.strictObject({
  kind: z.literal('share').describe(kinds),
  agency: z.string().regex(/^[a-z]{1,20}$/),
  purpose,
  reach: z
    .enum(['concerned', 'all'])
    .describe('`concerned`: only declarations of which the agency has a filing itself; `all`: any'),
  fields,
  basis: said.describe('the legal basis'),
  evidence: evidence.describe('how well the row is established'),
  discloseAfterDays: z
    .int()
    .min(1)
    .max(3_650)
    .optional()
    .describe('days until the trader sees that it was read; absent: at once'),
  deferral: said.optional().describe('the basis of that delay'),
})

const never = z.strictObject({
  kind: z.literal('never').describe(kinds),
  fields,
  because: said.describe('why nobody is shown them'),
})

const row = z.discriminatedUnion('kind', [share, never])
export type ShareRow = z.infer<typeof share>
type Row = z.infer<typeof row>

let known: readonly { readonly parts: readonly string[]; readonly open: boolean }[] | undefined
const knownLeaves = () => (known ??= viewLeaves().map(({ pattern, open }) => ({ parts: partsOf(pattern), open })))

/** Whether a pattern names a field of the shared view, or lies in what only an agency's own schema knows. */
const namesSomething = (parts: readonly string[]): boolean =>
  knownLeaves().some((leaf) => (leaf.open ? isAbove(leaf.parts, parts) : covers(leaf.parts, parts)))

/** Agencies' own particulars may be closed as a whole, from above. */
const closesSomething = (parts: readonly string[]): boolean =>
  namesSomething(parts) || knownLeaves().some((leaf) => leaf.open && covers(leaf.parts.slice(0, parts.length), parts))

function wrongIn(row: Row, closed: readonly (readonly string[])[]): Text[] {
  const strange = row.fields.filter(
    (field) => !(row.kind === 'never' ? closesSomething : namesSomething)(partsOf(field)),
  )
  const unknown = strange.map((field) => ({
    en: `${field} names no field of the shared view`,
    zh: `${field} 不是共享视图中的字段`,
  }))
  if (row.kind === 'never') return unknown
  const both = row.fields
    .filter((field) => closed.some((one) => isAbove(one, partsOf(field)) || isAbove(partsOf(field), one)))
    .map((field) => ({ en: `${field} is shared and never shared`, zh: `${field} 同时列为可共享与不得共享` }))
  const unfounded =
    (row.discloseAfterDays === undefined) === (row.deferral === undefined)
      ? []
      : [{ en: 'A delay needs its basis, and a basis its delay', zh: '延迟告知须同时注明期限与依据' }]
  return [...unknown, ...both, ...unfounded]
}

/** Which agency is shown which fields for which purpose 信息共享目录. */
export const sharingPolicy = ruleTable({
  id: 'sharing-policy',
  title: { en: 'What agencies are shown', zh: '口岸管理部门信息共享目录' },
  purpose: {
    en: 'Decides field by field what an agency reads of a declaration for a purpose, and when the trader sees that it did. What no row names is denied. Ground: Article 21 of the regulations of the pilot free trade zone (information shared among port authorities), within Article 46 (no state or commercial secrets, no personal matters).',
    zh: '逐字段确定各部门为特定用途可查询的申报信息，以及何时告知企业。未列明的一律不共享。依据：自贸试验区条例第二十一条（信息共享），并受第四十六条（国家秘密、商业秘密、个人隐私）限制。',
  },
  row,
  contradictions(rows) {
    const closed = rows.flatMap((one) => (one.kind === 'never' ? one.fields.map(partsOf) : []))
    const seen = new Set<string>()
    return rows.flatMap((one, at) => {
      const wrong = wrongIn(one, closed).map((why) => ({ row: at, why }))
      if (one.kind === 'never') return wrong
      const name = `${one.agency} ${one.purpose}`
      const twice = seen.has(name)
      seen.add(name)
      const why = { en: `A second row for ${name}`, zh: `${name} 重复` }
      return twice ? [...wrong, { row: at, why }] : wrong
    })
  },
})
