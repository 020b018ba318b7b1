import type { Desk } from '../agency.ts'
import { checkContent, checkStructure } from './check/index.ts'
import { warningsOf } from './check/structure.ts'
import { openCooperation } from './cooperate.ts'
import { openLedger } from './ledger.ts'
import { type Finding, finding, isDraft, type Message, stepOf, textOf } from './message.ts'
import { openModifications } from './modifications.ts'
import { openNumbering } from './numbers.ts'
import { openCashier } from './payments.ts'
import { type Course, openProcessing, type Standing } from './processing.ts'
import { checkCompletion, daysLate, type Summary } from './two-steps.ts'
import type { ImportAnswer } from './write.ts'

/** A declaration this office has taken in, under its sender's reference. */
interface Declaration {
  readonly clientSeqNo: string
  readonly seqNo: string
  readonly direction: string
  /** Every answer that took something in, by the fingerprint of the bytes it answered. */
  readonly answers: Map<string, ImportAnswer>
  standing: 'draft' | 'in-progress' | Standing
  /** As it stands: as declared last, or as amended since. */
  message: Message
  course: Course | undefined
  /** Its first step, once that is stored. */
  summary: Summary | undefined
  declareTimes: number
  draftTimes: number
}

/** The office 海关: the window where declarations are handed in, and what it remembers of them. */
export function openOffice(desk: Desk) {
  const numbering = openNumbering(desk)
  const ledger = openLedger(desk)
  const processing = openProcessing(desk, numbering, ledger, (firm) => cooperation.factorOf(firm))
  const declarations = new Map<string, Declaration>()
  const cooperation = openCooperation(() => declarations.values())
  const modifications = openModifications(desk, numbering, ledger, {
    find: (seqNo) => [...declarations.values()].find((declaration) => declaration.seqNo === seqNo),
    check: checkContent,
  })

  /** Takes a document in or refuses it. `fingerprint` stands for its bytes. */
  function submit(message: Message, fingerprint: string): ImportAnswer {
    const reference = referenceOf(textOf(message.head, 'CopCode'), textOf(message.sign, 'ClientSeqNo'))
    const known = declarations.get(reference)
    const before = known?.answers.get(fingerprint)
    if (before !== undefined) return before

    const errors = findErrors(message, known)
    if (errors.length > 0) return refuse(message, errors)
    const declaration = known ?? register(message, reference)
    return isDraft(message) ? saveDraft(declaration, message, fingerprint) : declare(declaration, message, fingerprint)
  }

  function findErrors(message: Message, known: Declaration | undefined): Finding[] {
    const structure = checkStructure(message)
    if (structure.length > 0) return structure
    const reference = checkReference(message, known, desk.now())
    if (reference !== undefined) return [reference]
    const content = checkContent(message)
    return content.length > 0 || isDraft(message) ? content : ledger.shortages(message, known?.seqNo ?? '')
  }

  function register(message: Message, reference: string): Declaration {
    const direction = textOf(message.head, 'IEFlag')
    const declaration: Declaration = {
      clientSeqNo: textOf(message.sign, 'ClientSeqNo'),
      seqNo: numbering.seqNo(direction, reference),
      direction,
      answers: new Map(),
      standing: 'draft',
      message,
      course: undefined,
      summary: undefined,
      declareTimes: 0,
      draftTimes: 0,
    }
    declarations.set(reference, declaration)
    return declaration
  }

  function saveDraft(declaration: Declaration, message: Message, fingerprint: string): ImportAnswer {
    declaration.draftTimes += 1
    const { clientSeqNo, draftTimes } = declaration
    desk.effect(clientSeqNo, draftTimes === 1 ? 'drafted' : `drafted-${draftTimes}`)
    return accept(declaration, message, fingerprint, '暂存成功')
  }

  function declare(declaration: Declaration, message: Message, fingerprint: string): ImportAnswer {
    declaration.declareTimes += 1
    // What is completed is the summary as it stands: it may have been amended.
    if (declaration.standing === 'summarised' && declaration.summary !== undefined)
      declaration.summary = { ...declaration.summary, message: declaration.message }
    declaration.standing = 'in-progress'
    declaration.message = message
    const { clientSeqNo, seqNo, declareTimes } = declaration
    const summary = stepOf(message) === '6' ? declaration.summary : undefined
    const late = summary === undefined ? 0 : daysLate(summary, desk.now())
    ledger.reserve(message, seqNo, clientSeqNo)
    const course = processing.process(
      {
        message,
        clientSeqNo,
        seqNo,
        number: declareTimes,
        again: [...declaration.answers.values()].some(
          (answer) => answer.step === stepOf(message) && answer.declareTimes !== 0,
        ),
        ...(summary === undefined ? {} : { entryId: summary.entryId }),
        ...(late > 0 ? { remark: `；逾期${late}日` } : {}),
      },
      (standing) => stands(declaration, course, standing),
    )
    declaration.course = course
    for (const id of cooperation.holdsOn(clientSeqNo)) course.standstill.hold(id)
    const warnings = late > 0 ? [finding(message.head, 'IEDate', 0, `完整申报逾期${late}日`)] : []
    return accept(declaration, message, fingerprint, '申报成功', warnings)
  }

  function stands(declaration: Declaration, course: Course, standing: Standing): void {
    // What an earlier step still says changes nothing once the next one is in.
    if (declaration.course !== course) return
    // R before P happens; closed stays closed.
    if (declaration.standing === 'closed' && standing !== 'deleted') return
    declaration.standing = standing
    if (standing === 'summarised')
      declaration.summary = { message: declaration.message, entryId: course.entryId, storedAt: desk.now() }
    // A summary that is rejected after all has nothing that could be completed.
    if (standing === 'returned' && stepOf(declaration.message) === '5') declaration.summary = undefined
  }

  function accept(
    declaration: Declaration,
    message: Message,
    fingerprint: string,
    text: string,
    warnings: readonly Finding[] = [],
  ): ImportAnswer {
    const { clientSeqNo, seqNo, declareTimes } = declaration
    const answer: ImportAnswer = {
      code: 0,
      text,
      clientSeqNo,
      seqNo,
      declareTimes,
      step: stepOf(message),
      warnings: [...warningsOf(message), ...warnings],
    }
    declaration.answers.set(fingerprint, answer)
    return answer
  }

  /** The last answer that took something in under this reference, of one step where that is asked for. */
  function inquire(copCode: string, clientSeqNo: string, step?: string): ImportAnswer {
    const answers = [...(declarations.get(referenceOf(copCode, clientSeqNo))?.answers.values() ?? [])]
    const last = answers.findLast((answer) => step === undefined || answer.step === step)
    return last ?? { code: 901, text: '查无此单', clientSeqNo }
  }

  return {
    submit,
    inquire,
    modify: modifications.submit,
    inquireModification: modifications.inquire,
    cashier: openCashier(desk, numbering, processing.billOf),
    billOf: processing.billOf,
    cooperate: cooperation.take,
  }
}

/** Whether this reference may take this document: new, a draft to go on with, or returned for correction. */
function checkReference(message: Message, known: Declaration | undefined, now: number): Finding | undefined {
  const { head, sign } = message
  const seqNo = textOf(head, 'SeqNo')
  const completes = stepOf(message) === '6' && !isDraft(message)
  if (seqNo === '' && completes) return checkCompletion(message, undefined, now)
  if (seqNo === '')
    return known && finding(sign, 'ClientSeqNo', 801, `编号${known.clientSeqNo}已用于内容不同的报关单${known.seqNo}`)
  if (known?.seqNo !== seqNo) return finding(head, 'SeqNo', 802, `统一编号${seqNo}与录入单位、客户端编号不符`)
  if (completes) {
    const { standing, summary } = known
    if (standing !== 'summarised' && standing !== 'returned') return checkCompletion(message, undefined, now)
    const standsAs = standing === 'summarised' ? known.message : summary?.message
    return checkCompletion(message, summary && { ...summary, message: standsAs ?? summary.message }, now)
  }
  const correctable = known.standing === 'draft' || (known.standing === 'returned' && !isDraft(message))
  if (!correctable) return finding(head, 'SeqNo', 803, `报关单${seqNo}未被退回，不得重新申报`)
  if (textOf(head, 'IEFlag') !== known.direction) return finding(head, 'IEFlag', 804, '重新申报不得改变进出口标志')
  return undefined
}

function refuse(message: Message, errors: readonly Finding[]): ImportAnswer {
  const said = errors.map(({ item, text }) => (item === '' ? text : `商品序号${item}：${text}`)).join('；')
  return {
    code: errors[0]?.code ?? 101,
    text: `${isDraft(message) ? '暂存' : '申报'}失败：${said}`,
    clientSeqNo: textOf(message.sign, 'ClientSeqNo'),
    errors,
    warnings: warningsOf(message),
  }
}

/** A length stands before the first part, so that no two pairs run together. */
function referenceOf(copCode: string, clientSeqNo: string): string {
  return `${copCode.length}:${copCode}:${clientSeqNo}`
}
