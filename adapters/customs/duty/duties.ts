import type { Declaration } from '../../../schemas/declaration/index.ts'
import type { Duties } from '../../../schemas/duties.ts'
import type { Issue } from '../../../schemas/issue.ts'
import { compactDay, fromCompactDay } from '../../instants.ts'
import { found } from '../findings.ts'
import type { Particulars } from '../particulars.ts'
import { customsLeg } from '../transport.ts'
import { assess, nothing } from './assess.ts'

/** An import whose declarant computes the tax itself 自报自缴: document kind Z. */
export const isSelfDeclared = ({ direction }: Declaration, { type }: Particulars): boolean =>
  direction === 'import' && type?.startsWith('Z') === true

/** Shanghai's day the declaration is dated by; where it is not dated yet, the day the goods arrive. */
function dayOf(declaration: Declaration, particulars: Particulars | undefined): string | undefined {
  const arrival = () => customsLeg(declaration, particulars ?? {}).leg.arrivalDateTime
  return fromCompactDay(compactDay(declaration.issueDateTime ?? arrival()))
}

/** What a declaration comes to in duty and tax 税费, by the rates of the day it is dated. @param on another day, `yyyy-MM-dd` */
export function duties(declaration: Declaration, particulars: Particulars | undefined, on?: string): Duties {
  const day = on ?? dayOf(declaration, particulars)
  if (day !== undefined) return assess(declaration, particulars, day)
  return nothing(undefined, [
    {
      en: 'Neither the declaration nor the arrival is dated: rates hold on a day',
      zh: '申报日期及进境日期均未填报，无法确定适用税率之日',
    },
  ])
}

/** A declarant who computes the tax itself must be able to: what the tables do not hold, it brings as `sections.SddTax`. */
export function checkSelfDeclared(declaration: Declaration, particulars: Particulars): Issue[] {
  if (!isSelfDeclared(declaration, particulars) || particulars.sections?.SddTax !== undefined) return []
  const { incomplete, notes } = duties(declaration, particulars)
  if (incomplete !== true) return []
  return [
    found(
      '/particulars/customs/declare/type',
      'tax-not-computable',
      `Self-declared tax cannot be computed: ${notes.map(({ en }) => en).join('; ')}`,
      `自报自缴税款无法计算：${notes.map(({ zh }) => zh).join('；')}`,
    ),
  ]
}
