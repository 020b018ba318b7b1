import { html } from 'hono/html'
import { type BillCheckAnswer, type JudgedLine, verdicts } from '../../../schemas/fees/bill.ts'
import type { Language } from '../../problem.ts'
import type { Html } from '../layout.ts'
import { scrolling } from '../pieces.ts'
import { colon, say } from '../words.ts'
import { billWords, verdictNames } from './bill-words.ts'
import { between, yuan } from './money.ts'
import { feeWords } from './words.ts'

/** A bill held against the list 核对结果: what was charged, what should have been, and each line. */
export function judgementBox(language: Language, judged: BillCheckAnswer): Html {
  const t = (name: keyof typeof billWords) => say(language, billWords[name])
  const { edition, day, lines, totals, bill } = judged
  const payee =
    judged.payeeName !== undefined
      ? say(language, judged.payeeName)
      : typeof bill.payee === 'string'
        ? bill.payee
        : bill.payee.name
  const counts = verdicts.filter((verdict) => judged.verdicts[verdict] > 0)
  return html`<section><h2 id="result">${t('result')}</h2>
<p class="note">${t('billNumber')} ${bill.billNumber} · ${bill.issuedOn} · ${payee} · ${say(language, feeWords.heldOn)} <time datetime="${day}">${day}</time> · <a href="/fees/editions/${edition.number}">${say(language, feeWords.edition)} ${edition.number}</a></p>
<dl class="sums"><div><dt>${t('charged')}</dt><dd>${yuan(totals.charged)}</dd></div><div><dt>${t('shouldBe')}</dt><dd>${between(language, totals)}</dd></div>
<div class="main${totals.over === '0.00' ? ' fine' : ' bad'}"><dt>${t('over')}</dt><dd>${yuan(totals.over)}</dd></div></dl>
<ul class="tags">${counts.map((verdict) => html`<li class="verdict-${verdict}"><span class="level">${say(language, verdictNames[verdict])}</span> ${judged.verdicts[verdict]}</li>`)}</ul>
${totals.undecided === '0.00' ? '' : html`<p class="notice">${t('undecided')}${colon(language)}${yuan(totals.undecided)}</p>`}
${totals.difference === undefined ? '' : html`<p class="notice">${t('difference')} ${yuan(totals.difference)}</p>`}
${judgedTable(language, lines, t('result'), totals)}</section>`
}

/** Lines as they were judged, with what they come to where all are there. */
export function judgedTable(
  language: Language,
  lines: readonly JudgedLine[],
  label: string,
  totals?: BillCheckAnswer['totals'],
): Html {
  const t = (name: keyof typeof billWords) => say(language, billWords[name])
  const number = (name: 'charged' | 'shouldBe' | 'over', value: string) =>
    html`<td class="number" data-label="${t(name)}">${value}</td>`
  const heads = (['charged', 'shouldBe', 'over'] as const).map(
    (name) => html`<th scope="col" class="number">${t(name)}</th>`,
  )
  const row = (one: JudgedLine): Html => {
    const { line, description, verdict, charged, least, most, over, because, steps, product } = one
    return html`<tr class="verdict-${verdict}"><th scope="row">${line}. ${description}${matched(language, one)}</th>
<td data-label="${t('verdict')}"><span class="level">${say(language, verdictNames[verdict])}</span></td>${number('charged', yuan(charged))}
${number('shouldBe', least === undefined ? '–' : between(language, { least, most }))}${html`<td class="number${over === '0.00' ? '' : ' above'}" data-label="${t('over')}">${yuan(over)}</td>`}
<td data-label="${t('because')}"><div>${say(language, because)}${product === undefined ? '' : html`<small>${t('product')} ${yuan(product)}</small>`}${steps.map((step) => html`<small>${say(language, step)}</small>`)}</div></td></tr>`
  }
  return scrolling(
    label,
    html`<table class="stack judged"><thead><tr><th scope="col">${t('line')}</th><th scope="col">${t('verdict')}</th>${heads}<th scope="col">${t('because')}</th></tr></thead>
<tbody>${lines.map(row)}</tbody>${
      totals === undefined
        ? ''
        : html`<tfoot><tr><th scope="row" colspan="2">${t('total')}</th>${number('charged', yuan(totals.charged))}${number('shouldBe', between(language, totals))}${number('over', yuan(totals.over))}<td></td></tr></tfoot>`
    }</table>`,
  )
}

/** Which fee of the list a line was taken for. */
function matched(language: Language, { matched: { fee, name, how, score }, description }: JudgedLine): Html | '' {
  if (fee === undefined) return ''
  const called = name === undefined ? fee : say(language, name)
  const word = how === 'similar' ? billWords.similar : billWords.taken
  const sure = how === 'similar' && score !== undefined ? ` (${Math.round(score * 100)} %)` : ''
  return html`<small>${called === description ? html`<a href="/fees/items/${fee}">${say(language, billWords.taken)}</a>` : html`${say(language, word)} <a href="/fees/items/${fee}">${called}</a>${sure}`}</small>`
}
