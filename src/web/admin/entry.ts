import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { Entry, EntryType, Fee } from '../../../schemas/fees/entries.ts'
import { differencesOf } from '../../fees/difference.ts'
import type { Env } from '../../services.ts'
import { problemOver } from '../desk.ts'
import { differenceTable } from '../fees/differences.ts'
import { areaField, given, lineField, readForm, unseen, wrongAt } from '../form.ts'
import type { Html } from '../layout.ts'
import { atPort } from '../pieces.ts'
import { say, words } from '../words.ts'
import { checksOfEntry } from './checks.ts'
import { type Desk, deskOf, draftPath } from './desk.ts'
import {
  type Changed,
  type Content,
  carried,
  changeEntry,
  type EntryPlace,
  type EntryRead,
  entryApi,
  fromCarried,
  readChecks,
  readEntry,
  typeNamed,
} from './entry-read.ts'
import { type FeeFormView, feeForm, type Named } from './fee-form.ts'
import { type FeeValues, feeFrom, valuesFrom, valuesOf, type Wrong, wrongOf } from './fee-values.ts'
import { feeFormWords } from './fee-words.ts'
import { namedEntries, nameIn } from './named.ts'
import { typeNames } from './words.ts'

/** What a form of an entry is shown with. */
interface View {
  readonly place: Omit<EntryPlace, 'id'>
  /** Undefined: a new one. */
  readonly id: string | undefined
  /** What the editor saw. */
  readonly was: Content | undefined
  readonly status?: number
  readonly box?: Html | ''
  readonly isTakenOut?: boolean
  /** Why it is to be taken out, as it was written. */
  readonly reason?: string
  readonly fields: Html
}

/** Entries of a draft 条目: a form for each, with everything that was written kept until it is saved. */
export function entryPages(pages: Hono<Env>, app: Hono<Env>): void {
  const at = '/admin/fees/drafts/:id/entries/:type'

  pages.get(at, async (context) => {
    const desk = deskOf(app, context)
    const place = { draft: context.req.param('id'), type: typeNamed(context.req.param('type')) }
    return entryPage(desk, { place, id: undefined, was: undefined, fields: await emptyFields(desk, place.type) })
  })

  pages.get(`${at}/:entry`, async (context) => {
    const desk = deskOf(app, context)
    const { id: draft, type, entry: id } = context.req.param()
    const place = { draft, type: typeNamed(type), id }
    const [read, checks] = await Promise.all([readEntry(desk, place), readChecks(desk, place)])
    if ('problem' in read) return desk.refuse(read)
    const { content, isTakenOut } = read
    const errors = checks.filter(({ severity }) => severity === 'error')
    const prefixed = checks.map((one) => ({ ...one, pointer: `/${place.type}/${id}${one.pointer}` }))
    return entryPage(desk, {
      place,
      id,
      was: content,
      isTakenOut,
      box: checksOfEntry(desk, prefixed, place.type, id),
      fields:
        content === undefined
          ? await emptyFields(desk, place.type, id)
          : place.type === 'fee'
            ? await feeFields(desk, valuesOf(id, content as Fee, desk.language), wrongOf(errors, desk.language), false)
            : contentFields(desk, id, JSON.stringify(content, undefined, 2), false),
    })
  })

  pages.post(`${at}/:entry?`, async (context) => {
    const desk = deskOf(app, context)
    const { id: draft, type: named, entry } = context.req.param()
    const type = typeNamed(named)
    const form = await readForm(context)
    const id = entry ?? given(form, 'id').trim()
    const was = entry === undefined ? undefined : fromCarried(given(form, 'was'), type)
    const place = { draft, type, id }
    const again = async (more: Pick<View, 'status' | 'box'>, wrong: Wrong = new Map(), seen = was) =>
      entryPage(desk, {
        place,
        id: entry,
        was: seen,
        fields: await filledFields(desk, type, form, wrong, entry),
        ...more,
      })
    if (form.has('more')) return again({})
    const read = type === 'fee' ? feeFrom(valuesFrom(form), desk.language) : { content: given(form, 'content') }
    if ('wrong' in read) return again({ status: 422, box: unsaved(desk) }, read.wrong)
    const body = 'fee' in read ? JSON.stringify(read.fee) : read.content
    const changed = await changeEntry(desk, place, was, (etag) =>
      desk.api.send('PUT', entryApi(place), body, { 'if-match': etag, 'content-type': 'application/json' }),
    )
    if ('done' in changed) return context.redirect(`${draftPath(draft)}#${type}.${id}`, 303)
    if ('refused' in changed) {
      const { refused } = changed
      return again(
        { status: refused.status, box: problemOver(desk, refused) },
        type === 'fee'
          ? wrongOf(refused.problem.errors ?? [], desk.language)
          : new Map([['id', wrongAt(refused.problem.errors, '/entryId', desk.language)]]),
      )
    }
    if (entry === undefined) {
      const taken = html`${desk.t('idTaken')} <a href="${draftPath(draft, 'entries', type, id)}" target="_blank" rel="noopener">${id}</a>`
      return again({ status: 409, box: html`${unsaved(desk)}<p>${taken}</p>` }, new Map([['id', [desk.t('idTaken')]]]))
    }
    return again({ status: 412, box: meanwhileBox(desk, place, was, changed) }, undefined, changed.meanwhile.content)
  })

  pages.post(`${at}/:entry/take-out`, async (context) => {
    const desk = deskOf(app, context)
    const { id: draft, type, entry: id } = context.req.param()
    const place = { draft, type: typeNamed(type), id }
    const form = await readForm(context)
    const was = fromCarried(given(form, 'was'), place.type)
    const reason = given(form, 'reason').trim()
    const path = `${entryApi(place)}${reason === '' ? '' : `?${new URLSearchParams({ reason }).toString()}`}`
    const changed = await changeEntry(desk, place, was, (etag) =>
      desk.api.send('DELETE', path, undefined, { 'if-match': etag }),
    )
    if ('done' in changed) return context.redirect(draftPath(draft), 303)
    const now = 'meanwhile' in changed ? changed.meanwhile.content : was
    return entryPage(desk, {
      place,
      id,
      was: now,
      reason,
      status: 'refused' in changed ? changed.refused.status : 412,
      box: 'refused' in changed ? problemOver(desk, changed.refused) : meanwhileBox(desk, place, was, changed),
      fields:
        now === undefined
          ? await emptyFields(desk, place.type, id)
          : place.type === 'fee'
            ? await feeFields(desk, valuesOf(id, now as Fee, desk.language), new Map(), false)
            : contentFields(desk, id, JSON.stringify(now, undefined, 2), false),
    })
  })
}

function entryPage(desk: Desk, view: View): Promise<Response> {
  const { t, language } = desk
  const { place, id, was } = view
  const { draft, type } = place
  const path = draftPath(draft, 'entries', type, ...(id === undefined ? [] : [id]))
  const title = `${say(language, typeNames[type])}: ${nameIn(was)?.[language] ?? id ?? t('newEntry')}`
  const save = html`<button type="submit">${t('save')}</button>`
  return desk.show(
    { title, status: view.status ?? 200 },
    html`<p class="crumbs"><a href="${draftPath(draft)}">${t('back')}</a></p><h1>${title}</h1>
${view.box ?? ''}${view.isTakenOut === true ? html`<p class="notice">${t('takenOut')}</p>` : ''}
<form method="post" action="${path}" class="entry" novalidate>${unseen('was', carried(was))}
<p class="actions">${save} <a href="${draftPath(draft)}">${t('back')}</a></p>${view.fields}<p class="actions">${save}</p></form>
${
  was === undefined || id === undefined
    ? ''
    : html`<details class="step"${view.reason === undefined ? '' : html` open`}><summary>${t('takeOut')}</summary><form method="post" action="${path}/take-out">${unseen('was', carried(was))}
${areaField({ name: 'reason', label: t('takeOutWhy'), value: view.reason ?? '', max: 2_000 })}<button type="submit" class="contrast">${t('takeOut')}</button></form></details>`
}`,
  )
}

/** What somebody else did to it since. */
function meanwhileBox(desk: Desk, { type, id }: EntryPlace, was: Content | undefined, changed: Changed): Html {
  const { t, language } = desk
  const now: EntryRead | undefined = 'meanwhile' in changed ? changed.meanwhile : undefined
  const entryOf = (content: Content | undefined) => content && ({ type, id, content } as unknown as Entry)
  return html`<section class="problem" role="alert"><h2>${t('meanwhile')}</h2><p>${t('meanwhileWhy')}</p>
${now?.by === undefined ? '' : html`<p>${t('by')} ${now.by}, ${now.at === undefined ? '' : atPort(now.at)}</p>`}
${now?.isTakenOut === true ? html`<p>${t('takenOut')}</p>` : differenceTable(language, differencesOf(entryOf(was), entryOf(now?.content)))}</section>`
}

const unsaved = ({ language }: Desk): Html =>
  html`<section class="problem" role="alert"><h2>${say(language, words.notSaved)}</h2><p>${say(language, feeFormWords.kept)}</p></section>`

const emptyFields = async (desk: Desk, type: EntryType, id = ''): Promise<Html> =>
  type === 'fee'
    ? feeFields(
        desk,
        { own: { id, price: 'rates', evidence: 'source' }, payers: [], rates: [], exemptions: [] },
        new Map(),
        id === '',
      )
    : contentFields(desk, id, '', id === '')

/** The fields as they were filled in. */
const filledFields = (desk: Desk, type: EntryType, form: URLSearchParams, wrong: Wrong, entry?: string) =>
  type === 'fee'
    ? feeFields(desk, valuesFrom(form), wrong, entry === undefined, given(form, 'more'))
    : contentFields(desk, given(form, 'id'), given(form, 'content'), entry === undefined, wrong)

const spare = { rates: 4, exemptions: 3 } as const

async function feeFields(desk: Desk, values: FeeValues, wrong: Wrong, isNew: boolean, more = ''): Promise<Html> {
  const [payees, ports, bases] = await Promise.all(
    (['payee', 'port', 'basis'] as const).map((type): Promise<Named[]> => namedEntries(desk, type)),
  )
  const view: FeeFormView = {
    values,
    wrong,
    isNew,
    spare: { rates: more === 'rates' ? spare.rates : 1, exemptions: more === 'exemptions' ? spare.exemptions : 1 },
    payees: payees ?? [],
    ports: ports ?? [],
    bases: bases ?? [],
  }
  return feeForm(desk.language, view)
}

const contentFields = ({ t }: Desk, id: string, content: string, isNew: boolean, wrong: Wrong = new Map()): Html =>
  html`${isNew ? lineField({ name: 'id', label: t('entryId'), value: id, max: 80, errors: wrong.get('id') }) : ''}
${areaField({ name: 'content', label: t('content'), value: content, help: t('contentHelp') }, 24)}`
