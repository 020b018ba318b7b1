import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { EditionAnswer } from '../../../schemas/fees/answers.ts'
import type { Env } from '../../services.ts'
import { problemOver, type Refused } from '../desk.ts'
import { officerForm } from '../fees/comments.ts'
import { editionStatusNames } from '../fees/words.ts'
import { areaField, dayField, given, readForm, unseen, wrongAt } from '../form.ts'
import { fact } from '../pieces.ts'
import { say } from '../words.ts'
import { type Desk, deskOf } from './desk.ts'

const editionApi = (number: string) => `/v1/fee-editions/${encodeURIComponent(number)}`

/** What officers do about a published edition 版次管理: withdrawing it, answering what is said to it. */
export function editionWorkPages(pages: Hono<Env>, app: Hono<Env>): void {
  pages.get('/admin/fees/editions/:number/withdraw', async (context) => {
    const form = new URLSearchParams({ once: randomUUID() })
    return withdrawalForm(deskOf(app, context), context.req.param('number'), form)
  })

  pages.post('/admin/fees/editions/:number/withdraw', async (context) => {
    const desk = deskOf(app, context)
    const number = context.req.param('number')
    const form = await readForm(context)
    const from = given(form, 'from')
    const answered = await desk.api.send(
      'POST',
      `${editionApi(number)}/withdrawals`,
      {
        reason: given(form, 'reason'),
        ...(from === '' ? {} : { from }),
        ...(form.has('leavingNothing') ? { leavingNothing: true } : {}),
      },
      { 'idempotency-key': given(form, 'once') },
    )
    if (answered.ok) return context.redirect(`/fees/editions/${number}`, 303)
    form.set('once', randomUUID())
    return withdrawalForm(desk, number, form, answered)
  })

  for (const what of ['answer', 'hide'] as const)
    pages.post(`/admin/fees/editions/:number/comments/:id/${what}`, async (context) => {
      const desk = deskOf(app, context)
      const { number, id } = context.req.param()
      const form = await readForm(context)
      const text = given(form, `text-${what}-${id}`)
      const answered = await desk.api.send(
        'POST',
        `${editionApi(number)}/comments/${encodeURIComponent(id)}/${what === 'answer' ? 'answers' : 'hidings'}`,
        what === 'answer' ? { answer: text } : { reason: text },
        { 'idempotency-key': given(form, 'once') },
      )
      const there = `/fees/editions/${encodeURIComponent(number)}#${encodeURIComponent(id)}`
      if (answered.ok) return context.redirect(there, 303)
      return desk.show(
        { title: answered.problem.title, status: answered.status },
        html`<h1>${answered.problem.title}</h1>${problemOver(desk, answered)}${officerForm(desk.language, Number(number), id, what, text)}
<p><a href="${there}">${say(desk.language, texts.back)}</a></p>`,
      )
    })
}

const texts = {
  title: { en: 'Withdraw edition', zh: '撤回版次' },
  about: {
    en: 'A withdrawn edition stays to be read. From the day given, the list is what held before it.',
    zh: '撤回的版次仍可查阅；自所填日期起恢复执行此前的目录。',
  },
  reason: { en: 'Reason, as it is published', zh: '撤回理由（将公布）' },
  from: { en: 'First day it does not hold any more', zh: '自何日起不再执行' },
  fromHelp: { en: 'Tomorrow when left empty', zh: '留空为次日' },
  nothing: { en: 'Even if no edition holds then', zh: '即使撤回后没有有效版次' },
  withdraw: { en: 'Withdraw', zh: '撤回' },
  back: { en: 'Back to the edition', zh: '返回该版次' },
} as const

async function withdrawalForm(desk: Desk, number: string, form: URLSearchParams, refused?: Refused): Promise<Response> {
  const { language } = desk
  const t = (name: keyof typeof texts) => say(language, texts[name])
  const read = await desk.api.get<EditionAnswer>(editionApi(number))
  if (!read.ok) return desk.refuse(read)
  const edition = read.body
  const errors = (name: string) => wrongAt(refused?.problem.errors, `/${name}`, language)
  return desk.show(
    { title: `${t('title')} ${number}`, status: refused?.status ?? 200 },
    html`<p class="crumbs"><a href="/fees/editions/${edition.number}">${t('back')}</a></p><h1>${t('title')} ${edition.number}: ${edition.title}</h1>
${refused === undefined ? '' : problemOver(desk, refused)}<p>${t('about')}</p>
<dl class="facts">${fact(desk.t('status'), say(language, editionStatusNames[edition.status]))}${fact(desk.t('validFrom'), edition.validFrom)}</dl>
<form method="post" action="/admin/fees/editions/${edition.number}/withdraw" class="narrow">${unseen('once', given(form, 'once'))}
${areaField({ name: 'reason', label: t('reason'), value: given(form, 'reason'), errors: errors('reason'), required: true, max: 2_000 })}
${dayField({ name: 'from', label: t('from'), value: given(form, 'from'), errors: errors('from'), help: t('fromHelp') })}
<label><input type="checkbox" name="leavingNothing" value="1"${form.has('leavingNothing') ? html` checked` : ''}> ${t('nothing')}</label>
<button type="submit" class="contrast">${t('withdraw')}</button></form>`,
  )
}
