import { html } from 'hono/html'
import { measureNames, type StartKind, type StatisticsAnswer } from '../../../schemas/statistics.ts'
import type { Language } from '../../problem.ts'
import type { Html } from '../layout.ts'
import { atPort, scrolling } from '../pieces.ts'
import { say } from '../words.ts'
import { evidenceNames, startNames, statisticsWords } from './words.ts'

/** What figures are held against. */
export function targetsBox(language: Language, { targets }: StatisticsAnswer): Html | '' {
  if (targets.length === 0) return ''
  return html`<section aria-labelledby="targets"><h2 id="targets">${say(language, statisticsWords.targets)}</h2>
<p class="note">${say(language, statisticsWords.targetsWhy)}</p>
<ul>${targets.map(({ said, source }) => html`<li>${say(language, said)} <small>${say(language, statisticsWords.source)}: ${source}</small></li>`)}</ul></section>`
}

/** How it is counted, what is left out, and on what terms it may be used. */
export function methodBox(language: Language, { definitions, suppression, notes, licence }: StatisticsAnswer): Html {
  const t = statisticsWords
  const rest = (rule: {
    validFrom: string
    source: string
    evidence: keyof typeof evidenceNames
    note?: string | undefined
  }) =>
    html`<p class="note"><time datetime="${rule.validFrom}">${rule.validFrom}</time> ${say(language, t.since)} · ${say(language, evidenceNames[rule.evidence])} · ${say(language, t.source)}: ${rule.source}${rule.note === undefined ? '' : html`<br>${rule.note}`}</p>`
  return html`<section aria-labelledby="method"><h2 id="method">${say(language, t.method)}</h2>
<ul>${(definitions?.rows ?? []).map(({ said }) => html`<li>${say(language, said)}</li>`)}${notes.map((note) => html`<li>${say(language, note)}</li>`)}</ul>
${definitions === undefined ? '' : rest(definitions)}
${
  suppression === undefined
    ? ''
    : html`<h3>${say(language, t.small)}</h3><p>${t.smallRule[language](suppression.minimumDeclarations, suppression.minimumFirms, suppression.mostSharePercent)}</p>${rest(suppression)}`
}
<h3>${say(language, t.licence)}</h3><p>${say(language, licence.name)} (${licence.id}) · ${say(language, licence.attribution)}</p></section>`
}

/** The months that are out, what each covers, and its download. */
export function monthsBox(language: Language, { months }: StatisticsAnswer): Html | '' {
  const t = statisticsWords
  if (months.length === 0) return ''
  const label = say(language, t.months)
  const heads = [t.month, t.publishedAt, t.coverage, t.withheld, t.download]
  return html`<section aria-labelledby="months"><h2 id="months">${label}</h2>${scrolling(
    label,
    html`<table class="figures"><thead><tr>${heads.map((head) => html`<th scope="col">${say(language, head)}</th>`)}</tr></thead>
<tbody>${months.toReversed().map(
      ({ month, publishedAt, covered, links }) =>
        html`<tr><th scope="row">${month}</th><td><time datetime="${publishedAt}">${atPort(publishedAt)}</time></td>
<td class="words">${covered
          .filter(({ measure, declarations }) => measure === 'overall' && declarations > 0)
          .map(
            ({ measure, declarations, starts }) =>
              html`${say(language, measureNames[measure])}: ${declarations} (${Object.entries(starts)
                .map(([start, percent]) => `${say(language, startNames[start as StartKind])} ${percent} %`)
                .join(', ')})`,
          )}</td>
<td>${say(language, covered.some(({ withheld }) => withheld) ? t.yes : t.no)}</td><td><a href="${links.csv}">CSV</a></td></tr>`,
    )}</tbody></table>`,
  )}</section>`
}
