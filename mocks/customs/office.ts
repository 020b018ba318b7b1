import type { Desk } from '../agency.ts'
import { checkContent, checkStructure } from './check/index.ts'
import { warningsOf } from './check/structure.ts'
import { type Finding, finding, isDraft, type Message, textOf } from './message.ts'
import { openNumbering } from './numbers.ts'
import { openCashier } from './payments.ts'
import { openProcessing, type Standing } from './processing.ts'
import type { ImportAnswer } from './write.ts'

/** A declaration this office has taken in, under its sender's reference. */
interface Declaration {
  readonly clientSeqNo: string
  readonly seqNo: string
  readonly direction: string
  /** Every answer that took something in, by the fingerprint of the bytes it answered. */
  readonly answers: Map<string, ImportAnswer>
  standing: 'draft' | 'in-progress' | Standing
  declareTimes: number
  draftTimes: number
}

/** The office 海关: the window where declarations are handed in, and what it remembers of them. */
export function openOffice(desk: Desk) {
  const numbering = openNumbering(desk)
  const processing = openProcessing(desk, numbering)
  const declarations = new Map<string, Declaration>()

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
    const reference = checkReference(message, known)
    return reference === undefined ? checkContent(message) : [reference]
  }

  function register(message: Message, reference: string): Declaration {
    const direction = textOf(message.head, 'IEFlag')
    const declaration: Declaration = {
      clientSeqNo: textOf(message.sign, 'ClientSeqNo'),
      seqNo: numbering.seqNo(direction, reference),
      direction,
      answers: new Map(),
      standing: 'draft',
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
    declaration.standing = 'in-progress'
    const { clientSeqNo, seqNo, declareTimes } = declaration
    processing.process({ message, clientSeqNo, seqNo, number: declareTimes }, (standing) => {
      // R before P happens; closed stays closed.
      if (declaration.standing !== 'closed') declaration.standing = standing
    })
    return accept(declaration, message, fingerprint, '申报成功')
  }

  function accept(declaration: Declaration, message: Message, fingerprint: string, text: string): ImportAnswer {
    const { clientSeqNo, seqNo, declareTimes } = declaration
    const answer: ImportAnswer = { code: 0, text, clientSeqNo, seqNo, declareTimes, warnings: warningsOf(message) }
    declaration.answers.set(fingerprint, answer)
    return answer
  }

  /** The last answer that took something in under this reference. */
  function inquire(copCode: string, clientSeqNo: string): ImportAnswer {
    const answers = declarations.get(referenceOf(copCode, clientSeqNo))?.answers
    return [...(answers?.values() ?? [])].at(-1) ?? { code: 901, text: '查无此单', clientSeqNo }
  }

  return {
    submit,
    inquire,
    pay: openCashier(processing.billOf),
    billOf: (entryId: string) => processing.billOf(entryId)?.bill,
  }
}

/** Whether this reference may take this document: new, a draft to go on with, or returned for correction. */
function checkReference(message: Message, known: Declaration | undefined): Finding | undefined {
  const { head, sign } = message
  const seqNo = textOf(head, 'SeqNo')
  if (seqNo === '')
    return known && finding(sign, 'ClientSeqNo', 801, `编号${known.clientSeqNo}已用于内容不同的报关单${known.seqNo}`)
  if (known?.seqNo !== seqNo) return finding(head, 'SeqNo', 802, `统一编号${seqNo}与录入单位、客户端编号不符`)
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
