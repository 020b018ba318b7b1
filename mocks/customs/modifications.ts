import type { Desk } from '../agency.ts'
import { amend } from './amend.ts'
import type { openLedger } from './ledger.ts'
import { type Finding, type Message, textOf } from './message.ts'
import type { openNumbering } from './numbers.ts'
import { modificationOutcomes, ordinaryReview, type ResultStep } from './outcomes-modifications.ts'
import { modificationRules } from './parameters.ts'
import type { Course } from './processing.ts'
import { type Modification, wrong } from './read-modification.ts'
import { dayMs, localTime } from './time.ts'
import { type ModificationAnswer, writeModificationResponse, writeModificationResult } from './write-modification.ts'

/** A declaration as the office holds it, as far as an application concerns it. */
export interface Held {
  readonly clientSeqNo: string
  readonly seqNo: string
  message: Message
  course: Course | undefined
  standing: string
}

/** An application that was taken. */
interface Application {
  readonly modification: Modification
  readonly declaration: Held
  readonly decModSeqNo: string
  readonly clientSeqNo: string
  readonly number: number
}

const toCancel = '2'

/** Where declarations are amended and cancelled 修撤单受理. */
export function openModifications(
  desk: Desk,
  numbering: ReturnType<typeof openNumbering>,
  ledger: ReturnType<typeof openLedger>,
  office: {
    /** The declaration of a 统一编号. */
    find(seqNo: string): Held | undefined
    /** What stands against a declaration as it would be. */
    check(message: Message): Finding[]
  },
) {
  const taken = new Map<string, { readonly fingerprint: string; readonly answer: ModificationAnswer }>()
  const open = new Set<Held>()
  const counts = new Map<Held, number>()

  /** Takes an application or refuses it. `fingerprint` stands for its bytes. */
  function submit(modification: Modification, fingerprint: string): string {
    const text = (element: string) => modification.texts.get(element) ?? ''
    const clientSeqNo = text('ClientSeqNo')
    const before = taken.get(clientSeqNo)
    if (before?.fingerprint === fingerprint) return writeModificationResponse(before.answer)
    const declaration = office.find(text('DecSeqNo'))
    const findings =
      modification.findings.length > 0
        ? modification.findings
        : before !== undefined
          ? [wrong('ClientSeqNo', 801, `编号${clientSeqNo}已用于内容不同的申请`)]
          : declaration === undefined
            ? [unknownDeclaration]
            : findingsOf(modification, declaration)
    if (findings.length > 0 || declaration === undefined)
      return writeModificationResponse({
        code: findings[0]?.code ?? 810,
        text: `申请失败：${findings.map(({ text }) => text).join('；')}`,
        clientSeqNo,
        errors: findings,
      })
    const number = (counts.get(declaration) ?? 0) + 1
    counts.set(declaration, number)
    const decModSeqNo = numbering.modificationNo(clientSeqNo)
    const answer: ModificationAnswer = { code: 0, text: '修撤单申请已接收', clientSeqNo, decModSeqNo }
    taken.set(clientSeqNo, { fingerprint, answer })
    open.add(declaration)
    const application = { modification, declaration, decModSeqNo, clientSeqNo, number }
    note(application, 'asked')
    review(application, courseOf(application))
    return writeModificationResponse(answer)
  }

  function findingsOf(modification: Modification, declaration: Held): Finding[] {
    const { texts, items } = modification
    const identity = identityFindings(texts, declaration)
    if (identity.length > 0) return identity
    if (open.has(declaration)) return [wrong('DecSeqNo', 815, '该报关单另有修撤单申请尚未办结')]
    const cancels = texts.get('DecModType') === toCancel
    const state = stateFinding(declaration, cancels, desk.now())
    if (state !== undefined) return [state]
    const reason = reasonFinding(texts, declaration)
    if (reason !== undefined) return [reason]
    if (cancels === items.length > 0) return [wrong('Items', 817, cancels ? '撤销申请不填修改项' : '修改项必填')]
    const amended = cancels ? declaration.message : amend(declaration.message, items)
    return Array.isArray(amended) ? (amended as Finding[]) : []
  }

  function courseOf({ modification, declaration }: Application): readonly ResultStep[] {
    const cancels = modification.texts.get('DecModType') === toCancel
    const asked = desk.asked(declaration.clientSeqNo)
    const magic = modificationOutcomes.find(
      (row) => row.procedure === (cancels ? 'cancellation' : 'amendment') && asked.includes(row.magic),
    )
    return magic?.steps ?? ordinaryReview(declaration.course?.releasedAt() !== undefined, cancels)
  }

  function review(application: Application, [step, ...rest]: readonly ResultStep[]): void {
    if (step === undefined) return
    const [least, most] = step.afterMs
    const at = least + Math.floor(desk.draw(`${application.decModSeqNo}:${step.result}`) * (most - least))
    desk.after(at, () => {
      const decided = step.result === '4' ? decide(application, step) : step
      if (['4', '5', '7'].includes(decided.result)) open.delete(application.declaration)
      tell(application, decided)
      if (decided.result === '4') carryOut(application)
      else if (decided === step) review(application, rest)
    })
  }

  /** What is to be granted is checked once more as it would be; what that finds is refused. */
  function decide({ modification, declaration }: Application, step: ResultStep): ResultStep {
    const cancels = modification.texts.get('DecModType') === toCancel
    const state = stateFinding(declaration, cancels, desk.now())
    const amended = cancels ? declaration.message : amend(declaration.message, modification.items)
    const found = [
      ...(state === undefined ? [] : [state]),
      ...(Array.isArray(amended)
        ? (amended as Finding[])
        : cancels
          ? []
          : [...office.check(amended as Message), ...ledger.shortages(amended as Message, declaration.seqNo)]),
    ]
    if (found.length === 0) return step
    return { ...step, result: '5', note: `不同意{what}：${found.map(({ text }) => text).join('；')}` }
  }

  function carryOut(application: Application): void {
    const { modification, declaration, decModSeqNo } = application
    const { course, seqNo, clientSeqNo } = declaration
    const amended = amend(declaration.message, modification.items)
    if (modification.texts.get('DecModType') === toCancel || Array.isArray(amended)) {
      note(application, 'cancelled')
      course?.stop()
      course?.tell('D', `删单：修撤单${decModSeqNo}同意撤销`)
      return
    }
    note(application, 'amended')
    declaration.message = amended as Message
    ledger.reserve(declaration.message, seqNo, clientSeqNo)
    if (course?.releasedAt() === undefined) course?.tell('M', `重审：修撤单${decModSeqNo}同意修改`)
    course?.amend(declaration.message)
  }

  function tell({ modification, declaration, decModSeqNo, clientSeqNo }: Application, step: ResultStep): void {
    const what = modification.texts.get('DecModType') === toCancel ? '撤销' : '修改'
    const field = modification.items.at(-1)?.fieldCode ?? ''
    desk.send(declaration.clientSeqNo, {
      name: numbering.receiptFile(decModSeqNo, 'DECMOD001'),
      contentType: 'application/xml',
      body: writeModificationResult({
        decModSeqNo,
        clientSeqNo,
        result: step.result,
        note: step.note.replaceAll('{what}', what).replaceAll('{fields}', field),
        noticeDate: localTime(desk.now()),
        entryId: declaration.course?.entryId ?? '',
        seqNo: declaration.seqNo,
      }),
    })
  }

  const note = ({ declaration, number }: Application, what: string) =>
    desk.effect(declaration.clientSeqNo, `change-${number}-${what}`)

  return {
    submit,
    /** The answer an application got, or 901. */
    inquire: (clientSeqNo: string): string =>
      writeModificationResponse(taken.get(clientSeqNo)?.answer ?? { code: 901, text: '查无此单', clientSeqNo }),
  }
}

const unknownDeclaration = wrong('DecSeqNo', 810, '统一编号、报关单号与企业不符，查无此报关单')

/** The declaration is known by both its numbers, and is this trader's and this agent's. */
function identityFindings(texts: ReadonlyMap<string, string>, { message, course }: Held): Finding[] {
  const { head } = message
  const agrees =
    course?.entryId === texts.get('EntryId') &&
    textOf(head, 'TradeCoScc') === texts.get('TradeCreditCode') &&
    textOf(head, 'AgentCodeScc') === texts.get('AgentCreditCode') &&
    textOf(head, 'CustomMaster') === texts.get('CustomsCode') &&
    textOf(head, 'IEFlag') === texts.get('IeFlag')
  return agrees ? [] : [unknownDeclaration]
}

/** Why a declaration is not changed as it stands now. */
function stateFinding({ course, standing, message }: Held, cancels: boolean, now: number): Finding | undefined {
  const no = (text: string) => wrong('DecSeqNo', 816, text)
  if (course === undefined || !course.isStored()) return no('报关单尚未入库')
  if (standing === 'returned' || standing === 'deleted') return no('报关单已退单或删单')
  if (['C', 'SpC'].includes(course.last())) return no('报关单已布控查验，办结前不得修改或撤销')
  const closed = course.closedAt()
  if (closed === undefined) return undefined
  if (cancels && textOf(message.head, 'IEFlag') === 'E') return no('出口货物已结关离境，不得撤销')
  return now - closed > modificationRules.daysAfterClosing * dayMs ? no('结关已逾修撤时限') : undefined
}

/** The reason's number leads the note; one that was released for export alone has reason 1, an import alone reason 5. */
function reasonFinding(texts: ReadonlyMap<string, string>, { course, message }: Held): Finding | undefined {
  const reason = /^([1-7])-./u.exec(texts.get('DecModNote') ?? '')?.[1]
  const exported = textOf(message.head, 'IEFlag') === 'E'
  const fits =
    reason !== undefined &&
    (reason !== '1' || (exported && course?.releasedAt() !== undefined)) &&
    (reason !== '5' || !exported)
  return fits ? undefined : wrong('DecModNote', 812, '修撤原因缺失或不符')
}
