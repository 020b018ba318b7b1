import * as z from 'zod'
import { fails } from './issue.ts'
import { type Text, text } from './text.ts'

/** Runs of the conformance kit 符合性测试 in the gateway: what is asked for, and what is answered. */

const instant = z.iso.datetime({ offset: true })

/** What can be judged here. A running gateway is judged from outside, by the command. */
export const conformanceSubject = z.enum(['adapter', 'agency'])
export type ConformanceSubject = z.infer<typeof conformanceSubject>

export const runRequest = z
  .strictObject({
    what: conformanceSubject,
    ids: z.array(z.string().max(20)).min(1).max(50).optional().describe('by their ids; absent: all there are'),
    url: z
      .string()
      .max(2_048)
      .optional()
      .describe('an endpoint of one’s own that claims to be the agency; absent: the simulator’s'),
  })
  .check(({ value, issues }) => {
    const { what, ids = [], url } = value
    const say = (path: string, code: string, en: string, zh: string) =>
      issues.push({ ...fails(code, { en, zh }, [path]), input: value })
    if (new Set(ids).size !== ids.length) say('ids', 'twice', 'Each only once', '不得重复')
    if (url === undefined) return
    if (what !== 'agency') say('url', 'unexpected', 'Only an agency has an address', '仅机构端点可填写网址')
    else if (ids.length !== 1) say('ids', 'one', 'Name the one agency it claims to be', '请指定该端点对应的一个机构')
  })
export type RunRequest = z.infer<typeof runRequest>

/** What a scenario is about 类别. */
export const conformanceGroups = {
  schema: { en: 'Schema', zh: '报文结构' },
  sequence: { en: 'Required sequences', zh: '流程次序' },
  idempotency: { en: 'Idempotency', zh: '幂等' },
  disorder: { en: 'Disorder', zh: '乱序与重复' },
  timeout: { en: 'Timeouts', zh: '超时' },
  forbidden: { en: 'Forbidden answers', zh: '禁止的应答' },
} as const satisfies { readonly [group: string]: Text }
export type ConformanceGroup = keyof typeof conformanceGroups

const headers = z.record(z.string(), z.string())
const finding = z.object({
  what: z.string(),
  pointer: z.string().optional().describe('a JSON pointer into a document or the exchange, or a path into an XML one'),
  exchange: z
    .object({
      request: z.object({ method: z.string(), url: z.string(), headers, body: z.string().optional() }),
      response: z.object({ status: z.int(), headers, body: z.string() }).optional(),
      error: z.string().optional(),
    })
    .optional()
    .describe('secrets masked, bodies cut'),
})
export type ConformanceFinding = z.infer<typeof finding>

/** What was said of one scenario. */
export const judgedScenario = z.object({
  id: z.string(),
  group: z.enum(Object.keys(conformanceGroups) as [ConformanceGroup, ...ConformanceGroup[]]),
  title: text,
  verdict: z.enum(['conformant', 'not-conformant', 'not-applicable']),
  findings: z.array(finding).optional(),
  reason: z.string().optional(),
  durationMs: z.int(),
})
export type JudgedScenario = z.infer<typeof judgedScenario>

const count = z.int().min(0)
export const runAnswer = z.object({
  id: z.string(),
  what: conformanceSubject,
  url: z.string().optional(),
  status: z
    .enum(['waiting', 'running', 'done', 'failed'])
    .describe('failed: it ended before its end; what was judged until then stands'),
  by: z.string(),
  targets: z.array(
    z.object({
      id: z.string(),
      name: text,
      scenarios: count.optional().describe('how many there are; absent: not begun'),
      conformant: count,
      notConformant: count,
      notApplicable: count,
      complete: z.boolean(),
    }),
  ),
  trouble: z.object({ code: z.string(), detail: z.string(), detailZh: z.string() }).optional(),
  createdAt: instant,
  startedAt: instant.optional(),
  endedAt: instant.optional(),
  links: z.object({ self: z.string(), json: z.string(), junit: z.string(), markdown: z.string() }),
})
export type RunAnswer = z.infer<typeof runAnswer>

/** A run with all that was said so far. */
export const runReadAnswer = runAnswer.extend({
  reports: z.array(z.object({ target: z.string(), subject: z.string(), judged: z.array(judgedScenario) })),
})
export type RunReadAnswer = z.infer<typeof runReadAnswer>
