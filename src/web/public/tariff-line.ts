import { Big } from 'big.js'
import { html } from 'hono/html'
import type { CodeItem, CodeValue } from '../../../schemas/codes/index.ts'
import type { Html } from '../layout.ts'
import { fact } from '../pieces.ts'
import type { CodeDesk } from './codes.ts'

const textOf = (value: CodeValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

/** A line of the tariff 税则号列: what a commodity code is counted in, costs, needs, and what is to be declared of it. */
export async function tariffLinePage(desk: CodeDesk, code: string): Promise<Response> {
  const { api, t } = desk
  const read = async (list: string, one: string): Promise<CodeItem | undefined> => {
    const answered = await api.get<CodeItem>(`/v1/codes/${list}/${encodeURIComponent(one)}`)
    return answered.ok ? answered.body : undefined
  }
  const [line, elements] = await Promise.all([
    api.get<CodeItem>(`/v1/codes/tariff/${encodeURIComponent(code)}`),
    read('declaration-elements', code),
  ])
  if (!line.ok) return desk.refuse(line)
  const item = line.body
  const units = [textOf(item['unit1']), textOf(item['unit2'])].filter((unit) => unit !== undefined)
  const letters = (textOf(item['supervision']) ?? '').split('')
  const [named, conditions] = await Promise.all([
    Promise.all(units.map((unit) => read('units', unit))),
    Promise.all(letters.map((letter) => read('certificate-types', letter))),
  ])
  const title = `${item.code} ${item.zh ?? ''}`
  const asked = elements?.['elements']
  const content = html`<p class="crumbs"><a href="/codes">${t('title')}</a> › <a href="/codes/tariff">${t('tariffLine')}</a></p>
<h1>${item.code} <small>${item.zh ?? ''}</small></h1><p class="notice">${t('notLaw')}</p>
<div class="cards"><article><h2>${t('rates')}</h2><dl class="facts">${ratesOf(desk, item)}</dl></article>
<article><h2>${t('units')}</h2><ul>${units.map((unit, at) => html`<li><code>${unit}</code> ${named[at]?.zh ?? ''}</li>`)}</ul>
<h2>${t('supervision')}</h2>${letters.length === 0 ? html`<p>${t('noSupervision')}</p>` : html`<ul>${letters.map((letter, at) => html`<li><code>${letter}</code> ${conditions[at]?.zh ?? ''}</li>`)}</ul>`}</article>
<article><h2>${t('elements')}</h2>${Array.isArray(asked) && asked.length > 0 ? html`<ol>${asked.map((element) => html`<li>${element}</li>`)}</ol>` : html`<p>${t('noElements')}</p>`}</article></div>
${item['note'] === undefined ? '' : html`<p>${t('remark')}: ${textOf(item['note'])}</p>`}
<p class="on-screen"><a href="/v1/codes/tariff/${encodeURIComponent(item.code)}">JSON</a> · <a href="/fees/quote">${t('quoteFees')}</a></p>`
  return desk.show({ title }, content)
}

/** Rates are decimal fractions: `0.13` is 13 %. */
function ratesOf({ t }: CodeDesk, item: CodeItem): Html[] {
  const rates = [
    ['mfn', 'mfnRate'],
    ['general', 'generalRate'],
    ['vat', 'vatRate'],
    ['consumption', 'consumptionRate'],
    ['export', 'exportRate'],
  ] as const
  return rates.map(([name, column]) => {
    const rate = textOf(item[column])
    return html`${fact(t(name), rate === undefined ? undefined : html`<span class="number">${percentOf(rate)}</span>`)}`
  })
}

/** A fraction as per cent. */
const percentOf = (rate: string): string => `${new Big(rate).times(100).toString()} %`
