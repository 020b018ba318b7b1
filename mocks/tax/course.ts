/** The course of a filing 办理流程: the notices of its steps, one after the other, each at its time. */
import type { Desk } from '../agency.ts'
import type { Attempt } from './attempts.ts'
import type { Step } from './outcomes.ts'
import { clockWorkdays } from './register.ts'
import { chinaTime, type Delay, momentAfter } from './time.ts'
import { type Matter, type NoticeStatus, writeNotice } from './write.ts'

/** A course on its way. */
export interface Run {
  readonly matter: Matter
  readonly attempt: Attempt
  /** From the beginning. */
  readonly steps: readonly Step[]
  /** Told what was issued, for what follows from it beyond the notice. */
  readonly issued: (status: NoticeStatus) => void
  /** An application to change it is open: nothing is decided meanwhile. */
  isHeld: boolean
  /** Withdrawn, or started anew. */
  isOver: boolean
  /** What became due while it was held. */
  left?: readonly Step[]
}

/** What the world has after a notice: what a repeat must not bring about twice. */
const effects: { readonly [status in NoticeStatus]?: string } = {
  TREASURY_PAID: 'refund paid 国库退还',
  CLAWED_BACK: 'refund clawed back 返纳',
  REPAID: 'refund repaid 追回入库',
  DEDUCTIBLE: 'certificate deductible 可抵扣',
  CHANGE_GRANTED: 'change granted 准予变更',
  WITHDRAWN: 'filing withdrawn 撤回',
}

export function follow(desk: Desk, steps: readonly Step[], run: Run): void {
  const [step, ...rest] = steps
  if (step === undefined) return
  const delay = step.after === 'class-clock' ? decisionDelay(desk, run.matter) : step.after
  desk.after(Math.max(0, momentAfter(desk.now(), delay) - desk.now()), () => {
    if (run.isOver) return
    if (run.isHeld) {
      run.left = steps
      return
    }
    issue(desk, step.status, run)
    follow(desk, rest, run)
  })
}

/** Goes on with a course that was held. */
export function resume(desk: Desk, run: Run): void {
  run.isHeld = false
  const { left } = run
  delete run.left
  if (left !== undefined) follow(desk, left, run)
}

export function issue(desk: Desk, status: NoticeStatus, { matter, attempt, issued }: Run): void {
  const notice = writeNotice(status, matter, attempt.notices.length + 1, desk.now(), chinaTime(desk.now()))
  attempt.notices.push(notice)
  if (notice.ends === 'refused') attempt.refused = true

  const effect = effects[status]
  if (effect !== undefined) desk.effect(matter.head.traderReference, `${effect} ${matter.bgbh ?? matter.slbh}`)
  desk.send(matter.head.traderReference, {
    name: `${notice.noticeId}.json`,
    contentType: 'application/json',
    body: JSON.stringify(notice),
  })
  issued(status)
}

/** The decision falls between 40 % and 100 % of the class's days; the first of them is the day the review began. */
function decisionDelay(desk: Desk, { head, fllb }: Matter): Delay {
  const days = Math.ceil(clockWorkdays[fllb] * (0.4 + 0.6 * desk.draw(`decision ${head.messageId}`)))
  return { workdays: Math.max(1, days - 1), hour: 17 }
}
