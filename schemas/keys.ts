import * as z from 'zod'
import { isCreditCode, line } from './formats.ts'
import { fails } from './issue.ts'
import { firm } from './waybill.ts'

/** Keys of the interface and whose they are 接口密钥: what is asked for, and what is answered. */

const instant = z.iso.datetime({ offset: true })
export const keyRole = z.enum(['trader', 'agency', 'admin', 'integrator', 'payee', 'carrier', 'bank'])
export type KeyRole = z.infer<typeof keyRole>

const name = line(100).describe('whose it is, or what uses it: for people')

/** Whose a key is to be. What is left out is as of the key that asks. */
export const keyRequest = z.strictObject({
  name,
  role: keyRole.optional(),
  tenant: z
    .string()
    .max(40)
    .optional()
    .describe('the firm: 统一社会信用代码; for a carrier or a bank any code of the operator’s'),
  agency: z.string().max(20).optional().describe('the agency, of an agency’s key'),
  expiresAt: instant.optional().describe('when it ends by itself'),
})
export type KeyRequest = z.infer<typeof keyRequest>

/** A whole holder: a firm where the role is a firm's, an agency where it is an agency's, neither for an administrator. */
export const keyHolder = z
  .object({ role: keyRole, tenant: z.string().optional(), agency: z.string().optional() })
  .check(({ value: { role, tenant, agency }, value, issues }) => {
    const say = (path: string, code: string, en: string, zh: string) =>
      issues.push({ ...fails(code, { en, zh }, [path]), input: value })
    if (role === 'agency' && agency === undefined) say('agency', 'missing', 'Name the agency', '请指定机构')
    if (role !== 'agency' && agency !== undefined)
      say('agency', 'unexpected', 'Only an agency’s key names an agency', '仅机构密钥可指定机构')
    if (['admin', 'agency'].includes(role)) {
      if (tenant !== undefined)
        say('tenant', 'unexpected', 'Such a key belongs to no firm', '该角色的密钥不属于任何企业')
      return
    }
    if (tenant === undefined) say('tenant', 'missing', 'Name the firm', '请指定企业')
    else if (['carrier', 'bank'].includes(role)) {
      if (!firm.safeParse(tenant).success)
        say('tenant', 'format', 'Capital letters, digits and hyphens, 2 to 40', '应为2至40位大写字母、数字或连字符')
    } else if (!isCreditCode(tenant))
      say('tenant', 'credit-code', 'No unified social credit code', '不是有效的统一社会信用代码')
  })

/** Putting a new key in the place of another. @param overlap hours as a rule @param most hours at most */
export const replacementRequest = (overlap: number, most: number) =>
  z.strictObject({
    overlapHours: z.int().min(0).max(most).default(overlap).describe('how long the old key still opens everything'),
  })

export const keyAnswer = z.object({
  id: z.string(),
  name: z.string(),
  role: keyRole,
  tenant: z.string().optional(),
  agency: z.string().optional(),
  hint: z.string().optional().describe('the last characters of the key'),
  state: z
    .enum(['active', 'ending', 'revoked', 'expired'])
    .describe('ending: another is in its place, and it ends at `expiresAt`'),
  own: z.boolean().describe('the key this was asked with'),
  createdAt: instant,
  createdBy: z.string().optional().describe('absent: the operator, by the command line'),
  lastUsedOn: z.iso.date().optional().describe('the day it was last shown (Asia/Shanghai); absent: never'),
  expiresAt: instant.optional(),
  revokedAt: instant.optional(),
  replaces: z.string().optional(),
  replacedBy: z.string().optional(),
  links: z.object({ self: z.string() }),
})
export type KeyAnswer = z.infer<typeof keyAnswer>

/** One thing that was done with a key. */
export const keyStep = z.object({
  what: z.enum(['made', 'replaced', 'revoked']),
  by: z.string().optional().describe('absent: the operator, by the command line'),
  byKey: z.string().optional(),
  at: instant,
})
export const keyReadAnswer = keyAnswer.extend({ steps: z.array(keyStep) })
export type KeyReadAnswer = z.infer<typeof keyReadAnswer>

/** The one answer a key stands in. A replay has everything but the key. */
export const madeKeyAnswer = keyAnswer.extend({
  key: z.string().optional().describe('shown now and never again; absent from a replay'),
})
export type MadeKeyAnswer = z.infer<typeof madeKeyAnswer>
