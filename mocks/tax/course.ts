/** The course of a filing 办理流程: the notices of its steps, one after the other, each at its time. */
import type { Desk } from '../agency.ts'
import type { Attempt } from './attempts.ts'
import type { Step } from './outcomes.ts'
import { clockWorkdays } from './register.ts'
import { chinaTime, type Delay, momentAfter } from './time.ts'
import { type Matter, type NoticeStatus, writeNotice } from './write.ts'

/** What the world has after a notice: what a repeat must not bring about twice. */
const effects: { readonly [status in NoticeStatus]?: string } = {
  TREASURY_PAID: 'refund paid 国库退还',
  CLAWED_BACK: 'refund clawed back 返纳',
  DEDUCTIBLE: 'certificate deductible 可抵扣',
}

export function follow(desk: Desk, course: readonly Step[], matter: Matter, attempt: Attempt): void {
  const [step, ...rest] = course
  if (step === undefined) return
  const delay = step.after === 'class-clock' ? decisionDelay(desk, matter) : step.after
  desk.after(Math.max(0, momentAfter(desk.now(), delay) - desk.now()), () => {
    issue(desk, step.status, matter, attempt)
    follow(desk, rest, matter, attempt)
  })
}

function issue(desk: Desk, status: NoticeStatus, matter: Matter, attempt: Attempt): void {
  const notice = writeNotice(status, matter, attempt.notices.length + 1, desk.now(), chinaTime(desk.now()))
  attempt.notices.push(notice)
  if (notice.ends === 'refused') attempt.refused = true

  const effect = effects[status]
  if (effect !== undefined) desk.effect(matter.head.traderReference, `${effect} ${matter.slbh}`)
  desk.send(matter.head.traderReference, {
    name: `${notice.noticeId}.json`,
    contentType: 'application/json',
    body: JSON.stringify(notice),
  })
}

/** The decision falls between 40 % and 100 % of the class's days; the first of them is the day the review began. */
function decisionDelay(desk: Desk, { head, fllb }: Matter): Delay {
  const days = Math.ceil(clockWorkdays[fllb] * (0.4 + 0.6 * desk.draw(`decision ${head.messageId}`)))
  return { workdays: Math.max(1, days - 1), hour: 17 }
}
