import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Issue } from '../../schemas/issue.ts'
import type { About, Change } from '../adapter.ts'
import { changesOf, noteOf } from './encode-modification.ts'
import { absent, found } from './findings.ts'
import { type ChangeParticulars, reasons } from './particulars-change.ts'

/** Longest reason the application takes, its number included. Source: the simulated customs, section 8 [unverified], 2026-11. */
const noteLength = 255

type Kind = 'amendment' | 'cancellation'

const asked = [
  ['reasonCode', 'reason of the change (1 to 7)', '修撤原因'],
  ['entOpName', 'person to ask', '联系人'],
  ['entOpTele', 'telephone of that person', '联系方式'],
] as const

/** Who may be asked, and why it is changed. */
export const missingOfChange =
  (kind: Kind) =>
  (_declaration: Declaration, particulars: ChangeParticulars | undefined): Issue[] =>
    asked
      .filter(([name]) => particulars?.[name] === undefined)
      .map(([name, en, zh]) => absent(`/particulars/customs/${kind}/${name}`, en, zh))

/**
 * Fields customs never amends: cancel and declare anew. Source: practice of 修撤单 [unverified], 2026-11 (the order on amending, 总署令 220,
 * names no fields).
 */
const fixed: readonly (readonly [
  pointer: string,
  read: (declaration: Declaration) => unknown,
  en: string,
  zh: string,
])[] = [
  ['/direction', ({ direction }) => direction, 'direction', '进出口标志'],
  ['/declarationOfficeId', ({ declarationOfficeId }) => declarationOfficeId, 'declaring office', '申报地海关'],
  ['/agent/id', ({ agent }) => agent.id, 'declaring agent', '申报单位'],
  ['/goodsShipment/importer/id', ({ goodsShipment }) => goodsShipment.importer?.id, 'domestic importer', '境内收货人'],
  ['/goodsShipment/exporter/id', ({ goodsShipment }) => goodsShipment.exporter?.id, 'domestic exporter', '境内发货人'],
  ['/goodsShipment/supervisionMode', ({ goodsShipment }) => goodsShipment.supervisionMode, 'trade mode', '监管方式'],
  ['/declarationStep', ({ declarationStep }) => declarationStep, 'step of the declaration', '两步申报步骤'],
]

/** What customs would refuse of an amendment, as far as its rules are known. */
export function checkAmendment(_declaration: Declaration, particulars: ChangeParticulars, about?: About): Issue[] {
  const { change } = about ?? {}
  if (change?.after === undefined) return []
  const { after, before } = change
  const steps = change.procedure === 'summary' ? ['/declarationStep'] : []
  const unamendable = fixed.flatMap(([pointer, read, en, zh]) =>
    read(before.declaration) === read(after.declaration) || steps.includes(pointer)
      ? []
      : [
          found(
            pointer,
            'not-amendable',
            `Customs does not amend the ${en}: cancel the declaration and make a new one`,
            `${zh}不得修改，请撤销后重新申报`,
          ),
        ],
  )
  const document =
    JSON.stringify((before.particulars as { type?: string }).type) ===
    JSON.stringify((after.particulars as { type?: string }).type)
      ? []
      : [
          found(
            `/particulars/customs/${change.procedure}/type`,
            'not-amendable',
            'Customs does not amend the kind of document',
            '单据类型不得修改，请撤销后重新申报',
          ),
        ]
  const nothing =
    unamendable.length + document.length > 0 || changesOf(change).length > 0
      ? []
      : [found('/goodsShipment', 'nothing-changed', 'Nothing changes that customs is told of', '海关申报内容没有变化')]
  return [...unamendable, ...document, ...nothing, ...checkReason(change, particulars, 'amendment')]
}

/** What customs would refuse of a cancellation: an export that has left. */
export function checkCancellation(_declaration: Declaration, particulars: ChangeParticulars, about?: About): Issue[] {
  const { change } = about ?? {}
  if (change === undefined) return []
  const { direction } = change.before.declaration
  const left =
    direction === 'export' && change.status === 'closed'
      ? [
          found(
            '/direction',
            'not-cancellable',
            'The goods have left: a closed export is not cancelled [unverified]',
            '出口货物已结关离境，不得撤销',
          ),
        ]
      : []
  return [...left, ...checkReason(change, particulars, 'cancellation')]
}

/** The reason goes with the declaration and fits its place. */
function checkReason(change: Change, particulars: ChangeParticulars, kind: Kind): Issue[] {
  const { reasonCode } = particulars
  const exporting = change.before.declaration.direction === 'export'
  const released = change.status === 'approved' || change.status === 'closed'
  const unfit = (reasonCode === '1' && !(exporting && released)) || (reasonCode === '5' && exporting)
  return [
    ...(unfit
      ? [
          found(
            `/particulars/customs/${kind}/reasonCode`,
            'reason-differs',
            reasonCode === '1'
              ? 'Reason 1 is for exports that were released'
              : 'Reason 5 is for imports that are sent back',
            reasonCode === '1'
              ? `原因1（${reasons[1]}）仅适用于已放行的出口货物`
              : `原因5（${reasons[5]}）仅适用于进口货物`,
          ),
        ]
      : []),
    ...(Array.from(noteOf(change, particulars)).length > noteLength
      ? [
          found(
            '/reason',
            'not-mappable',
            `Customs takes ${noteLength - 2} characters of reason`,
            `修撤原因最长${noteLength - 2}个字符`,
          ),
        ]
      : []),
  ]
}
