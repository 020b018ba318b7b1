import { waybillForms } from '../../schemas/rules/waybill-forms.ts'
import { type Waybill, type WaybillExport, waybillActions, waybillStatuses } from '../../schemas/waybill.ts'
import type { WaybillView } from '../db/waybills.ts'
import type { Rules } from '../rules/rules.ts'
import { documentOf } from './act.ts'
import { railNotesOf } from './boxes.ts'
import { beforeFirst, drawnUp, mayDo, standingsOf } from './chain.ts'
import { lastSeenBy } from './sight.ts'

/** A document as far as somebody sees it; undefined when not at all. @param party undefined: an operator, who sees all */
export function seenBy(view: WaybillView, party: string | undefined): WaybillView | undefined {
  const document = documentOf(view)
  if (document === undefined) return undefined
  const seen = party === undefined ? view.entries.length : lastSeenBy(view, document, party)
  if (seen === 0) return undefined
  const entries = view.entries.slice(0, seen)
  const last = entries.at(-1)
  if (last === undefined) return undefined
  const versions = view.versions.filter(({ version }) => version <= last.version)
  return { ...view, entries, versions, version: last.version, head: last.hash, entryCount: entries.length }
}

function readingOf(seen: WaybillView) {
  const document = documentOf(seen) as Waybill
  const about = { negotiable: seen.negotiable, carrier: seen.carrier, shipper: document.shipper.id }
  return { document, standing: standingsOf(about, seen.entries).at(-1) ?? drawnUp(about) }
}

/** One line of a list. */
export function presentSummary(seen: WaybillView) {
  const { standing } = readingOf(seen)
  const self = `/v1/waybills/${seen.number}`
  return {
    number: seen.number,
    status: standing.status,
    statusName: waybillStatuses[standing.status],
    negotiable: seen.negotiable,
    carrier: seen.carrier,
    ...(seen.negotiable ? { holder: standing.holder } : {}),
    version: seen.version,
    delivered: standing.delivered,
    links: { self, export: `${self}/export` },
  }
}

/** A document with its chain, as somebody sees it. */
export function presentWaybill(
  whole: WaybillView,
  seen: WaybillView,
  rules: Rules,
  party: string | undefined,
  declarations: readonly string[],
) {
  const { document, standing } = readingOf(seen)
  const issued = seen.entries.findLast(({ action }) => action === 'ISSUE')
  const drawn = seen.entries[0]
  const rule = drawn && rules.versionAt(waybillForms, Date.parse(drawn.at))
  const partly = seen.entries.length < whole.entries.length
  return {
    ...presentSummary(seen),
    ...(seen.negotiable ? { title: standing.title } : {}),
    may: party === undefined || partly ? [] : mayDo(standing, party),
    document,
    boxes: railNotesOf(document, { number: seen.number, issuedOn: issued?.at.slice(0, 10) }),
    ...(rule === undefined ? {} : { rule: { table: waybillForms.id, validFrom: rule.validFrom, source: rule.source } }),
    entries: entriesOf(seen).map((entry) => ({ ...entry, name: waybillActions[entry.action] })),
    partly,
    declarations: declarations.map((id) => ({ id, href: `/v1/declarations/${id}` })),
  }
}

/** A chain as anybody can check it. */
export const exportWaybill = (seen: WaybillView): WaybillExport => ({
  format: 'yuchuang-waybill-1',
  number: seen.number,
  carrier: seen.carrier,
  versions: [...seen.versions],
  entries: entriesOf(seen),
  head: seen.head,
})

const entriesOf = ({ entries }: WaybillView): WaybillExport['entries'] =>
  entries.map(({ recipient, note, ...entry }, at) => ({
    ...entry,
    ...(recipient === undefined ? {} : { recipient }),
    ...(note === undefined ? {} : { note }),
    previous: entries[at - 1]?.hash ?? beforeFirst,
  }))
