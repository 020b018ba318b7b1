import { internationalLeg } from '../../schemas/declaration/journey.ts'
import { isRefusal, rankOf } from '../../schemas/status.ts'
import type { Deadline, Standing } from '../adapter.ts'
import { compactDay, fromCompactDay } from '../instants.ts'

const dayMs = 86_400_000

/**
 * Days for the complete declaration 完整申报 after the day the conveyance was declared to have entered, and how long before the end to remind.
 * Source: 总署公告 2019 No. 127 (14 days) as commonly summarised [unverified], 2026-11; the reminder is ours. That a last day which is a
 * holiday moves to the next working day (海关法) is left out: the date shown is the safe one.
 */
const completion = { days: 14, reminderDays: 3 } as const

/** The day the conveyance entered, as customs has it, else as the declaration says it will. */
function entryDay({ declaration, receipts }: Standing): string | undefined {
  const told = receipts.findLast(({ details }) => typeof details?.['importExportDate'] === 'string')
  const day = told?.details?.['importExportDate'] as string | undefined
  return day ?? fromCompactDay(compactDay(internationalLeg(declaration)?.leg.arrivalDateTime))
}

/** A summary that customs has stored is completed in time, and not before it is; a complete declaration customs has stored is no longer due. */
function completeDeclaration(standing: Standing, isDone: boolean): Deadline[] {
  const day = entryDay(standing)
  if (isDone || day === undefined) return []
  const end = Date.parse(`${day}T23:59:59+08:00`) + completion.days * dayMs
  return [
    {
      id: 'complete-declaration',
      dueAt: inShanghai(end),
      remindAt: inShanghai(end - completion.reminderDays * dayMs),
      what: {
        en: `Complete the declaration within ${completion.days} days of the entry of the conveyance`,
        zh: `自运输工具申报进境之日起${completion.days}日内完成完整申报`,
      },
    },
  ]
}

const inShanghai = (epochMs: number): string => `${new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

/** What a summary leaves to be done; the complete declaration's own filing keeps the date once it is handed in. */
export const deadlinesOfSummary = (standing: Standing): Deadline[] =>
  completeDeclaration(
    standing,
    standing.declaration.declarationStep !== 'summary' ||
      isRefusal(standing.status) ||
      rankOf(standing.status) < rankOf('registered'),
  )

/** How long before the last day of a tax bill to remind; ours. */
const billReminderDays = 3

/** A tax bill 税费单 is paid by the day its receipt names 缴款期限; payment, release or refusal settle it. */
function payBill({ receipts, status }: Standing): Deadline[] {
  const last = receipts.findLast(({ sets = [], lifts = [] }) => [...sets, ...lifts].includes('payment-due'))
  const until = last?.sets?.includes('payment-due') === true ? last.details?.['until'] : undefined
  if (typeof until !== 'string' || isRefusal(status)) return []
  const end = Date.parse(`${until}T23:59:59+08:00`)
  return [
    {
      id: 'tax-bill',
      dueAt: inShanghai(end),
      remindAt: inShanghai(end - billReminderDays * dayMs),
      what: { en: 'Pay the tax bill: a late surcharge runs from the next day', zh: '缴纳税费：逾期次日起加收滞纳金' },
    },
  ]
}

/** What is left to be done in time of a declaration. */
export const deadlinesOfDeclaration = (standing: Standing): Deadline[] => [
  ...completeDeclaration(
    standing,
    standing.declaration.declarationStep !== 'complete' ||
      standing.status === 'withdrawn' ||
      (rankOf(standing.status) >= rankOf('registered') && standing.status !== 'refused'),
  ),
  ...payBill(standing),
]
