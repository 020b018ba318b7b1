/** Applications to change a filing 变更申请: what may be changed, and what a change that is granted does. */
import type { Desk } from '../agency.ts'
import type { Attempt, Book, Filing } from './attempts.ts'
import type { Content } from './content.ts'
import { follow, issue, type Run, resume } from './course.ts'
import type { Ledger } from './ledger.ts'
import { changeRefused, ordinary, type Step, type TaxOutcome } from './outcomes.ts'
import type { Amendment, Withdrawal } from './read.ts'
import type { ReceiptCode } from './write.ts'

/** What a change needs of the office. */
export interface Office {
  readonly desk: Desk
  readonly book: Book
  readonly exports: Ledger
  readonly invoices: Ledger
  /** Certificates by the filing that uses them. */
  readonly comparedBy: Map<string, string>
}

/** A filing as it stands, which a change is about. */
export interface Original {
  readonly filing: Filing
  readonly attempt: Attempt
  readonly run: Run
}

/** The filing an application is about, or the code it is turned away with. */
export function originalOf(
  { book }: Office,
  { bg, taxpayer, ...rest }: Amendment | Withdrawal,
): Original | ReceiptCode {
  const standing = book.standing(bg.ysbbh)
  const run = standing?.attempt.run
  if (standing === undefined || run === undefined) return 'TX-3001'
  const { filing, attempt } = standing
  const isAnother = run.matter.slbh !== bg.yslbh || run.matter.taxpayer !== taxpayer.nsrsbh
  const otherKind =
    ('ckmx' in rest && filing.procedure !== 'refund') || ('jks' in rest && filing.procedure === 'refund')
  if (isAnother || otherKind || run.matter.bgbh !== undefined) return 'TX-3001'
  if (attempt.notices.some(({ status }) => status === 'APPROVED' || status === 'MATCHED')) return 'TX-3002'
  return run.isHeld ? 'TX-3003' : { filing, attempt, run }
}

const investigated = new Set<string>(['SUPPLIER_LETTER', 'SUSPENDED'])

/** What becomes of a change: nothing is changed while the filing is being investigated. */
export function courseOf({ attempt }: Original, rows: readonly TaxOutcome[]): { steps: readonly Step[]; why?: string } {
  const chosen = rows.find(({ course }) => course !== undefined)?.course
  if (chosen !== undefined) return { steps: chosen }
  const last = attempt.notices.at(-1)?.status ?? ''
  return investigated.has(last)
    ? { steps: changeRefused, why: '原申报正在函调或暂不办理，不予变更' }
    : { steps: ordinary.cancellation }
}

/** Holds the filing, and for an amendment what it wants to use, until the change is decided. */
export function openChange(office: Office, { filing, run }: Original, wanted: Content | undefined): void {
  run.isHeld = true
  if (wanted === undefined) return
  office.exports.reserve(filing.ourReference, wanted.exports)
  office.invoices.reserve(filing.ourReference, wanted.invoices)
  for (const number of wanted.certificates) office.comparedBy.set(number, filing.ourReference)
}

/** What a filing uses from now on: nothing else any more. */
function uses({ exports, invoices, comparedBy }: Office, ourReference: string, content: Uses): void {
  exports.use(ourReference, content.exports)
  invoices.use(ourReference, content.invoices)
  for (const [number, holder] of comparedBy)
    if (holder === ourReference && !content.certificates.includes(number)) comparedBy.delete(number)
}
type Uses = Pick<Content, 'exports' | 'invoices' | 'certificates'>

/** The change is not granted: the filing goes on as it was. */
export function refuse(office: Office, { filing, run }: Original): void {
  uses(office, filing.ourReference, run.matter)
  resume(office.desk, run)
}

/** A withdrawal is granted: the filing is over, and what it used is free. */
export function withdraw(office: Office, { filing, attempt, run }: Original): void {
  run.isOver = true
  issue(office.desk, 'WITHDRAWN', run)
  attempt.refused = true
  uses(office, filing.ourReference, { exports: [], invoices: [], certificates: [] })
}

/** An amendment is granted: the filing has the new content, and its review starts anew. */
export function amend(office: Office, { filing, attempt, run }: Original, wanted: Content): void {
  run.isOver = true
  uses(office, filing.ourReference, wanted)
  const renewed: Run = {
    matter: { ...run.matter, ...wanted, head: run.matter.head },
    attempt,
    steps: run.steps,
    issued: run.issued,
    isHeld: false,
    isOver: false,
  }
  attempt.run = renewed
  const isAccepted = attempt.notices.some(({ status }) => status === 'ACCEPTED')
  follow(
    office.desk,
    run.steps.filter(({ status }) => !isAccepted || status !== 'ACCEPTED'),
    renewed,
  )
}
