import { createHash } from 'node:crypto'
import type { WireMessage } from '../../adapters/adapter.ts'
import { rankOf, statuses } from '../../schemas/status.ts'
import type { Text } from '../../schemas/text.ts'
import { type Case, type Changes, type Filing, isUnsent, noChanges, notBefore } from '../filing/case.ts'
import { fold } from '../filing/fold.ts'
import { type Adapters, procedureOf } from '../filing/plan.ts'
import { release } from '../filing/release.ts'
import { type Documents, submissionIn } from '../filing/submission.ts'

/** How filings are sent again: the bytes that were stored, or what the encoder makes of them now. */
export interface Manner {
  readonly from: 'stored' | 'encoded'
  /** Also what its agency has answered. */
  readonly force: boolean
}

/** Where the submission of a filing stands on its way, as far as there is one. */
export interface Waiting {
  readonly instant: Date
  readonly unknown: boolean
  /** A worker has it at this moment. */
  readonly leased: boolean
  /** A worker had it and died. */
  readonly abandoned: boolean
}

/** The bytes that were last made for a filing's attempt. */
export interface Stored extends WireMessage {
  readonly at: Date
}

/** Why a filing is not sent again. */
export const refusals = {
  'not-there': { en: 'There is no such filing any more', zh: '该申报事项已不存在' },
  'taken-back': { en: 'It was taken back or undone: it is not sent again', zh: '已撤回或冲回，不再发送' },
  'under-way': { en: 'A worker is sending it at this moment', zh: '正在发送' },
  'not-sendable': { en: 'It waits for something else and goes by itself', zh: '尚在等待其他条件，满足后自动发送' },
  answered: { en: 'Its agency has answered it: only with force', zh: '机构已有回执，须强制才能重发' },
  'nothing-stored': { en: 'Nothing was ever made to be sent', zh: '没有已存的报文' },
  'not-encodable': { en: 'It cannot be encoded', zh: '无法生成报文' },
  changed: { en: 'It is no longer what was shown', zh: '与预演时显示的内容不符' },
} as const satisfies Record<string, Text>
export type Refusal = keyof typeof refusals

export type Verdict =
  | {
      readonly send: true
      readonly message: WireMessage
      readonly digest: string
      /** Its outcome is not known: the agency is asked by our own reference first. */
      readonly asksFirst: boolean
      /** What becomes of the case with it, nothing of it kept yet. */
      readonly changes: Changes
    }
  | { readonly send: false; readonly code: Refusal; readonly why: Text }

const no = (code: Refusal, more?: Text): Verdict => ({
  send: false,
  code,
  why:
    more === undefined
      ? refusals[code]
      : { en: `${refusals[code].en}: ${more.en}`, zh: `${refusals[code].zh}：${more.zh}` },
})

/** SHA-256 over everything that goes out. */
export const digestOfMessage = ({ method, path, contentType, body }: WireMessage): string =>
  createHash('sha256')
    .update(JSON.stringify([method, path, contentType ?? '', body ?? '']))
    .digest('base64url')

/**
 * Whether a filing may be sent again, and with which bytes. What its agency has answered, by its receipts, goes only with force;
 * what was taken back goes never. A filing our own encoder failed on is prepared anew, as if it had just become sendable.
 * @param instant what is encoded now is dated at; the same instant gives the same bytes
 */
export function judge(
  adapters: Adapters,
  at: Case,
  filing: Filing,
  known: { readonly documents: Documents; readonly stored: Stored | undefined; readonly waiting: Waiting | undefined },
  { from, force }: Manner,
  instant: Date,
): Verdict {
  if (filing.status === 'withdrawn' || filing.status === 'reversed') return no('taken-back')
  if (known.waiting?.leased) return no('under-way')
  if (filing.pending?.trouble !== undefined) {
    if (from === 'stored') return no('nothing-stored', filing.pending.trouble)
    return prepareAnew(adapters, at, filing, known.documents, instant)
  }
  if (isUnsent(filing)) return no('not-sendable', statuses[filing.status])
  const said = fold(filing.receipts, filing.attempt).status
  const answered = [said ?? 'queued', filing.status].some((status) => rankOf(status) >= rankOf('acknowledged'))
  if (answered && !force) return no('answered', statuses[said ?? filing.status])
  if (known.stored === undefined) return no('nothing-stored')
  const { waiting } = known
  const asksFirst = filing.unknown || (waiting === undefined ? !answered : waiting.unknown || waiting.abandoned)
  const changes = noChanges()
  changes.cases.add(at)
  if (from === 'stored') {
    const { at: _, ...message } = known.stored
    return { send: true, message, digest: digestOfMessage(message), asksFirst, changes }
  }
  try {
    const dated = notBefore(at, instant)
    const procedure = procedureOf(adapters, filing.agency, filing.procedure)
    const message = procedure.encode(submissionIn(adapters, at, filing, known.documents, dated))
    changes.outbound.push({ filing, message, instant: dated })
    return { send: true, message, digest: digestOfMessage(message), asksFirst, changes }
  } catch (cause) {
    // A defect of the adapter, or of what was let in: the operator is told, the stored bytes still stand.
    return no('not-encodable', { en: (cause as Error).message, zh: (cause as Error).message })
  }
}

function prepareAnew(adapters: Adapters, at: Case, filing: Filing, documents: Documents, instant: Date): Verdict {
  const changes = noChanges()
  filing.pending = undefined
  changes.filings.add(filing)
  release(adapters, at, documents, instant, changes)
  const message = changes.outbound.find((going) => going.filing === filing)?.message
  // Its pending is what `release` found now.
  const { pending } = filing as Filing
  if (message !== undefined) return { send: true, message, digest: digestOfMessage(message), asksFirst: false, changes }
  return pending?.trouble === undefined
    ? no('not-sendable', statuses[filing.status])
    : no('not-encodable', pending.trouble)
}
