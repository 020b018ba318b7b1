import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { FeeAnswer, feeReadAnswer, historyAnswer } from '../../../schemas/fees/answers.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { apiOf } from '../api.ts'
import { type Html, render } from '../layout.ts'
import { fact, problemBox } from '../pieces.ts'
import { colon, say } from '../words.ts'
import { differenceTable } from './differences.ts'
import { editionStatusNames, feeWords, natureNames } from './words.ts'

type Read = z.infer<typeof feeReadAnswer>
type History = z.infer<typeof historyAnswer>

/** A fee of the list, or of one edition, and what became of it 收费项目及变更历史. */
export function feeItemPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/fees/items/:id', async (context) => {
    const language = context.get('language')
    const api = apiOf(app, context)
    const id = encodeURIComponent(context.req.param('id'))
    const [read, history] = await Promise.all([
      api.get<Read>(`/v1/fees/${id}`),
      api.get<History>(`/v1/fees/${id}/history`),
    ])
    if (!history.ok)
      return render(
        context,
        { title: history.problem.title, at: 'fees', status: history.status },
        problemBox(language, history.problem),
      )
    const newest = history.body.data.find(({ content }) => content !== undefined)?.content as
      | { name: FeeAnswer['name'] }
      | undefined
    const name = read.ok ? read.body.fee.name[language] : (newest?.name[language] ?? context.req.param('id'))
    const content = html`<h1>${name}</h1>
${read.ok ? feeBox(language, read.body) : problemBox(language, read.problem)}
<h2>${say(language, feeWords.history)}</h2>
${historyOf(language, history.body)}`
    return render(context, { title: name, at: 'fees' }, content)
  })

  pages.get('/fees/editions/:number/fees/:id', async (context) => {
    const language = context.get('language')
    const { number, id } = context.req.param()
    const read = await apiOf(app, context).get<Read>(
      `/v1/fee-editions/${encodeURIComponent(number)}/fees/${encodeURIComponent(id)}`,
    )
    const title = read.ok ? read.body.fee.name[language] : read.problem.title
    const content = read.ok
      ? html`<h1>${title}</h1>${feeBox(language, read.body)}<p><a href="/fees/items/${id}">${say(language, feeWords.history)}</a></p>`
      : problemBox(language, read.problem)
    return render(context, { title, at: 'fees', status: read.status }, content)
  })
}

function feeBox(language: Language, { edition, fee }: Read): Html {
  const t = (name: keyof typeof feeWords) => say(language, feeWords[name])
  const place = `/fees/editions/${edition.number}/fees/${fee.id}`
  return html`<dl class="facts">
${fact(t('item'), fee.name[language])}
${fact(t('kind'), fee.kindName[language])}
${fact(t('port'), fee.port.name[language])}
${fact(t('payee'), fee.payee.name[language])}
${fact(t('nature'), natureNames[fee.nature][language])}
${fact(
  t('basis'),
  fee.basis.length === 0
    ? undefined
    : html`<ul>${fee.basis.map(({ name, number, article }) => html`<li>${name[language]} (${number})${article === undefined ? '' : ` ${article}`}</li>`)}</ul>`,
)}
${fact(t('price'), fee.priceText[language])}
${fact(t('unit'), fee.unitText[language])}
${fact(t('service'), fee.service[language])}
${fact(
  t('exemptions'),
  fee.exemptions === undefined
    ? undefined
    : html`<ul>${fee.exemptions.map(({ text }) => html`<li>${text[language]}</li>`)}</ul>`,
)}
${fact(t('telephone'), html`<a href="tel:${fee.telephone.replaceAll(/[^+\d]/g, '')}">${fee.telephone}</a>`)}
${fact(t('validity'), `${fee.validFrom} – ${fee.validTo ?? ''}`)}
${fact(t('note'), fee.note?.[language])}
${fact(t('evidence'), `${fee.evidence.kind}: ${fee.evidence.text}`)}
${fact(t('edition'), html`<a href="/fees/editions/${edition.number}">${edition.number} · ${edition.title}</a>`)}
${fact(t('stays'), html`<a href="${place}">${place}</a>`)}
</dl>`
}

const historyOf = (language: Language, { data }: History): Html =>
  html`<ol class="history">${data.map(
    ({ what, edition, reason, differences }) => html`<li><p><strong>${say(language, feeWords[what])}</strong> ·
<a href="/fees/editions/${edition.number}">${say(language, feeWords.edition)} ${edition.number}</a> ·
<time datetime="${edition.validFrom}">${edition.validFrom}</time> · ${say(language, editionStatusNames[edition.status])}
${reason === undefined ? '' : html`<br>${say(language, feeWords.reason)}${colon(language)}${reason}`}</p>
${what === 'changed' ? differenceTable(language, differences) : ''}</li>`,
  )}</ol>`
