import { findCode } from '../../../schemas/codes/index.ts'
import { type EntryType, events } from '../../../schemas/fees/entries.ts'
import type { Catalogue } from '../catalogue.ts'
import { type CheckIssue, error, type Place } from './issues.ts'

const names: { readonly [T in EntryType]: { readonly en: string; readonly zh: string } } = {
  port: { en: 'port', zh: '港口' },
  payee: { en: 'payee', zh: '收费主体' },
  basis: { en: 'legal basis', zh: '收费依据' },
  fee: { en: 'fee', zh: '收费项目' },
  basket: { en: 'standard consignment', zh: '标准货样' },
  peer: { en: 'price of another port', zh: '外港价格' },
  rule: { en: 'rule of assessment', zh: '评估规则' },
}

/** Whatever an entry speaks of is there 引用完整: ports, payees, bases and kinds; and a payee charges only where it is. */
export function referenceIssues(next: Catalogue): CheckIssue[] {
  const found: CheckIssue[] = []
  const known = new Map<string, boolean>()
  const named = (type: EntryType, id: string, at: Place) => {
    if (!next.of(type).has(id))
      found.push(
        error(at, 'unknown-entry', {
          en: `There is no ${names[type].en} "${id}" in the catalogue`,
          zh: `目录中没有${names[type].zh}“${id}”`,
        }),
      )
  }
  const kind = (code: string, at: Place) => {
    let isKnown = known.get(code)
    if (isKnown === undefined) known.set(code, (isKnown = findCode('fee-kinds', code) !== undefined))
    if (!isKnown)
      found.push(error(at, 'unknown-kind', { en: `"${code}" is no kind of fee`, zh: `“${code}”不是收费项目类别` }))
  }
  for (const [id, payee] of next.of('payee'))
    payee.ports.forEach((port, index) => named('port', port, ['payee', id, 'ports', index]))
  for (const [id, fee] of next.of('fee')) {
    kind(fee.kind, ['fee', id, 'kind'])
    named('payee', fee.payee, ['fee', id, 'payee'])
    named('port', fee.port, ['fee', id, 'port'])
    fee.basis?.forEach((basis, index) => named('basis', basis.id, ['fee', id, 'basis', index, 'id']))
    fee.includes?.forEach((code, index) => kind(code, ['fee', id, 'includes', index]))
    const payee = next.of('payee').get(fee.payee)
    if (payee !== undefined && next.of('port').has(fee.port) && !payee.ports.includes(fee.port))
      found.push(
        error(['fee', id, 'payee'], 'payee-elsewhere', {
          en: `"${fee.payee}" does not work at "${fee.port}"`,
          zh: `“${fee.payee}”不在“${fee.port}”经营`,
        }),
      )
  }
  for (const [id, basis] of next.of('basis')) {
    basis.regulates?.forEach((regulation, index) => kind(regulation.kind, ['basis', id, 'regulates', index, 'kind']))
    basis.cancels?.forEach((cancelled, index) => kind(cancelled.kind, ['basis', id, 'cancels', index, 'kind']))
  }
  for (const [id, peer] of next.of('peer')) kind(peer.kind, ['peer', id, 'kind'])
  for (const [id, { shipment }] of next.of('basket')) {
    named('port', shipment.port, ['basket', id, 'shipment', 'port'])
    shipment.payees?.forEach((payee, index) => named('payee', payee, ['basket', id, 'shipment', 'payees', index]))
    shipment.requested?.forEach((code, index) => kind(code, ['basket', id, 'shipment', 'requested', index]))
    shipment.happened?.forEach((event, index) => {
      if (!(events as readonly string[]).includes(event))
        found.push(
          error(['basket', id, 'shipment', 'happened', index], 'unknown-event', {
            en: `"${event}" is nothing that fees know of`,
            zh: `“${event}”不是收费事件`,
          }),
        )
    })
  }
  return found
}
