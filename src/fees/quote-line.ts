import type { Fee } from '../../schemas/fees/entries.ts'
import type { Quote, QuoteLine } from '../../schemas/fees/quote.ts'
import type { Text } from '../../schemas/text.ts'
import type { Charge } from './pricing/charge.ts'
import { zero } from './pricing/quantities.ts'
import type { PreparedFee } from './quote-prepare.ts'

/** One fee of a quote while it is put together. */
export interface Line {
  readonly prepared: PreparedFee
  readonly charge: Charge
  readonly because: Text
}

/** A line that may be covered by another fee: then it costs nothing more. */
export const perhapsCovered = ({ charge, ...line }: Line, because: Text): Line => ({
  ...line,
  charge: { ...charge, falls: 'maybe', least: zero, uncertain: [...charge.uncertain, because] },
})

/** Lines that were shown of a charge that is kept. */
const shownOf = new WeakMap<Charge, { readonly of: Line; readonly line: QuoteLine }[]>()
/** So many of one charge, and so many reasons of one fee. */
const shownMost = 4

/** A line as it is shown. @param contested kinds that several payees do */
export function shownLine({ prepared, charge, because }: Line, contested: { has(kind: string): boolean }): QuoteLine {
  const { id, href, payeeName, fee } = prepared
  const group = contested.has(fee.kind)
  const shown = shownOf.get(charge) ?? []
  const known = shown.find(
    ({ of, line }) => of.prepared === prepared && of.because === because && (line.group !== undefined) === group,
  )
  if (known !== undefined) return known.line
  const least = charge.least.toFixed(2)
  const exact = charge.most !== undefined && (charge.most === charge.least || charge.most.eq(charge.least))
  const line: QuoteLine = {
    fee: id,
    href,
    kind: fee.kind,
    name: fee.name,
    payee: fee.payee,
    payeeName,
    nature: fee.nature,
    because,
    certain: exact && !group && charge.falls === 'yes' && charge.uncertain.length === 0,
    least,
    ...(charge.most === undefined ? {} : { most: exact ? least : charge.most.toFixed(2) }),
    applications: charge.applications as QuoteLine['applications'],
    uncertain: charge.uncertain as QuoteLine['uncertain'],
    ...(group ? { group: fee.kind } : {}),
  }
  if (shown.length >= shownMost) shown.length = 0
  shown.push({ of: { prepared, charge, because }, line })
  shownOf.set(charge, shown)
  return line
}

/** Why a fee does not fall, as it is shown. Reasons are few: an exemption, a condition, another fee. */
export function refusal({ id, fee, refused }: PreparedFee, because: Text): Quote['exempt'][number] {
  const known = refused.get(because)
  if (known !== undefined) return known
  const shown = { fee: id, name: fee.name, because }
  if (refused.size >= shownMost) refused.clear()
  refused.set(because, shown)
  return shown
}

const always: Text = { en: 'Falls on every consignment of this kind', zh: '此类货物均须收取' }
const perhapsFalls: Text = {
  en: 'May fall: it is not known whether its conditions are met',
  zh: '适用条件未明，可能收取',
}
const askedFor: Text = { en: 'It was asked for', zh: '已委托该项服务' }
const onRequest: Text = { en: 'Only when it is asked for', zh: '委托时收取' }

/** What has to happen for some fees to fall 发生的情形. */
export const eventWords: { readonly [E in Extract<Fee['arises'], { event: string }>['event']]: Text } = {
  inspection: { en: 'inspection', zh: '查验' },
  'inspection-clean': { en: 'inspection that finds nothing wrong', zh: '查验无问题' },
  amendment: { en: 'amendment', zh: '改单' },
  cancellation: { en: 'cancellation', zh: '撤单' },
  transit: { en: 'customs transit', zh: '转关' },
  overdue: { en: 'time overrun', zh: '超期' },
  reissue: { en: 'reissue of a document', zh: '重出单' },
  split: { en: 'splitting or merging of bills', zh: '分并单' },
  damage: { en: 'damage', zh: '残损' },
}
const eventReasons = Object.fromEntries(
  Object.entries(eventWords).map(([event, { en, zh }]) => [
    event,
    {
      happened: { en: `It came to: ${en}`, zh: `已发生：${zh}` },
      unless: { en: `Only upon: ${en}`, zh: `发生${zh}时收取` },
    },
  ]),
)

/** Whether a fee falls with what was asked for and what happened, and why; or upon what it would. */
export function reasonFor(
  { kind, arises }: Fee,
  { falls }: Charge,
  requested: ReadonlySet<string>,
  happened: ReadonlySet<string>,
): { readonly falls: boolean; readonly because: Text } {
  if (arises.when === 'always') return { falls: true, because: falls === 'yes' ? always : perhapsFalls }
  if (arises.when === 'on-request')
    return requested.has(kind) ? { falls: true, because: askedFor } : { falls: false, because: onRequest }
  const reasons = eventReasons[arises.event] ?? { happened: always, unless: onRequest }
  return happened.has(arises.event)
    ? { falls: true, because: reasons.happened }
    : { falls: false, because: reasons.unless }
}
