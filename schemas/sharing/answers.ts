import * as z from 'zod'
import { pageOf } from '../answers.ts'
import { line } from '../formats.ts'
import { text } from '../text.ts'
import { patternForm } from './patterns.ts'
import { purpose } from './purposes.ts'
import { searchKinds } from './view.ts'

const instant = z.iso.datetime({ offset: true })
const pattern = z.string().max(200).regex(patternForm)

/** What an agency reads for, in its own numbering 案号. */
export const caseNumber = line(100)

const policy = z.object({
  table: z.string(),
  version: z.string(),
  validFrom: z.string(),
  source: z.string(),
})

/** What was allowed, by which policy, and what was not: by the names of the fields, whether the declaration has them or not. */
const terms = {
  agency: z.string(),
  purpose,
  case: z.string(),
  basis: text,
  policy,
  withheld: z.array(z.string()).describe('patterns of fields that are not shown, or not of every agency'),
}
const one = {
  id: z.string(),
  version: z.int(),
  data: z.record(z.string(), z.unknown()).describe('the shared view, as far as this purpose sees it'),
}

/** A declaration as one agency is shown it for one purpose. */
export const sharedDeclarationAnswer = z.object({ ...one, ...terms })
export const sharedDeclarationsAnswer = pageOf(z.object(one)).extend(terms)

/** What an agency's purposes let it see. */
export const sharedPurposesAnswer = pageOf(
  z.object({
    purpose,
    purposeName: text,
    reach: z.enum(['concerned', 'all']),
    fields: z.array(z.string()),
    searches: z.array(z.enum(searchKinds)),
    disclosedAfterDays: z.int().describe('0: the trader sees a reading at once'),
    basis: text,
    policy,
  }),
)

/** One reading 查询记录, as the trader sees it; the chain is shown to operators, as its numbers tell of what is not disclosed yet. */
export const readAnswer = z.object({
  id: z.string(),
  agency: z.string(),
  agencyName: text,
  by: z.string().describe('the name of the key it was read with'),
  purpose: z.string(),
  purposeName: text,
  case: z.string(),
  kind: z.enum(['read', 'search']),
  version: z.int().describe('the version of the declaration that was read'),
  fields: z.array(z.string()).describe('patterns of the fields whose values were shown'),
  basis: text,
  policy: z.string().describe('the version of the policy it was allowed by'),
  at: instant,
  disclosedAt: instant.optional().describe('when it became visible to the trader, where that was later'),
  chain: z.object({ number: z.int(), hash: z.string() }).optional(),
})
export const readsAnswer = pageOf(readAnswer)

const value = line(100)

/** What an agency wants to be told of: one filter, and fields of those its purpose sees. */
export const subscriptionRequest = z.strictObject({
  purpose,
  case: caseNumber,
  filter: z
    .strictObject({
      declaration: z
        .string()
        .regex(/^[0-9A-HJKMNP-TV-Z]{20}$/)
        .optional(),
      ...(Object.fromEntries(searchKinds.map((kind) => [kind, value.optional()])) as {
        [K in (typeof searchKinds)[number]]: z.ZodOptional<typeof value>
      }),
    })
    .refine((filter) => Object.values(filter).filter((given) => given !== undefined).length === 1, {
      params: { code: 'one-of', text: { en: 'Exactly one filter', zh: '须且仅须一个筛选条件' } },
    }),
  fields: z.array(pattern).min(1).max(500).optional().describe('all the purpose sees where absent'),
})

/** A subscription 订阅. */
export const subscriptionAnswer = z.object({
  id: z.string(),
  agency: z.string(),
  by: z.string(),
  purpose: z.string(),
  case: z.string(),
  filter: z.record(z.string(), z.string()),
  fields: z.array(z.string()).optional(),
  at: instant,
  endedAt: instant.optional(),
})
export const subscriptionsAnswer = pageOf(subscriptionAnswer)
