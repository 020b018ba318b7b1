/** Reads applications to change a record 申报修改、申报删除. */
import { type Application, customsOf, type FxProcedure, type Numbers, numberForms, transactionsOf } from './read.ts'
import { amendmentShape, cancellationShape, type Misfit, misfits } from './shapes.ts'
import { at, type Element, readXml, textAt, Unreadable } from './xml.ts'

/** What an application wants done with the record of a filing. */
export interface ChangeRequest extends Numbers {
  readonly action: 'C' | 'D'
  /** Our reference of the filing, as its sender gave it. */
  readonly original: string
  readonly kind: FxProcedure
  readonly bankNumber: string
  readonly reportNumber: string
  readonly creditCode: string
  readonly submittedAt: string
  readonly reportDate: string
  /** What the enterprise declares from now on; a deletion has none. */
  readonly declared?: Pick<
    Application,
    'declaredCountry' | 'payType' | 'transactions' | 'registration' | 'approval' | 'customs'
  >
}

export type ChangeReading =
  | { readonly kind: 'unreadable'; readonly why: string }
  | { readonly kind: 'malformed'; readonly numbers: Partial<Numbers>; readonly misfits: readonly Misfit[] }
  | { readonly kind: 'read'; readonly request: ChangeRequest }

const namespace = 'urn:x-bankfront:xsd:change.001'
const paths: { readonly [name in keyof Numbers]: string } = {
  ourReference: 'RcrdChg/GrpHdr/OurRef',
  messageId: 'RcrdChg/GrpHdr/MsgId',
  traderReference: 'RcrdChg/GrpHdr/TrdrRef',
}

export function readChange(procedure: 'amendment' | 'cancellation', body: string): ChangeReading {
  let root: Element
  try {
    root = readXml(body)
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unreadable', why: error.message }
    throw error
  }
  if (root.name !== 'Document' || root.namespace !== namespace)
    return { kind: 'unreadable', why: '根元素或命名空间错误' }
  const kind = textAt(root, 'RcrdChg/Orgnl/OrgnlTp') === 'PAYMENT' ? 'payment' : 'receipt'
  const found = misfits(root, procedure === 'amendment' ? amendmentShape(kind) : cancellationShape)
  const isDated = !Number.isNaN(Date.parse(textAt(root, 'RcrdChg/GrpHdr/CreDtTm')))
  const all = found.length > 0 || isDated ? found : [{ path: 'CreDtTm', text: '不是有效的时间' }]
  if (all.length > 0) return { kind: 'malformed', numbers: partialNumbers(root), misfits: all }
  return { kind: 'read', request: requestOf(procedure, kind, root) }
}

/** Which of the numbers are good enough to answer under. */
function partialNumbers(root: Element): Partial<Numbers> {
  const good = Object.entries(paths).flatMap(([name, path]) => {
    const text = textAt(root, path)
    return numberForms[name as keyof Numbers].test(text) ? [[name, text]] : []
  })
  return Object.fromEntries(good) as Partial<Numbers>
}

function requestOf(procedure: 'amendment' | 'cancellation', kind: FxProcedure, root: Element): ChangeRequest {
  const change = at(root, 'RcrdChg')
  const record = at(change, 'REC')
  return {
    ourReference: textAt(root, paths.ourReference),
    messageId: textAt(root, paths.messageId),
    traderReference: textAt(root, paths.traderReference),
    action: procedure === 'amendment' ? 'C' : 'D',
    original: textAt(change, 'Orgnl/OrgnlRef'),
    kind,
    bankNumber: textAt(change, 'Orgnl/AcctSvcrRef'),
    reportNumber: textAt(change, 'Orgnl/RPTNO'),
    creditCode: textAt(change, 'GrpHdr/InitgPty/Id'),
    submittedAt: textAt(change, 'GrpHdr/CreDtTm'),
    reportDate: textAt(record, 'RPTDATE'),
    ...(procedure === 'cancellation'
      ? {}
      : {
          declared: {
            declaredCountry: textAt(record, 'COUNTRY'),
            payType: textAt(record, 'PAYTYPE'),
            transactions: transactionsOf(record),
            registration: textAt(record, 'REGNO'),
            approval: textAt(record, 'BILLNO') || 'N/A',
            customs: customsOf(change),
          },
        }),
  }
}
