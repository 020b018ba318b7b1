import type { Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { EditionAnswer, editionDifferencesAnswer } from '../../../schemas/fees/answers.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { typeNames } from '../admin/words.ts'
import { apiOf } from '../api.ts'
import { type Html, render } from '../layout.ts'
import { fact, problemBox, scrolling, withQuery } from '../pieces.ts'
import { colon, say } from '../words.ts'
import { commentsSection } from './comments.ts'
import { differenceTable } from './differences.ts'
import { editionStatusNames, feeWords } from './words.ts'

type Differences = z.infer<typeof editionDifferencesAnswer>

/** Editions of the list 历次公布, and one with what differs, how to verify a copy. */
export function editionPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/fees/editions', async (context) => {
    const language = context.get('language')
    const answered = await apiOf(app, context).get<{ data: EditionAnswer[] }>('/v1/fee-editions')
    const title = language === 'zh' ? '历次公布' : 'Editions'
    const content = html`<h1>${title}</h1>${answered.ok ? table(language, answered.body.data) : problemBox(language, answered.problem)}
<p><a href="/v1/fee-editions/feed.atom">${say(language, feeWords.feed)}</a></p>`
    return render(context, { title, at: 'editions', status: answered.status }, content)
  })

  pages.get('/fees/editions/:number', async (context) => {
    const language = context.get('language')
    const api = apiOf(app, context)
    const number = encodeURIComponent(context.req.param('number'))
    const path = `/v1/fee-editions/${number}`
    const [edition, differences] = await Promise.all([
      api.get<EditionAnswer>(path),
      api.get<Differences>(
        withQuery(`${path}/differences`, { after: context.req.query('after'), limit: String(limits.pageDefault) }),
      ),
    ])
    if (!edition.ok)
      return render(
        context,
        { title: edition.problem.title, at: 'editions', status: edition.status },
        problemBox(language, edition.problem),
      )
    const title = `${say(language, feeWords.edition)} ${edition.body.number}`
    const content = html`<h1>${title}${colon(language)}${edition.body.title}</h1>
${editionBox(language, edition.body)}
<h2>${say(language, feeWords.differences)}</h2>
${differences.ok ? differencesOf(language, edition.body, differences.body) : problemBox(language, differences.problem)}
${await commentsSection(context, app, edition.body.number)}`
    return render(context, { title, at: 'editions' }, content)
  })
}

function table(language: Language, editions: readonly EditionAnswer[]): Html {
  const headers = (['edition', 'status', 'announced', 'validFrom', 'reason'] as const).map(
    (name) => html`<th scope="col">${say(language, feeWords[name])}</th>`,
  )
  return scrolling(
    say(language, feeWords.edition),
    html`<table><thead><tr>${headers}</tr></thead><tbody>${editions.map(
      ({ number, title, status, announcedAt, validFrom, reason }) =>
        html`<tr><th scope="row"><a href="/fees/editions/${number}">${number} · ${title}</a></th><td class="level ${status}">${say(language, editionStatusNames[status])}</td>
<td>${announcedAt.slice(0, 10)}</td><td>${validFrom}</td><td>${reason}</td></tr>`,
    )}</tbody></table>`,
  )
}

function editionBox(language: Language, edition: EditionAnswer): Html {
  const t = (name: keyof typeof feeWords) => say(language, feeWords[name])
  const { links, withdrawn } = edition
  return html`<dl class="facts">
${fact(t('status'), say(language, editionStatusNames[edition.status]))}
${fact(t('reason'), edition.reason)}
${fact(t('announced'), edition.announcedAt.slice(0, 10))}
${fact(t('comments'), `– ${edition.noticeUntil}`)}
${fact(t('validFrom'), edition.validFrom)}
${fact(say(language, editionStatusNames.withdrawn), withdrawn && `${withdrawn.from}: ${withdrawn.because}`)}
${fact(t('document'), html`<a href="${links.document}">${links.document}</a>`)}
${fact(t('digest'), html`<code>${edition.digest}</code>`)}
${fact(t('signature'), html`<code>${edition.signature}</code>`)}
${fact(t('signingKey'), html`<code>${edition.signingKey}</code>`)}
</dl>
${links.fees === undefined ? '' : html`<p><a href="/fees?${new URL(links.fees, 'http://x').searchParams.toString()}">${t('list')}</a></p>`}`
}

function differencesOf(language: Language, edition: EditionAnswer, { data, nextCursor, counts }: Differences): Html {
  const t = (name: keyof typeof feeWords) => say(language, feeWords[name])
  const count = ({ added, changed, removed }: Differences['counts']['fees']) =>
    `${t('added')} ${added} · ${t('changed')} ${changed} · ${t('removed')} ${removed}`
  if (data.length === 0) return html`<p>${t('noDifferences')}</p>`
  return html`<p>${count(counts.fees)}</p>
${data.map(
  ({ type, id, name, what, reason, differences }) => html`<details${what === 'changed' ? html` open` : ''}>
<summary><strong>${t(what)}</strong> ${name?.[language] ?? id} <small>${say(language, typeNames[type])}</small>${reason === undefined ? '' : html` · ${reason}`}</summary>
${type === 'fee' ? html`<p><a href="/fees/items/${id}">${t('history')}</a></p>` : ''}
${differenceTable(language, differences)}</details>`,
)}
${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery(`/fees/editions/${edition.number}`, { after: nextCursor })}">${t('more')}</a></p>`}`
}
