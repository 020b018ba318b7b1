import { randomUUID } from 'node:crypto'
import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type * as z from 'zod'
import type { commentsAnswer } from '../../../schemas/fees/drafts.ts'
import type { Language } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { apiOf, type ProblemShown } from '../api.ts'
import { areaField, given, lineField, readForm, unseen, wrongAt } from '../form.ts'
import { type Html, render } from '../layout.ts'
import { atPort, problemBox, withQuery } from '../pieces.ts'
import { visitorOf } from '../session.ts'
import { colon, say } from '../words.ts'
import { feeWords } from './words.ts'

type Comments = z.infer<typeof commentsAnswer>

const texts = {
  none: { en: 'No comments so far.', zh: '暂无公众意见。' },
  until: { en: 'Comments are taken until', zh: '意见征集截止' },
  over: { en: 'Comments were taken until', zh: '意见征集已截止于' },
  hidden: { en: 'Hidden by the administration', zh: '已由管理机构屏蔽' },
  about: { en: 'About', zh: '针对' },
  feeId: { en: 'Id of the fee it is about, if it is about one', zh: '针对的收费项目编号（可不填）' },
  public: { en: 'Name and comment are published as they are.', zh: '称呼与意见将原样公开。' },
  hide: { en: 'Hide', zh: '屏蔽' },
  hideWhy: { en: 'Why, as it is shown in its place', zh: '屏蔽理由（将公开显示）' },
  withdraw: { en: 'Withdraw this edition', zh: '撤回该版次' },
  back: { en: 'Back to the edition', zh: '返回该版次' },
} as const

/** What the public says to an edition 公众意见, and where it says it. For officers, also where they answer. */
export async function commentsSection(context: Context<Env>, app: Hono<Env>, number: number): Promise<Html> {
  const language = context.get('language')
  const t = (name: keyof typeof texts) => say(language, texts[name])
  const after = context.req.query('comments')
  const answered = await apiOf(app, context).get<Comments>(withQuery(`/v1/fee-editions/${number}/comments`, { after }))
  const isOfficer = visitorOf(context)?.role === 'admin'
  const head = html`<h2 id="comments">${say(language, feeWords.comments)}</h2>`
  if (!answered.ok) return html`${head}${problemBox(language, answered.problem)}`
  const { data, noticeUntil, open, nextCursor } = answered.body
  return html`${head}<p>${open ? t('until') : t('over')} <time datetime="${noticeUntil}">${noticeUntil}</time></p>
${data.length === 0 ? html`<p>${t('none')}</p>` : html`<ol class="comments">${data.map((one) => commentOf(language, number, one, isOfficer))}</ol>`}
${nextCursor === undefined ? '' : html`<p><a rel="next" href="${withQuery(`/fees/editions/${number}`, { comments: nextCursor })}#comments">${say(language, feeWords.more)}</a></p>`}
${open ? commentForm(language, number, new URLSearchParams({ once: randomUUID() })) : ''}
${isOfficer ? html`<p><a href="/admin/fees/editions/${number}/withdraw">${t('withdraw')}</a></p>` : ''}`
}

function commentOf(language: Language, number: number, one: Comments['data'][number], isOfficer: boolean): Html {
  const t = (name: keyof typeof texts) => say(language, texts[name])
  const { id, at, name, text, fee, answer, hidden } = one
  return html`<li id="${id}"><p><strong>${name ?? t('hidden')}</strong> <small><time datetime="${at}">${atPort(at)}</time>${fee === undefined ? '' : html` · ${t('about')} <a href="/fees/editions/${number}/fees/${fee}">${fee}</a>`}</small></p>
${hidden === undefined ? html`<p class="lines">${text}</p>` : html`<p><em>${hidden.because}</em></p>`}
${answer === undefined ? '' : html`<blockquote><p class="lines">${answer.text}</p><footer><small>${say(language, feeWords.answer)}${colon(language)}${answer.by}, ${atPort(answer.at)}</small></footer></blockquote>`}
${isOfficer && answer === undefined && hidden === undefined ? html`<details><summary>${say(language, feeWords.answer)}</summary>${officerForm(language, number, id, 'answer')}</details>` : ''}
${isOfficer && hidden === undefined ? html`<details><summary>${t('hide')}</summary>${officerForm(language, number, id, 'hide')}</details>` : ''}</li>`
}

/** What an officer does about a comment. */
export function officerForm(language: Language, number: number, id: string, what: 'answer' | 'hide', value = ''): Html {
  const label = say(language, what === 'answer' ? feeWords.answer : texts.hideWhy)
  const field = { name: 'text', label, value, required: true, max: what === 'answer' ? 2_000 : 500 }
  return html`<form method="post" action="/admin/fees/editions/${number}/comments/${id}/${what}" class="narrow">${unseen('once', randomUUID())}
${areaField({ ...field, name: `text-${what}-${id}` })}<button type="submit"${what === 'hide' ? html` class="contrast"` : ''}>${say(language, what === 'answer' ? feeWords.send : texts.hide)}</button></form>`
}

function commentForm(language: Language, number: number, form: URLSearchParams, problem?: ProblemShown): Html {
  const field = (name: string, label: string, max: number) => ({
    name,
    label,
    max,
    value: given(form, name),
    errors: wrongAt(problem?.errors, `/${name}`, language),
  })
  return html`<section class="comment"><h3>${say(language, feeWords.comment)}</h3>${problem === undefined ? '' : problemBox(language, problem)}
<form method="post" action="/fees/editions/${number}/comments" class="narrow">${unseen('once', given(form, 'once'))}
${lineField({ ...field('name', say(language, feeWords.yourName), 50), required: true })}
${areaField({ ...field('text', say(language, feeWords.yourWords), 2_000), required: true }, 5)}
${lineField(field('fee', say(language, texts.feeId), 80))}
<p><small>${say(language, texts.public)}</small></p><button type="submit">${say(language, feeWords.send)}</button></form></section>`
}

/** Saying something to an edition: what is refused comes back with the reason. */
export function commentPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.post('/fees/editions/:number/comments', async (context) => {
    const language = context.get('language')
    const number = context.req.param('number')
    const form = await readForm(context)
    const fee = given(form, 'fee').trim()
    const answered = await apiOf(app, context).send<{ id: string }>(
      'POST',
      `/v1/fee-editions/${encodeURIComponent(number)}/comments`,
      { name: given(form, 'name').trim(), text: given(form, 'text'), ...(fee === '' ? {} : { fee }) },
      { 'idempotency-key': given(form, 'once') },
    )
    if (answered.ok) return context.redirect(`/fees/editions/${number}#${answered.body.id}`, 303)
    form.set('once', randomUUID())
    const title = say(language, feeWords.comment)
    return render(
      context,
      { title, at: 'editions', status: answered.status },
      html`<h1>${title}${colon(language)}${say(language, feeWords.edition)} ${number}</h1>${commentForm(language, Number(number), form, answered.problem)}
<p><a href="/fees/editions/${number}">${say(language, texts.back)}</a></p>`,
    )
  })
}
