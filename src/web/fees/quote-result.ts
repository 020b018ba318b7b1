import { html } from 'hono/html'
import type { Quote, QuoteLine } from '../../../schemas/fees/quote.ts'
import type { Language } from '../../problem.ts'
import type { Html } from '../layout.ts'
import { scrolling } from '../pieces.ts'
import { colon, say } from '../words.ts'
import { between } from './money.ts'
import { quoteWords } from './quote-words.ts'
import { shipmentInWords } from './shipment-place.ts'
import { feeWords, natureNames } from './words.ts'

/** What a consignment comes to 测算结果. @param billPath where a bill for the same consignment is checked */
export function quoteBox(
  language: Language,
  quote: Quote,
  ports: readonly { value: string; name: string }[],
  billPath: string,
): Html {
  const t = (name: keyof typeof quoteWords) => say(language, quoteWords[name])
  const { day, edition, lines, possible, exempt, uncertain } = quote
  const isContested = [...lines, ...possible].some(({ group }) => group !== undefined)
  return html`<section><h2 id="result">${t('result')}</h2>
<ul class="tags" aria-label="${t('asked')}">${shipmentInWords(language, quote.shipment, ports).map((one) => html`<li>${one}</li>`)}<li class="on-screen"><a href="#question">${t('change')}</a></li></ul>
<p class="note">${say(language, feeWords.heldOn)} <time datetime="${day}">${day}</time> · <a href="/fees/editions/${edition}">${say(language, feeWords.edition)} ${edition}</a> · ${t('currency')} · <a href="${billPath}">${t('checkBill')}</a></p>
<dl class="sums">${sum('total', true)}${sum('government')}${sum('market')}</dl>
${uncertain.length === 0 ? '' : html`<div class="notice"><h3>${t('uncertain')}</h3><ul>${uncertain.map((one) => html`<li>${say(language, one)}</li>`)}</ul></div>`}
<h3>${t('lines')} (${lines.length})</h3>
${lines.length === 0 ? html`<p>${t('nothing')}</p>` : lineTable(language, lines, t('lines'))}
${isContested ? html`<p class="note">${t('oneOfWhy')}</p>` : ''}
${possible.length === 0 ? '' : html`<details class="more"><summary>${t('possible')} (${possible.length})</summary>${lineTable(language, possible, t('possible'))}</details>`}
${exempt.length === 0 ? '' : html`<details class="more"><summary>${t('exempt')} (${exempt.length})</summary>${exemptTable(language, exempt)}</details>`}
</section>`

  function sum(name: 'total' | 'government' | 'market', isMain = false): Html {
    return html`<div${isMain ? html` class="main"` : ''}><dt>${t(name)}</dt><dd>${between(language, quote[name])}</dd></div>`
  }
}

function lineTable(language: Language, lines: readonly QuoteLine[], label: string): Html {
  const t = (name: keyof typeof quoteWords) => say(language, quoteWords[name])
  const heads = { payee: say(language, feeWords.payee), how: t('how'), amount: t('amount') }
  const how = ({ applications, uncertain }: QuoteLine): Html =>
    html`${applications.map(({ to, steps, provided }) => html`<div>${say(language, to)}${colon(language)}${say(language, steps)}${provided === undefined ? '' : html` <small>(${t('provided')} ${say(language, provided)})</small>`}</div>`)}${uncertain.map((doubt) => html`<div class="doubt">${say(language, doubt)}</div>`)}`
  return scrolling(
    label,
    html`<table class="stack quoted"><thead><tr><th scope="col">${say(language, feeWords.item)}</th><th scope="col">${heads.payee}</th><th scope="col">${heads.how}</th><th scope="col" class="number">${heads.amount}</th></tr></thead>
<tbody>${lines.map(
      (
        one,
      ) => html`<tr><th scope="row"><a href="/fees/items/${one.fee}">${say(language, one.name)}</a>${one.group === undefined ? '' : html` <span class="tag">${t('oneOf')}</span>`}
<small>${natureNames[one.nature][language]} · ${say(language, one.because)}</small></th>
<td data-label="${heads.payee}">${say(language, one.payeeName)}</td><td data-label="${heads.how}"><div>${how(one)}</div></td>
<td class="number" data-label="${heads.amount}">${between(language, one)}</td></tr>`,
    )}</tbody></table>`,
  )
}

function exemptTable(language: Language, exempt: Quote['exempt']): Html {
  const t = (name: keyof typeof quoteWords) => say(language, quoteWords[name])
  return scrolling(
    t('exempt'),
    html`<table class="stack"><thead><tr><th scope="col">${say(language, feeWords.item)}</th><th scope="col">${t('why')}</th></tr></thead>
<tbody>${exempt.map(
      ({ fee, name, because }) =>
        html`<tr><th scope="row"><a href="/fees/items/${fee}">${say(language, name)}</a></th><td data-label="${t('why')}">${say(language, because)}</td></tr>`,
    )}</tbody></table>`,
  )
}
