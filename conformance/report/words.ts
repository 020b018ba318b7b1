/** What reports say in both languages 报告用语, and how verdicts are counted. */
import type { Text } from '../../schemas/text.ts'
import type { Group, Judged, Report } from '../verdict.ts'

export type Language = keyof Text

export const verdicts = {
  conformant: { en: 'conformant', zh: '符合' },
  'not-conformant': { en: 'not conformant', zh: '不符合' },
  'not-applicable': { en: 'not applicable', zh: '不适用' },
} as const satisfies { readonly [verdict in Judged['verdict']]: Text }

/** One character for a verdict, where there is no room for more. */
export const marks = { conformant: '✓', 'not-conformant': '✗', 'not-applicable': '–' } as const satisfies {
  readonly [verdict in Judged['verdict']]: string
}

export const groupNames = {
  schema: { en: 'Schema', zh: '报文结构' },
  sequence: { en: 'Required sequences', zh: '流程次序' },
  idempotency: { en: 'Idempotency', zh: '幂等' },
  disorder: { en: 'Disorder', zh: '乱序与重复' },
  timeout: { en: 'Timeouts', zh: '超时' },
  forbidden: { en: 'Forbidden answers', zh: '禁止的应答' },
} as const satisfies { readonly [group in Group]: Text }

export const kindNames = {
  adapter: { en: 'Adapter', zh: '适配器' },
  agency: { en: 'Agency', zh: '机构端点' },
  gateway: { en: 'Gateway', zh: '网关' },
} as const satisfies { readonly [kind in Report['kind']]: Text }

export interface Count {
  readonly conformant: number
  readonly not: number
  readonly notApplicable: number
}

/** How many scenarios came to which verdict. */
export function countOf(judged: readonly Judged[]): Count {
  const those = (verdict: Judged['verdict']) => judged.filter((one) => one.verdict === verdict).length
  return {
    conformant: those('conformant'),
    not: those('not-conformant'),
    notApplicable: those('not-applicable'),
  }
}

export const inWords = ({ conformant, not, notApplicable }: Count, language: Language): string =>
  [
    `${conformant} ${verdicts.conformant[language]}`,
    `${not} ${verdicts['not-conformant'][language]}`,
    `${notApplicable} ${verdicts['not-applicable'][language]}`,
  ].join(language === 'zh' ? '，' : ', ')

/** Whether nothing was found, and something was judged. */
export const isKept = (reports: readonly Report[]): boolean =>
  reports.every(({ judged }) => judged.length > 0 && judged.every(({ verdict }) => verdict !== 'not-conformant'))
