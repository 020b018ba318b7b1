import { html } from 'hono/html'
import { levelNames, levels } from '../../../schemas/fees/assessment.ts'
import type { AssessmentAnswer } from '../../../schemas/fees/assessment-answers.ts'
import { kindName } from '../../fees/assessment/names.ts'
import type { Language } from '../../problem.ts'
import type { Html } from '../layout.ts'
import { colon, say } from '../words.ts'
import { assessmentWords } from './assessment-words.ts'
import { between } from './money.ts'

type Report = NonNullable<AssessmentAnswer['report']>

/** The charts of a round 图表, each with what it shows in words; those of single kinds of fees folded away. */
export function chartBox(language: Language, round: AssessmentAnswer, report: Report): Html | '' {
  const t = (name: keyof typeof assessmentWords) => say(language, assessmentWords[name])
  const charts = (round.links.charts ?? []).map((path) => {
    const name = path.replace(/^.*\/|\.svg$/g, '')
    return { path, kind: /^prices-(.*)$/.exec(name)?.[1], alt: altOf(language, name, round, report) }
  })
  if (charts.length === 0) return ''
  const picture = ({ path, alt }: (typeof charts)[number]) =>
    html`<figure class="chart" tabindex="0" role="region" aria-label="${alt.title}"><a href="${path}?language=${language}"><img src="${path}?language=${language}" alt="${alt.title}${colon(language)}${alt.data}" loading="lazy"></a></figure>`
  const byKind = charts.filter(({ kind }) => kind !== undefined)
  return html`<section aria-labelledby="charts"><h2 id="charts">${t('charts')}</h2>${charts.filter(({ kind }) => kind === undefined).map(picture)}
${byKind.length === 0 ? '' : html`<details class="more"><summary>${t('chartOf')} (${byKind.length})</summary>${byKind.map(picture)}</details>`}</section>`
}

/** What a chart shows, to who cannot see it. */
function altOf(
  language: Language,
  name: string,
  { findings }: AssessmentAnswer,
  { payees, costs, comparisons }: Report,
): { title: string; data: string } {
  const zh = language === 'zh'
  const [semicolon, comma] = zh ? ['；', '，'] : ['; ', ', ']
  const mark = colon(language)
  const list = (parts: readonly string[]) => parts.join(semicolon)
  if (name === 'levels') {
    const counted = payees.flatMap(({ payee, name: called }) => {
      const own = findings.filter((one) => one.payee === payee).map(({ decided, level }) => decided ?? level)
      const counts = levels.filter((level) => own.includes(level))
      const said = counts.map(
        (level) => `${say(language, levelNames[level])} ${own.filter((one) => one === level).length}`,
      )
      return own.length === 0 ? [] : [`${say(language, called)}${mark}${said.join(comma)}`]
    })
    return { title: zh ? '各收费主体的评估意见数' : 'Findings of each payee by level', data: list(counted) }
  }
  if (name === 'compliance-cost')
    return {
      title: zh ? '标准货样历轮合规成本（元）' : 'What standard consignments cost, round by round (CNY)',
      data: list(costs.map((one) => `${say(language, one.name)}${mark}${between(language, one.total)}`)),
    }
  const kind = /^prices-(.*)$/.exec(name)?.[1]
  const rows = comparisons.filter((one) => kind === undefined || one.kind === kind)
  const above = rows.filter(({ ratio }) => ratio !== undefined && Number(ratio) > 1).length
  const below = rows.filter(({ ratio }) => ratio !== undefined && Number(ratio) < 1).length
  const about = kind === undefined ? '' : `${say(language, kindName(kind))}${mark}`
  return {
    title: zh ? `${about}价格与外港中位数比较` : `${about}prices against the median of other ports`,
    data: zh
      ? `共${rows.length}项价格，高于中位数${above}项，低于${below}项，持平${rows.length - above - below}项`
      : `${rows.length} prices, ${above} above the median, ${below} below, ${rows.length - above - below} equal to it`,
  }
}
