import { issue } from '../../schemas/issue.ts'
import { waybillForms } from '../../schemas/rules/waybill-forms.ts'
import type { ActionRequest, Waybill } from '../../schemas/waybill.ts'
import { sha256 } from '../audit/hash.ts'
import type { Client } from '../db/database.ts'
import { newId } from '../db/ids.ts'
import {
  isFirm,
  keepEntry,
  keepWaybill,
  keepWaybillVersion,
  moveWaybill,
  readWaybill,
  type WaybillVersionRow,
  type WaybillView,
} from '../db/waybills.ts'
import { limits } from '../limits.ts'
import { Problem } from '../problem.ts'
import type { Rules } from '../rules/rules.ts'
import { after, beforeFirst, drawnUp, type Entry, entryHash, standingsOf } from './chain.ts'
import { lastSeenBy } from './sight.ts'

/** Draws up a document 制单, under a new number. @throws {Problem} body-invalid: a form the rules do not know, or not as a document of title */
export async function drawUp(
  client: Client,
  rules: Rules,
  carrier: string,
  document: Waybill,
  now: Date,
): Promise<string> {
  assertForm(rules, document, now)
  const number = `MTD${newId(now.getTime())}`
  const version = versionOf(document, 1)
  const first = chained(beforeFirst, number, {
    entry: 1,
    version: 1,
    action: 'DRAFT',
    actor: carrier,
    recipient: undefined,
    note: undefined,
    at: now.toISOString(),
    documentSha256: version.sha256,
  })
  const standing = drawnUp({ negotiable: document.negotiable, carrier, shipper: document.shipper.id })
  await keepWaybill(client, number, standing, first, now)
  await keepWaybillVersion(client, number, version, now)
  await keepEntry(client, number, first, partiesOf(carrier, document))
  return number
}

/**
 * Does something with a document 办理, while nobody else does: its row is locked, and what its actor has seen of it must be the newest.
 * @throws {Problem} not-found, also for who is no party; if-match-stale; waybill-action-refused; body-invalid; limit-reached
 */
export async function act(
  client: Client,
  rules: Rules,
  number: string,
  actor: string,
  { action, recipient, note, document }: ActionRequest,
  precondition: (entryCount: number) => void,
  now: Date,
): Promise<void> {
  const view = await readWaybill(client, number, true)
  const before = view === undefined ? undefined : documentOf(view)
  if (view === undefined || before === undefined || lastSeenBy(view, before, actor) === 0)
    throw new Problem('not-found')
  precondition(view.entryCount)
  if (view.entryCount >= limits.waybillEntries) throw new Problem('limit-reached')
  const about = { negotiable: view.negotiable, carrier: view.carrier, shipper: before.shipper.id }
  const standing = standingsOf(about, view.entries).at(-1) ?? drawnUp(about)
  const next = after(standing, { action, actor, recipient })
  if ('refused' in next) throw new Problem('waybill-action-refused', { detail: next.refused })
  if (recipient !== undefined && !(await isFirm(client, recipient)))
    throw new Problem('body-invalid', { errors: [noSuchFirm] })
  if (document !== undefined) assertAmendment(rules, before, document, now)
  const { version } = next.standing
  const written = document === undefined ? undefined : versionOf(document, version)
  const documentSha256 = written?.sha256 ?? view.versions.at(-1)?.sha256 ?? ''
  // Never before what was done before, whichever process did it.
  const at = new Date(Math.max(now.getTime(), ...view.entries.map((entry) => Date.parse(entry.at)))).toISOString()
  const entry = chained(view.head, number, {
    entry: view.entryCount + 1,
    version,
    action,
    actor,
    recipient,
    note,
    at,
    documentSha256,
  })
  if (written !== undefined) await keepWaybillVersion(client, number, written, now)
  const parties = [...partiesOf(view.carrier, document ?? before), ...(recipient === undefined ? [] : [recipient])]
  await keepEntry(client, number, entry, parties)
  await moveWaybill(client, number, next.standing, entry, now)
}

/** What a document says now. */
export function documentOf({ versions }: Pick<WaybillView, 'versions'>): Waybill | undefined {
  const last = versions.at(-1)
  return last === undefined ? undefined : (JSON.parse(last.document) as Waybill)
}

const chained = (previous: string, number: string, entry: Omit<Entry, 'hash'>): Entry => ({
  ...entry,
  hash: entryHash(previous, number, entry),
})

function versionOf(document: Waybill, version: number): WaybillVersionRow {
  const text = JSON.stringify(document)
  return { version, document: text, sha256: sha256(text) }
}

/** Who has to do with a document by what it says; whom a document of title is for, says its chain. */
const partiesOf = (carrier: string, { shipper, consignee, negotiable }: Waybill): string[] => [
  carrier,
  shipper.id,
  ...(negotiable || consignee?.id === undefined ? [] : [consignee.id]),
]

const noSuchFirm = issue('/recipient', 'recipient-unknown', {
  en: 'No firm of this code has a key here: the document would be lost',
  zh: '该代码的企业未在本平台开户，单证将无人可持有',
})

/** @throws {Problem} body-invalid */
function assertForm(rules: Rules, { form, negotiable }: Waybill, now: Date): void {
  const row = rules.rowsAt(waybillForms, now.getTime()).find((one) => one.form === form)
  const wrong =
    row === undefined
      ? issue('/form', 'unknown-code', {
          en: `"${form}" is not in waybill-forms`,
          zh: `“${form}”不在规则表 waybill-forms 中`,
        })
      : negotiable && !row.negotiable
        ? issue('/negotiable', 'no-document-of-title', row.because)
        : undefined
  if (wrong !== undefined) throw new Problem('body-invalid', { errors: [wrong] })
}

/** An amendment stays a document of the same kind for the same shipper. @throws {Problem} body-invalid */
function assertAmendment(rules: Rules, before: Waybill, document: Waybill, now: Date): void {
  const fixed = {
    en: 'An amendment leaves this as it is: draw up another document',
    zh: '更改不得变动此项，应另行制单',
  }
  const errors = [
    ...(before.form === document.form ? [] : [issue('/document/form', 'field-fixed', fixed)]),
    ...(before.negotiable === document.negotiable ? [] : [issue('/document/negotiable', 'field-fixed', fixed)]),
    ...(before.shipper.id === document.shipper.id ? [] : [issue('/document/shipper/id', 'field-fixed', fixed)]),
  ]
  if (errors.length > 0) throw new Problem('body-invalid', { errors })
  assertForm(rules, document, now)
}
