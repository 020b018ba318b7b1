import { Big } from 'big.js'
import { type Judgement, objectionable } from '../../schemas/fees/bill.ts'
import type { ComplaintMove, ComplaintRequest, Party } from '../../schemas/fees/complaints.ts'
import { type Issue, issue } from '../../schemas/issue.ts'
import { lockCheck } from '../db/bills.ts'
import {
  type ComplaintScope,
  type ComplaintView,
  keepComplaint,
  keepStep,
  moveComplaint,
  openAbout,
  readComplaint,
  type StepData,
} from '../db/complaints.ts'
import type { Client } from '../db/database.ts'
import { nextSerial } from '../db/serials.ts'
import { Problem } from '../problem.ts'
import { caseNumberOf, complaintTable, dueDayOf, isClosing, movesOf } from './complaints.ts'
import { dayAt } from './days.ts'

/** Whoever takes a step. */
export interface Actor {
  readonly party: Party
  /** Name of the key. */
  readonly name: string
}

/**
 * Files a complaint 受理投诉 in the caller's transaction: its number, its first step and the events of both firms stand together or not at all.
 * @param payeeTenantOf firm of a payee, where the catalogue knows it
 * @throws {Problem} body-invalid, complaint-pending
 */
export async function fileComplaint(
  client: Client,
  tenant: string,
  actor: Actor,
  { billCheckId, lines: asked, text }: ComplaintRequest,
  payeeTenantOf: (payee: string) => string | undefined,
  at: Date,
): Promise<ComplaintView> {
  const check = await lockCheck(client, billCheckId, tenant)
  if (check === undefined)
    throw invalid(
      issue('/billCheckId', 'unknown-check', { en: 'No bill check of yours has this id', zh: '没有该编号的账单核对' }),
    )
  const { lines: judged } = JSON.parse(check.findings) as Judgement
  const objected = judged.filter(({ verdict }) => objectionable.includes(verdict))
  const lines = asked ?? objected.map(({ line }) => line)
  const wrong = lines.flatMap((line, at): Issue[] => {
    if (objected.some((one) => one.line === line)) return []
    return judged.some((one) => one.line === line)
      ? [
          issue(`/lines/${at}`, 'not-objectionable', {
            en: `Nothing was found against line ${line}`,
            zh: `第${line}行未发现问题`,
          }),
        ]
      : [issue(`/lines/${at}`, 'unknown-line', { en: `The bill has no line ${line}`, zh: `账单没有第${line}行` })]
  })
  if (lines.length === 0)
    wrong.push(
      issue('/billCheckId', 'nothing-to-object', { en: 'Nothing was found against this bill', zh: '该账单未发现问题' }),
    )
  const { payee } = check
  if (payee === null)
    wrong.push(
      issue('/billCheckId', 'payee-unknown', {
        en: 'Who sent this bill is not in the list: there is nobody to send the complaint to; turn to the port’s authority',
        zh: '开单单位不在目录清单中，无法转送投诉，请向口岸主管部门反映',
      }),
    )
  if (wrong.length > 0 || payee === null) throw invalid(...wrong)
  const open = await openAbout(client, check.id, lines)
  if (open.size > 0)
    throw new Problem('complaint-pending', {
      errors: [...open].map(([line, number]) =>
        issue(asked === undefined ? '/billCheckId' : `/lines/${asked.indexOf(line)}`, 'complaint-pending', {
          en: `Line ${line} is complained about in ${number}`,
          zh: `第${line}行已在投诉${number}中处理`,
        }),
      ),
    })
  const today = dayAt(at.getTime())
  // The counter's row is held until the end of the transaction: no number twice, and none is skipped.
  const number = caseNumberOf(today, await nextSerial(client, `fee-complaint ${today}`))
  const amount = objected
    .filter(({ line }) => lines.includes(line))
    .reduce((sum, { over }) => sum.plus(over), new Big(0))
    .toFixed(2)
  const complaint = {
    number,
    checkId: check.id,
    tenant,
    payee,
    payeeTenant: payeeTenantOf(payee) ?? null,
    port: check.port,
    lines: lines.toSorted((a, b) => a - b),
    amount,
    status: 'filed',
    filedAt: at,
    dueOn: dueDayOf(today),
  } as const
  await keepComplaint(client, complaint)
  await keepStep(
    client,
    complaint,
    { step: 1, what: 'file', by: actor.name, text, data: { party: actor.party }, at },
    eventOf({ ...complaint }, { step: 1, text }),
  )
  return still(await readComplaint(client, number, {}))
}

/**
 * Takes one step of a complaint in the caller's transaction. Two at once take it one after the other.
 * @param check refuses by throwing, before anything is changed
 * @throws {Problem} not-found, complaint-step-refused, body-invalid, and whatever `check` throws
 */
export async function takeStep(
  client: Client,
  number: string,
  scope: ComplaintScope,
  actor: Actor,
  move: ComplaintMove,
  { text, ...said }: { readonly text: string } & Omit<StepData, 'party'>,
  check: (before: ComplaintView) => void,
  at: Date,
): Promise<ComplaintView> {
  const before = await readComplaint(client, number, scope, true)
  if (before === undefined) throw new Problem('not-found')
  check(before)
  const allowed = movesOf(actor.party, before, dayAt(at.getTime()))
  if (!allowed.includes(move)) {
    const possible =
      allowed.length === 0 ? { en: 'nothing', zh: '无' } : { en: allowed.join(', '), zh: allowed.join('、') }
    throw new Problem('complaint-step-refused', {
      detail: {
        en: `The complaint is ${before.status}: of you it can take ${possible.en}`,
        zh: `投诉当前状态为 ${before.status}，您可办理：${possible.zh}`,
      },
    })
  }
  if (said.refund !== undefined) refuseAbsurd(before, said.refund, move)
  const { to } = complaintTable[move]
  const step = before.steps.length + 1
  await moveComplaint(client, number, to, isClosing(to) ? at : null)
  await keepStep(
    client,
    before,
    { step, what: move, by: actor.name, text, data: { party: actor.party, ...said }, at },
    eventOf({ ...before, status: to }, { step, text, ...said }),
  )
  return still(await readComplaint(client, number, {}))
}

/** Nobody pays back more than was charged on the lines complained about. */
function refuseAbsurd({ findings, lines }: ComplaintView, refund: string, move: ComplaintMove): void {
  const { lines: judged } = JSON.parse(findings) as Judgement
  const charged = judged
    .filter(({ line }) => lines.includes(line))
    .reduce((sum, line) => sum.plus(line.charged), new Big(0))
  if (new Big(refund).gt(charged))
    throw invalid(
      issue(move === 'decide' ? '/amount' : '/refund', 'refund-absurd', {
        en: `Only ${charged.toFixed(2)} was charged on these lines`,
        zh: `这些行共收费${charged.toFixed(2)}元`,
      }),
    )
}

/** What both firms are told of a step. */
const eventOf = (
  complaint: Pick<ComplaintView, 'number' | 'status' | 'payee' | 'port' | 'checkId' | 'lines' | 'amount' | 'dueOn'>,
  said: { readonly step: number; readonly text: string; readonly accepted?: boolean; readonly refund?: string },
) => ({
  type: `complaint.${complaint.status}`,
  data: JSON.stringify({
    complaint: complaint.number,
    ...said,
    status: complaint.status,
    payee: complaint.payee,
    port: complaint.port,
    billCheck: complaint.checkId,
    lines: complaint.lines,
    amount: complaint.amount,
    dueOn: complaint.dueOn,
  }),
})

const invalid = (...errors: Issue[]) => new Problem('body-invalid', { errors })

function still(view: ComplaintView | undefined): ComplaintView {
  if (view === undefined) throw new Error('A complaint that was just kept is not there')
  return view
}
