/**
 * A script as it is written 场景脚本: one document in YAML or JSON. `script.md` explains it. What one field alone can get wrong is
 * said here; names that must exist elsewhere, states, templates and patterns are looked at in `read.ts`.
 */
import * as z from 'zod'
import { fails } from '../../../schemas/issue.ts'
import { durationMs } from '../duration.ts'
import type { FaultOrder } from '../faults.ts'
import { limits } from '../limits.ts'
import type { Path } from './source.ts'

const name = z.string().min(1).max(limits.scriptNameCharacters)
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(item).min(1))

/** A span of time: `PT2H`, or `{ms: 200}`. */
const span = (most: number) =>
  z.unknown().transform((value, context) => {
    const ms = typeof value === 'string' ? durationMs(value) : msOnly.safeParse(value).data?.ms
    if (ms !== undefined && ms >= 0 && ms <= most) return ms
    context.addIssue({
      ...fails('bad-duration', {
        en: `Expected an ISO 8601 duration of weeks to seconds (PT2H) or {ms: 200}, at most ${most} ms`,
        zh: `应为 ISO 8601 时长（周至秒，如 PT2H）或 {ms: 200}，最长 ${most} 毫秒`,
      }),
      input: value,
    })
    return z.NEVER
  })
const msOnly = z.strictObject({ ms: z.number() })

/** What a value must be; all that is said must hold. */
const tests = {
  equals: z.string().optional(),
  contains: z.string().min(1).optional(),
  matches: z.string().optional(),
  absent: z.literal(true).optional(),
  present: z.literal(true).optional(),
}
export type Test = z.output<z.ZodObject<typeof tests>>

/** A bare text is what the value must equal. */
const orEquals = (value: unknown): unknown => (typeof value === 'string' ? { equals: value } : value)
const something = z.check<Test>(({ value, issues }) => {
  const said = Object.keys(tests).filter((name) => value[name as keyof Test] !== undefined).length
  if (said > 0 && (value.absent === undefined || said === 1)) return
  issues.push({
    ...fails('bad-test', {
      en: 'Expected one or more of equals, contains, matches, present; or absent alone',
      zh: '应为 equals、contains、matches、present 中的一项或多项，或仅 absent',
    }),
    input: value,
  })
})
const test = z.preprocess(orEquals, z.strictObject(tests).check(something))
const bodyTest = z.preprocess(
  orEquals,
  z
    .strictObject({ at: z.string().regex(/^\//, 'Expected a path that begins with "/"').optional(), ...tests })
    .check(something),
)

/** Header fields by name; those of the connection are not a reply's to choose. */
const headers = <T extends z.ZodType>(value: T, refused: readonly string[] = []) =>
  z.record(z.string(), value).check(({ value: fields, issues }) => {
    for (const name of Object.keys(fields)) {
      if (/^[\w!#$%&'*+.^`|~-]+$/.test(name) && !refused.includes(name.toLowerCase())) continue
      const said = { en: `"${name}" is no header a script may name`, zh: `脚本不能使用标头“${name}”` }
      issues.push({ ...fails('bad-header', said, [name]), input: fields })
    }
  })
const ofConnection = ['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade', 'host', 'expect']
const headerValue = z
  .string()
  .regex(/^[\t\u0020-\u007E\u0080-\u00FF]*$/, 'Expected a text without line ends, in Latin-1')

const match = z.strictObject({
  method: oneOrMore(
    z
      .string()
      .regex(/^[A-Za-z]+$/)
      .toUpperCase(),
  ).optional(),
  path: z.string().regex(/^\//, 'Expected a path that begins with "/"').optional(),
  query: z.record(z.string(), test).optional(),
  headers: headers(test).optional(),
  body: oneOrMore(bodyTest).optional(),
})

const bodiless = [204, 205, 304]
const reply = z
  .strictObject({
    status: z.int().min(200).max(599).default(200),
    headers: headers(headerValue, ofConnection).default({}),
    body: z.string().optional(),
    json: z.json().optional(),
  })
  .check(({ value: { status, body, json }, issues }) => {
    if (body !== undefined && json !== undefined)
      issues.push({ ...fails('two-bodies', { en: 'Either body or json', zh: 'body 与 json 只能有一个' }), input: body })
    if (bodiless.includes(status) && (body !== undefined || json !== undefined))
      issues.push({
        ...fails('no-body', { en: `A reply ${status} has no body`, zh: `${status} 应答没有正文` }),
        input: body,
      })
  })

const sending = z.strictObject({
  after: span(limits.advanceSimulatedMs).default(0),
  agency: name.optional(),
  reference: z.string().min(1).optional(),
  name: z.string().min(1),
  contentType: headerValue.min(1),
  body: z.string(),
})

/** Its name alone, or with parameters; which there are, `faults/order.ts` says. */
const fault = z.preprocess((one) => (typeof one === 'string' ? { fault: one } : one), z.looseObject({ fault: name }))

const step = z.strictObject({
  name,
  agency: name.optional(),
  in: oneOrMore(name).optional(),
  match: match.optional(),
  after: span(limits.advanceSimulatedMs).optional(),
  times: z.int().min(1).max(1_000_000).optional(),
  outcome: oneOrMore(name).optional(),
  faults: oneOrMore(fault).optional(),
  reply: reply.optional(),
  delay: span(limits.scriptDelayMs).optional(),
  // oxlint-disable-next-line unicorn/no-thenable -- the word of the language; it is a text, which nobody can await
  then: name.optional(),
  send: oneOrMore(sending).optional(),
})

export const scriptDocument = z.strictObject({
  name,
  agency: name.optional(),
  starts: name.optional(),
  states: z.array(name).min(1).optional(),
  stateOf: oneOrMore(z.string()).optional(),
  unmatched: z.enum(['agency', 'refuse']).default('agency'),
  steps: z.array(step).min(1).max(limits.scriptSteps),
})

type Document = z.output<typeof scriptDocument>
type DocumentStep = Document['steps'][number]

/** A script that has been read: data, which can be kept and loaded again. */
export type Script = Omit<Document, 'steps'> & { readonly steps: readonly ScriptStep[] }
export type ScriptStep = Omit<DocumentStep, 'faults'> & { readonly faults?: readonly FaultOrder[] | undefined }
export type ScriptReply = NonNullable<DocumentStep['reply']>
export type ScriptSending = NonNullable<DocumentStep['send']>[number]

/** Where a number is a number. Everywhere else what looks like one is text, as written. */
export function isTyped([top, , key, ...inner]: Path): boolean {
  if (top !== 'steps') return false
  if (key === 'times' || key === 'faults' || key === 'delay' || key === 'after') return true
  if (key === 'reply') return inner[0] === 'status' || inner[0] === 'json'
  if (key === 'send') return inner.includes('after') && inner.at(-1) === 'ms'
  const last = inner.at(-1)
  return key === 'match' && inner.length === 3 && (last === 'absent' || last === 'present')
}

/** The fields there are at a path: what somebody who mistyped one may have meant. */
export function fieldsAt([top, , key, ...inner]: Path): readonly string[] {
  const of = ({ shape }: { readonly shape: object }) => Object.keys(shape)
  if (top === undefined) return of(scriptDocument)
  if (top !== 'steps') return []
  if (key === undefined) return of(step)
  if (key === 'match' && inner.length === 0) return of(match)
  if (key === 'match') return inner[0] === 'body' ? ['at', ...Object.keys(tests)] : Object.keys(tests)
  if (key === 'send') return of(sending)
  return key === 'reply' && inner.length === 0 ? ['status', 'headers', 'body', 'json'] : []
}
