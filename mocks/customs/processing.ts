import type { Desk } from '../agency.ts'
import { type Bill, describeBill, openBills } from './bills.ts'
import { follow } from './follow.ts'
import type { openLedger } from './ledger.ts'
import { type Message, stepOf, textOf } from './message.ts'
import type { openNumbering } from './numbers.ts'
import { daysLateOf, ordinaryCourse, ordinarySummary, outcomes, type Step } from './outcomes.ts'
import { type Credit, creditAt, raised, twoSteps } from './parameters.ts'
import { openStandstill } from './standstill.ts'
import { assessTax, demonstrateTax, type TaxLine, totalOf } from './tax.ts'
import { compareTax } from './tax-declared.ts'
import { localDate, localTime } from './time.ts'
import { writeReceipt } from './write.ts'

/** One declaring 申报 of a declaration: a re-declaration is the next one, with a new entry number. */
export interface Attempt {
  readonly message: Message
  readonly clientSeqNo: string
  readonly seqNo: string
  /** 1 for the first declaring, 2 for the first re-declaration … */
  readonly number: number
  /** Whether this step of it was declared, and returned, before. */
  readonly again: boolean
  /** The number its summary was given; a new one is given where there is none. */
  readonly entryId?: string
  /** What the receipt L says beyond its ordinary words. */
  readonly remark?: string
}

/** A declaration on its way: what became of it so far, and how it is told of, taken off its way, or changed. */
export interface Course {
  readonly entryId: string
  /** Channel of the last receipt; '' before the first. */
  last(): string
  /** Whether it got an entry number others know. */
  isStored(): boolean
  /** When it was released and closed, epoch milliseconds. */
  releasedAt(): number | undefined
  closedAt(): number | undefined
  /** A receipt beside its course. */
  tell(channel: 'M' | 'D', note: string): void
  /** Nothing more happens to it. */
  stop(): void
  /** What other offices keep it from. */
  readonly standstill: ReturnType<typeof openStandstill>
  /** It stands as amended; a tax bill follows where the tax differs. */
  amend(message: Message): void
}

/** How a declaration stands when a receipt says so. */
export type Standing = 'returned' | 'deleted' | 'summarised' | 'released' | 'closed'

/** What a receipt does to the world, and how the declaration stands from then on. Channels not named here only tell. */
const consequences: { readonly [channel: string]: { readonly effect: string; readonly standing?: Standing } } = {
  L: { effect: 'registered' },
  SpL: { effect: 'summary-registered', standing: 'summarised' },
  SpC: { effect: 'inspected' },
  SpK: { effect: 'picked-up' },
  SpE: { effect: 'refused', standing: 'returned' },
  C: { effect: 'inspected' },
  T: { effect: 'tax-billed' },
  P: { effect: 'released', standing: 'released' },
  K: { effect: 'released', standing: 'released' },
  R: { effect: 'closed', standing: 'closed' },
  E: { effect: 'refused', standing: 'returned' },
  Z: { effect: 'returned', standing: 'returned' },
  Y: { effect: 'failed', standing: 'returned' },
  D: { effect: 'deleted', standing: 'deleted' },
}

/** What an office has to take declarations through: its desk, numbers, ledger and bills. */
interface Means {
  readonly desk: Desk
  readonly numbering: ReturnType<typeof openNumbering>
  readonly ledger: ReturnType<typeof openLedger>
  readonly bills: ReturnType<typeof openBills>
  /** How many times as often as others a firm is looked at. */
  factorOf(firm: string): number
}

/** The back office 通关作业: takes an attempt through its course, issuing receipts and bills. */
export function openProcessing(
  desk: Desk,
  numbering: ReturnType<typeof openNumbering>,
  ledger: ReturnType<typeof openLedger>,
  factorOf: (firm: string) => number = () => 1,
) {
  const bills = openBills()
  const means: Means = { desk, numbering, ledger, bills, factorOf }
  return {
    process: (attempt: Attempt, stands: (standing: Standing) => void): Course => openCourse(means, attempt, stands),
    billOf: bills.of,
  }
}

function openCourse(means: Means, attempt: Attempt, stands: (standing: Standing) => void): Course {
  const { desk, bills } = means
  const { clientSeqNo, seqNo, number } = attempt
  const step = stepOf(attempt.message)
  const key = `${seqNo}:${number}${step}`
  const entryId = attempt.entryId ?? entryIdOf(means, attempt, key)
  const asked = desk.asked(clientSeqNo)
  const magic = outcomes.find((row) => row.procedure === procedureOf(step) && asked.includes(row.magic))
  const applies = magic !== undefined && !(magic.firstOnly && attempt.again)
  const firm = textOf(attempt.message.head, 'TradeCoScc')
  const credit = raised(creditAt(desk.draw(`credit:${firm}`)), means.factorOf(firm))
  const teller = openTeller(means, attempt, entryId, stands)
  const assessor = openAssessor(means, attempt, entryId, teller)
  let stopped = false
  const standstill = openStandstill(teller, () => stopped)

  const issue = (step: Step, goOn: () => void) => {
    if (stopped) return
    if (standstill.keeps(() => issue(step, goOn))) return
    const { channel, note } = step
    if (channel === 'C' && standstill.callsAgain()) return goOn()
    const bill = channel === 'T' ? assessor.bill(goOn) : undefined
    teller.tell(
      channel,
      note
        .replace('{bill}', bill === undefined ? '' : describeBill(bill) + assessor.agreement())
        .replace('{differences}', () => assessor.differences().join('；'))
        .replace('{inspection}', describeInspection(applies, credit)),
    )
    if (bill === undefined) goOn()
  }

  teller.note(step === '5' ? 'summary-declared' : 'declared')
  const drawn = desk.draw(`inspection:${entryId}`) < credit.inspectionRate
  const ordinary = () =>
    step === '5'
      ? ordinarySummary({ excluded: twoSteps.excluded.has(credit.level), inspected: drawn })
      : // Who is inspected of a two-step declaration is decided at its first step.
        ordinaryCourse({
          inspected: step === '' && drawn,
          ...assessor.found(),
          guaranteed: isGuaranteed(attempt.message),
        })
  follow(desk, key, applies ? magic.steps : ordinary(), issue)
  return {
    entryId,
    last: teller.last,
    isStored: teller.isStored,
    releasedAt: () => teller.reachedAt('released'),
    closedAt: () => teller.reachedAt('closed'),
    tell: teller.tell,
    standstill,
    stop() {
      stopped = true
      assessor.stop()
      bills.withdraw(entryId)
    },
    amend: assessor.amend,
  }
}

function entryIdOf({ numbering }: Means, { message: { head } }: Attempt, key: string): string {
  return numbering.entryId(textOf(head, 'IEFlag'), textOf(head, 'CustomMaster'), key)
}

/** Issues the receipts 回执 of a declaration, and does what each means. */
function openTeller(
  { desk, numbering, ledger, bills }: Means,
  attempt: Attempt,
  entryId: string,
  stands: (standing: Standing) => void,
) {
  const { clientSeqNo, message, number, remark = '', seqNo } = attempt
  const { head } = message
  const office = textOf(head, 'CustomMaster')
  const step = stepOf(message)
  const reached = new Map<Standing, number>()
  // From L on; before it nobody outside knows them.
  let known = { entryId: '', carriedOn: '', declaredOn: '' }
  let last = ''

  /** The effects of a re-declaration carry its number: each is real, and none may happen twice. */
  const note = (what: string) => desk.effect(clientSeqNo, number === 1 ? what : `${what}-${number}`)
  const carryOut = (channel: string) => {
    const { effect, standing } = consequences[channel] ?? {}
    if (effect !== undefined) note(effect)
    if (standing === undefined) return
    stands(standing)
    reached.set(standing, desk.now())
    if (standing === 'released') ledger.confirm(seqNo, clientSeqNo)
    if (standing === 'returned' || standing === 'deleted') {
      ledger.free(seqNo, clientSeqNo)
      bills.withdraw(entryId)
    }
  }
  /** A receipt from which nothing follows. */
  const say = (channel: string, words: string) => {
    last = channel
    desk.send(clientSeqNo, {
      name: numbering.receiptFile(seqNo),
      contentType: 'application/xml',
      body: writeReceipt({ seqNo, channel, note: words, office, noticeDate: localTime(desk.now()), step, ...known }),
    })
  }
  return {
    note,
    last: () => last,
    isStored: () => known.entryId !== '',
    reachedAt: (standing: Standing) => reached.get(standing),
    hasReached: () => reached.size > 0,
    /** A receipt, and what follows from it. */
    tell(channel: Step['channel'] | 'M', words: string) {
      if (channel === 'L' || channel === 'SpL') {
        const date = localDate(desk.now())
        known = { entryId, carriedOn: textOf(head, 'IEDate') || date, declaredOn: date }
      }
      carryOut(channel)
      say(channel, channel === 'L' ? words + remark : words)
    },
    say,
  }
}

/** Assesses the tax 计核 of a declaration as it stands, and bills it. */
function openAssessor(
  { desk, bills }: Means,
  { clientSeqNo, message: declared }: Attempt,
  entryId: string,
  teller: ReturnType<typeof openTeller>,
) {
  const today = () => localTime(desk.now()).slice(0, 10)
  /** Rates and exchange rates are those of this day, whatever happens later. */
  const arrivedOn = today()
  let message = declared
  let stopped = false
  let goOn: () => void = () => undefined
  /** What has been paid of it, tax by tax of each item. */
  let paid: readonly TaxLine[] = []

  const due = () => assessTax(message, arrivedOn)
  const compared = () => compareTax(message, due())

  /** Bills these lines, with which `whole` is paid; once they are that is said, and the declaration goes on. */
  const billOf = (lines: readonly TaxLine[], whole: readonly TaxLine[], next: () => void): Bill => {
    goOn = next
    return bills.open(entryId, clientSeqNo, lines, today(), daysLateOf(desk.asked(clientSeqNo)), (by) => {
      teller.note('tax-paid')
      paid = whole
      goOn = () => undefined
      if (stopped) return
      teller.say('T', `税费已支付：税费单号${bills.of(entryId)?.bill.number ?? ''}，${by}`)
      next()
    })
  }
  return {
    found: () => ({ taxed: due().length > 0, differs: (compared()?.length ?? 0) > 0 }),
    differences: () => compared() ?? [],
    agreement: () => (compared()?.length === 0 ? '，与自报税款一致' : ''),
    bill(next: () => void): Bill {
      const whole = demonstrateTax(message, arrivedOn)
      return billOf(whole, whole, next)
    },
    stop: () => void (stopped = true),
    /** The declaration as amended: what is due beyond what was paid is billed, in place of a bill that is open. */
    amend(amended: Message) {
      const before = due()
      message = amended
      const after = due()
      if (stepOf(amended) === '5' || totalOf(after).eq(totalOf(before))) return
      const open = bills.of(entryId)
      // Not billed yet: the bill of its course will be that of the amended declaration.
      if (open === undefined && before.length > 0 && !teller.hasReached()) return
      const lines = beyond(after, paid)
      if (lines.length > 0) {
        const bill = billOf(lines, after, goOn)
        teller.tell('T', `需交税费：${describeBill(bill)}`)
      } else if (open !== undefined && open.state !== '已支付') {
        bills.withdraw(entryId)
        teller.say('T', '税费已支付：修改后无应补税款')
        goOn()
      }
    },
  }
}

/** What is due beyond what was, tax by tax of each item. What is due less is refunded elsewhere. */
function beyond(after: readonly TaxLine[], before: readonly TaxLine[]): TaxLine[] {
  return after.flatMap((line) => {
    const paid = before.find(({ gNo, taxType }) => gNo === line.gNo && taxType === line.taxType)?.tax ?? 0
    return line.tax.gt(paid) ? [{ ...line, tax: line.tax.minus(paid) }] : []
  })
}

const procedureOf = (step: string) => (step === '5' ? 'summary' : 'declare')

/** ChkSurety 担保验放, or items under deposit 保证金 (6) or letter of guarantee 保函 (7). */
function isGuaranteed({ head, items }: Message): boolean {
  return textOf(head, 'ChkSurety') === '1' || items.some((item) => ['6', '7'].includes(textOf(item, 'DutyMode')))
}

/** Names the rule, so that 双随机、一公开 can be published. */
function describeInspection(byMagic: boolean, { zh, inspectionRate }: Credit): string {
  return byMagic ? '规则SIM-INSPECT，指定布控' : `规则RND-2019，${zh}，抽查比例${(inspectionRate * 100).toFixed(2)}%`
}
