import { html } from 'hono/html'
import type * as z from 'zod'
import type { feeReadAnswer } from '../../../schemas/fees/answers.ts'
import type { AssessmentAnswer } from '../../../schemas/fees/assessment-answers.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import type { Api } from '../api.ts'
import type { Html } from '../layout.ts'
import { scrolling } from '../pieces.ts'
import { say } from '../words.ts'
import { assessmentWords } from './assessment-words.ts'
import { yuan } from './money.ts'

type Report = NonNullable<AssessmentAnswer['report']>
/** A price that moved, or a fee that came or went. */
interface Row {
  readonly what: 'raised' | 'lowered' | 'new' | 'ended' | 'reshaped'
  readonly fee: string
  readonly thing?: string
  readonly before?: string | undefined
  readonly now?: string | undefined
  readonly percent?: string | undefined
}

/** What moved since the round before 较上轮变动. */
export async function movementBox(
  api: Api,
  language: Language,
  { movement, edition, previous }: Report,
): Promise<Html> {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const moved = (what: 'raised' | 'lowered' | 'reshaped'): Row[] =>
    movement[what].map(({ thing, ...rest }) => ({ what, ...rest, thing: thing[language] }))
  const rows: Row[] = [
    ...moved('raised'),
    ...moved('lowered'),
    ...moved('reshaped'),
    ...movement.new.map((fee): Row => ({ what: 'new', fee })),
    ...movement.ended.map((fee): Row => ({ what: 'ended', fee })),
  ]
  const head = html`<h2 id="movement">${t('movement')}</h2>`
  if (previous === undefined || rows.length === 0)
    return html`<section>${head}<p>${previous === undefined ? t('noPrevious') : t('noMovement')}</p></section>`
  const names = await feeNames(api, language, rows, { now: edition.number, before: previous.edition })
  const money = (amount: string | undefined) => (amount === undefined ? '' : yuan(amount))
  const heads = (['fee', 'thing'] as const).map((name) => html`<th scope="col">${t(name)}</th>`)
  const numbers = (['was', 'now', 'change'] as const).map(
    (name) => html`<th scope="col" class="number">${t(name)}</th>`,
  )
  return html`<section>${head}${scrolling(
    t('movement'),
    html`<table class="stack"><thead><tr>${heads}${numbers}</tr></thead><tbody>${rows.map(
      ({ what, fee, thing, before, now, percent }) =>
        html`<tr><th scope="row"><a href="/fees/items/${fee}">${names.get(fee) ?? fee}</a> <span class="tag move-${what}">${t(what)}</span></th><td data-label="${t('thing')}">${thing ?? ''}</td>
<td class="number" data-label="${t('was')}">${money(before)}</td><td class="number" data-label="${t('now')}">${money(now)}</td><td class="number ${what === 'raised' ? 'above' : what === 'lowered' ? 'below' : ''}" data-label="${t('change')}">${percent === undefined ? '' : `${percent}%`}</td></tr>`,
    )}</tbody></table>`,
  )}</section>`
}

/** How fees were called in their editions; as many as one page may ask for. */
async function feeNames(
  api: Api,
  language: Language,
  rows: readonly Row[],
  editions: { readonly now: number; readonly before: number },
): Promise<ReadonlyMap<string, string>> {
  const asked = new Map(rows.map(({ fee, what }) => [fee, what === 'ended' ? editions.before : editions.now]))
  const found = await Promise.all(
    [...asked].slice(0, limits.namesAsked).map(async ([fee, edition]) => {
      const read = await api.get<z.infer<typeof feeReadAnswer>>(
        `/v1/fee-editions/${edition}/fees/${encodeURIComponent(fee)}`,
      )
      return read.ok ? [[fee, say(language, read.body.fee.name)] as const] : []
    }),
  )
  return new Map(found.flat())
}
