/** Changes of a record 申报修改与删除: what may be changed, and what a change that is granted does. */
import { Big } from 'big.js'
import { findCode } from '../../schemas/codes/index.ts'
import type { Attempt, Book, Filing } from './attempts.ts'
import { check, isCovered, usdOf, usedIn } from './checks.ts'
import { type Counter, report } from './course.ts'
import type { Fault } from './faults.ts'
import { changes, type FxOutcome, type Step } from './outcomes.ts'
import type { Application, Verified } from './read.ts'
import type { ChangeRequest } from './read-change.ts'
import { chinaDay, compact, isCompactDay } from './time.ts'

/** A filing as it stands, which a change is about. */
export interface Original {
  readonly filing: Filing
  readonly attempt: Attempt
  readonly application: Application
}

/** The filing a request is about, or why it is turned away. */
export function originalOf(book: Book, request: ChangeRequest): Original | Fault {
  const standing = book.standing(request.original)
  const application = standing?.filing.application
  if (standing === undefined || application === undefined) return { code: 'FX-601', element: 'OrgnlRef' }
  const { filing, attempt } = standing
  if (filing.procedure !== request.kind) return { code: 'FX-601', element: 'OrgnlTp' }
  if (filing.bankNumber !== request.bankNumber) return { code: 'FX-601', element: 'AcctSvcrRef' }
  if (filing.reportNumber !== request.reportNumber) return { code: 'FX-601', element: 'RPTNO' }
  if (application.creditCode !== request.creditCode) return { code: 'FX-601', element: 'InitgPty/Id' }
  if (request.action === 'D' && filing.procedure === 'payment' && filing.settled !== undefined)
    return { code: 'FX-602', element: 'OrgnlRef' }
  if (attempt.isHeld === true) return { code: 'FX-603', element: 'OrgnlRef' }
  return { filing, attempt, application }
}

/** The application as it is once it is amended: what the enterprise declares is new, the money is what it was. */
export function amendedBy({ application }: Original, request: ChangeRequest): Application | undefined {
  const { declared, reportDate, submittedAt } = request
  if (declared === undefined) return undefined
  const country = String(findCode('countries', declared.declaredCountry)?.alpha2 ?? '')
  const { payment } = application
  return {
    ...application,
    ...declared,
    country,
    reportDate,
    submittedAt,
    ...(payment === undefined ? {} : { payment: { ...payment, reportingDays: [], reportingCountries: [country] } }),
  }
}

/** What is wrong with a request that could be read. */
export function faultsOf(
  { ledger }: Counter,
  { filing: { firmClass } }: Original,
  { reportDate, submittedAt }: ChangeRequest,
  amended: Application | undefined,
): Fault[] {
  if (!isCompactDay(reportDate)) return [{ code: 'FX-113', element: 'RPTDATE' }]
  if (amended !== undefined)
    return check(amended, { firmClass, quotaGone: false, ledger, settled: undefined, isAmendment: true })
  const isAhead = reportDate > compact(chinaDay(Date.parse(submittedAt)))
  return isAhead ? [{ code: 'FX-106', element: 'RPTDATE' }] : []
}

/** How a change is dealt with. */
export function courseOf({ filing }: Original, rows: readonly FxOutcome[]): readonly Step[] {
  const refused = rows.flatMap(({ first = [] }) => first)
  if (refused.length > 0) return refused
  if (!filing.isDeclared) return changes.byBank
  const last = rows.find((row) => row.last !== undefined)?.last
  return last === undefined ? changes.bySafe : [...changes.bySafe.slice(0, 1), ...last]
}

/** Holds the filing, and what an amendment wants to use, until the change is decided. */
export function openChange({ ledger }: Counter, { filing, attempt }: Original, amended: Application | undefined): void {
  attempt.isHeld = true
  if (amended !== undefined) ledger.reserve(filing.ourReference, amended.orgCode, amended.customs, usdOf(amended))
}

/** A change is decided: what stands is the record as amended, none, or what stood before. */
export function closeChange(
  counter: Counter,
  book: Book,
  original: Original,
  decided: { readonly isGranted: boolean; readonly amended: Application | undefined },
): void {
  const { filing, attempt, application } = original
  const { ledger } = counter
  const { isGranted, amended } = decided
  attempt.isHeld = false
  if (isGranted && amended === undefined) {
    attempt.isOver = true
    report(counter, { status: 'CANC', word: 'RECORD_DELETED' }, { numbers: application, filing, attempt, application })
    attempt.refused = true
    filing.isDeclared = false
    ledger.giveBack(filing.ourReference)
  } else {
    const stands = isGranted && amended !== undefined ? amended : application
    if (isGranted) {
      ledger.declare(stands.customs)
      if (!isShrunk(application, stands)) filing.verified = usedIn(stands)
    }
    ledger.use(filing.ourReference, stands.orgCode, stands.customs, usdOf(stands))
    filing.application = stands
    const { resume } = attempt
    delete attempt.resume
    resume?.()
  }
  if (isGranted) askAgain(counter, book)
}

/** A declaration is worth less than the filing used of it: not the enterprise, customs took it away. */
const isShrunk = ({ customs: before }: Application, { customs: after }: Application): boolean =>
  before.some(({ number, used }) => after.some((row) => row.number === number && new Big(row.declared).lt(used)))

/** The enterprise says that business is off for which money was moved: the bank asks what becomes of the money. */
export function askAbout(counter: Counter, book: Book, ourReference: string): void {
  const standing = book.standing(ourReference)
  const application = standing?.filing.application
  if (standing === undefined || application === undefined || standing.filing.isQuestioned) return
  report(counter, { status: 'PDNG', word: 'DECLARATION_CHANGED' }, { numbers: application, application, ...standing })
}

/** Asks about filings whose declarations are worth less than they use, and tells those that are right again. */
function askAgain(counter: Counter, book: Book): void {
  for (const filing of book.all()) {
    const { application } = filing
    const attempt = filing.attempts.at(-1)
    if (application === undefined || attempt === undefined) continue
    const isShort =
      application.customs.some(({ number }: Verified) => counter.ledger.isExceeded(number)) ||
      !isCovered(application) ||
      new Big(usedIn(application)).lt(filing.verified)
    if (isShort === filing.isQuestioned) continue
    const matter = { numbers: application, filing, attempt, application }
    if (isShort) report(counter, { status: 'PDNG', word: 'DECLARATION_CHANGED' }, matter)
    else
      report(counter, { status: filing.settled === undefined ? 'ACSP' : 'ACSC', word: 'DECLARATION_MATCHED' }, matter)
  }
}
