import { html } from 'hono/html'
import type { Adapters } from '../../filing/plan.ts'
import { lineField, wrongAt } from '../form.ts'
import { icon } from '../icons.ts'
import type { Html } from '../layout.ts'
import { scrolling } from '../pieces.ts'
import { type JsonSchema, ownNaming, schemaFields } from '../schema-form/index.ts'
import { colon, say } from '../words.ts'
import { agencyNames, askedFor, type Check, type Desk, draftPath, type Looked } from './desk.ts'
import { read } from './document.ts'
import { fieldName } from './field-name.ts'
import { stepOfPlace } from './frame.ts'
import { particularsSchema } from './particulars.ts'
import { shownValue } from './saving.ts'
import { placeOf, type StepId, steps } from './steps.ts'

/** The button that hands a draft in, as what becomes of it. It can be pressed with issues open: then it says them once more. */
export function handInButton({ t }: Desk, { draft, check }: Looked): Html {
  const words = {
    correction: t('handInCorrection'),
    amendment: t('handInAmendment'),
    declaration: t('handIn'),
  } as const
  return html`<button type="submit" name="go" value="hand-in"${check.acceptable ? '' : html` class="secondary"`}>${icon('paper-airplane')} ${words[draft.basis?.purpose ?? 'declaration']}</button>`
}

/** Everything that is wrong or missing, by step, each with the way to its field. */
export function whatIsWrong(desk: Desk, adapters: Adapters, { draft, check }: Looked): Html {
  const { t, language } = desk
  const { errors, warnings } = check
  const agencies = agencyNames(adapters, errors)
  const byStep = Map.groupBy(errors, ({ pointer }) => stepOfPlace(placeOf(pointer)))
  const order = Object.keys(steps) as StepId[]
  const said = (found: Check['errors'][number]) => {
    const { agency, detail, detailZh } = askedFor(found)
    const asks =
      agency === undefined ? '' : `${say(language, agencies[agency] ?? { en: agency, zh: agency })}${colon(language)}`
    return `${asks}${language === 'zh' ? detailZh : detail}`
  }
  const line = (found: Check['errors'][number]) => {
    const { pointer, code } = found
    const place = placeOf(pointer)
    const isReason = pointer === '/reason'
    const name = isReason ? t('reason') : fieldName(language, pointer)
    return html`<li>${isReason ? html`<a href="#reason">${name}</a>` : place === 'check' ? name : html`<a href="${draftPath(draft.id, place)}?show=all#${pointer}">${name}</a>`} <span class="wrong">${said(found)}</span>${
      code === 'unknown-field'
        ? html` <button type="submit" class="quiet secondary" name="drop" value="${pointer}">${t('dropField')}</button>`
        : ''
    }</li>`
  }
  return html`${movedBox(desk, check)}${
    errors.length === 0
      ? html`<p class="good">${icon('check-circle')} ${t('allRight')}</p>`
      : html`<section class="issues" id="issues"><h3>${t('toMend')} (${errors.length})</h3>${order
          .filter((id) => byStep.has(id))
          .map(
            (id) => html`<h4>${say(language, steps[id].name)}</h4><ul>${(byStep.get(id) ?? []).map(line)}</ul>`,
          )}</section>`
  }${
    warnings.length === 0
      ? ''
      : html`<section class="notice"><h3>${t('warnings')}</h3><ul>${warnings.map((one) => html`<li>${language === 'zh' ? one.detailZh : one.detail}</li>`)}</ul></section>`
  }`
}

/** The declaration has moved on since the draft was begun: what changed, and how to go on. */
function movedBox({ t, language }: Desk, { moved }: Check): Html | '' {
  if (moved === undefined) return ''
  return html`<section class="problem" role="alert"><h3>${t('moved')}</h3><p>${t('movedHow')}</p>${differencesTable({ t, language }, moved.data, 'adopt')}
<p class="actions"><button type="submit" class="quiet" name="adopt" value="all">${t('adoptAll')}</button>
<button type="submit" class="quiet" name="basedOn" value="${moved.to}">${t('goOnFrom')} ${moved.to}${language === 'zh' ? ' 版' : ''}</button></p></section>`
}

/** @param by name of the button that takes one of them over; absent: they are only shown */
function differencesTable(
  { t, language }: Pick<Desk, 't' | 'language'>,
  differ: NonNullable<Check['differences']>,
  by?: 'adopt',
): Html {
  if (differ.length === 0) return html`<p>${t('noDifferences')}</p>`
  const button = (pointer: string) =>
    by === undefined
      ? ''
      : html`<td><button type="submit" class="quiet" name="${by}" value="${pointer}" aria-label="${t('adopt')} ${fieldName(language, pointer)}">${t('adopt')}</button></td>`
  return scrolling(
    t('differences'),
    html`<table><thead><tr><th scope="col">${t('field')}</th><th scope="col">${t('before')}</th><th scope="col">${t('after')}</th>${by === undefined ? '' : html`<td></td>`}</tr></thead><tbody>${differ
      .slice(0, 200)
      .map(
        ({ pointer, before, after }) =>
          html`<tr><th scope="row">${fieldName(language, pointer)}</th><td>${shownValue(before)}</td><td>${shownValue(after)}</td>${button(pointer)}</tr>`,
      )}</tbody></table>`,
  )
}

/** A filing that brings an amendment to its agency, with what that asks for. */
export interface ChangePart {
  readonly agency: string
  readonly procedure: string
  readonly schema: JsonSchema
  /** Names of its fields begin with this: they are no fields of the declaration. */
  readonly prefix: string
}
export const changeParts = (adapters: Adapters, { change }: Check): ChangePart[] =>
  (change?.filings ?? []).flatMap(({ agency, procedure }) => {
    const schema = particularsSchema(adapters, agency, procedure)
    return schema === undefined ? [] : [{ agency, procedure, schema, prefix: `change:${agency}/${procedure}` }]
  })

/** What is asked of an amendment itself: why, and what its agencies want to know. */
export function changeFields(desk: Desk, adapters: Adapters, { draft, check }: Looked): Html | '' {
  const { t, language } = desk
  const { basis } = draft
  if (basis === undefined) return ''
  const other = basis.purpose === 'correction' ? 'amendment' : 'correction'
  const change = html`<p><button type="submit" class="quiet secondary" name="purpose" value="${other}">${t(other === 'amendment' ? 'toAmendment' : 'toCorrection')}</button></p>`
  if (basis.purpose === 'correction')
    return html`<section><h3>${t('differences')}</h3>${differencesTable(desk, check.differences ?? [])}</section>${change}`
  const parts = changeParts(adapters, check)
  return html`${lineField({
    name: 'reason',
    label: t('reason'),
    value: draft.reason ?? '',
    max: 255,
    required: true,
    errors: wrongAt(check.errors, '/reason', language),
  })}
${
  parts.length === 0
    ? ''
    : html`<section><h3>${t('changeParticulars')}</h3>${parts.map(({ agency, procedure, schema, prefix }) => {
        const needs =
          check.change?.filings.find((one) => one.agency === agency && one.procedure === procedure)?.needs ?? []
        const at = `/particulars/${agency}/${procedure}`
        return html`<fieldset class="group"><legend>${say(language, adapters[agency]?.name ?? { en: agency, zh: agency })}</legend>${schemaFields(
          {
            schema,
            value: read(draft, at),
            errors: needs.map((need) => ({
              pointer: need.pointer.slice(at.length),
              detail: need.detail,
              detailZh: need.detailZh,
            })),
            language,
            prefix,
            naming: ownNaming(language),
          },
        )}</fieldset>`
      })}</section>`
}
<section><h3>${t('differences')}</h3>${differencesTable(desk, check.change?.differences ?? [])}</section>
${check.change === undefined ? '' : concerned(desk, adapters, check.change)}${change}`
}

function concerned({ t, language }: Desk, adapters: Adapters, change: NonNullable<Check['change']>): Html {
  const named = (agency: string, procedure: string) => {
    const its = adapters[agency]
    return `${say(language, its?.name ?? { en: agency, zh: agency })} · ${say(language, its?.procedures[procedure]?.name ?? { en: procedure, zh: procedure })}`
  }
  return html`<section><h3>${t('concerns')}</h3><ul>${change.filings.map(({ agency, procedure }) => html`<li>${named(agency, procedure)}</li>`)}</ul>
${change.unaffected.length === 0 ? '' : html`<details><summary>${t('concernsNot')} (${change.unaffected.length})</summary><ul>${change.unaffected.map(({ agency, procedure, because }) => html`<li>${named(agency, procedure)} <small>${say(language, because)}</small></li>`)}</ul></details>`}</section>`
}

/** What happens once it is handed in: which filings go at once, which wait and for what, and what the port charges. */
export function whatBecomes(desk: Desk, { check }: Looked): Html {
  const { t, language } = desk
  const { filings = [], plan, portFees } = check
  const nameOf = (agency: string, procedure: string) => {
    const entry = plan.find((one) => one.agency === agency && one.procedure === procedure)
    return entry === undefined ? agency : `${say(language, entry.agencyName)} · ${say(language, entry.name)}`
  }
  return html`${
    filings.length === 0
      ? ''
      : html`<section><h3>${t('filings')}</h3><ul>${filings.map(({ agency, procedure, needs = [], waitsFor = [] }) => {
          const state =
            needs.length > 0
              ? html`${t('needs')}${colon(language)}${needs.map(({ detail, detailZh }) => (language === 'zh' ? detailZh : detail)).join(language === 'zh' ? '；' : '; ')}`
              : waitsFor.length > 0
                ? html`${t('waitsFor')} ${waitsFor.map((one) => nameOf(one.agency, one.procedure)).join(language === 'zh' ? '、' : ', ')}`
                : html`${icon('bolt')} ${t('goesAtOnce')}`
          return html`<li><strong>${nameOf(agency, procedure)}</strong> <small>${state}</small></li>`
        })}</ul></section>`
  }${portFees === undefined ? '' : feesOf(desk, portFees)}`
}

function feesOf({ t, language }: Desk, { total, edition, uncertain }: NonNullable<Check['portFees']>): Html {
  const { least, most } = total
  return html`<section id="port-fees"><h3>${t('portFees')}</h3><p><strong>${most === undefined || most === least ? least : `${least} – ${most}`} CNY</strong> <a href="/fees/editions/${edition}">${t('feeList')}</a></p>${
    uncertain.length === 0
      ? ''
      : html`<ul>${uncertain.map((text) => html`<li><small>${say(language, text)}</small></li>`)}</ul>`
  }</section>`
}
