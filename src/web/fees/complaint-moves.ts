import { html } from 'hono/html'
import type { ComplaintAnswer, ComplaintMove } from '../../../schemas/fees/complaints.ts'
import { newId } from '../../db/ids.ts'
import { limits } from '../../limits.ts'
import type { Language } from '../../problem.ts'
import type { Answered, ProblemShown } from '../api.ts'
import { areaField, choiceField, given, lineField, unseen } from '../form.ts'
import type { Html } from '../layout.ts'
import { colon, say } from '../words.ts'
import { complaintWords, moveNames } from './complaint-words.ts'
import { yuan } from './money.ts'
import { type PlaceOf, sentBefore, wrongBox, wrongsAt, wrongsOf } from './wrong.ts'

/** Where each step is asked for. */
export const moveWays = {
  answer: 'answers',
  accept: 'acceptances',
  dispute: 'disputes',
  decide: 'decisions',
  withdraw: 'withdrawals',
} as const satisfies Record<ComplaintMove, string>

/** A step as it was asked for with a form. */
export interface Sent {
  readonly move: ComplaintMove
  readonly form: URLSearchParams
}

/** What a step says, as the interface wants it. */
export function wordsOf({ move, form }: Sent): Record<string, unknown> {
  const text = given(form, `text-${move}`)
  const money = given(form, 'money').trim()
  const accepted = given(form, 'accepted')
  if (move === 'answer')
    return {
      text,
      ...(accepted === '' ? {} : { accepted: accepted === 'yes' }),
      ...(money === '' ? {} : { refund: money }),
    }
  if (move === 'decide') return { amount: money, text }
  return text === '' && move !== 'dispute' ? {} : { text }
}

/** The field a pointer into what a step says leads to. */
const placeOf =
  (language: Language, move: ComplaintMove): PlaceOf =>
  (pointer) => {
    const t = (name: keyof typeof complaintWords) => say(language, complaintWords[name])
    if (pointer === '/text') return { name: `text-${move}`, label: t('words'), holds: 'words' }
    if (pointer === '/accepted') return { name: 'accepted', label: t('result') }
    return pointer === '/refund' || pointer === '/amount'
      ? { name: 'money', label: t('refund'), holds: 'money' }
      : undefined
  }

/** Why a step was refused: that somebody else took one meanwhile is told in full, with what would else be lost. */
export function refusalBox(
  language: Language,
  problem: ProblemShown,
  { allowed }: ComplaintAnswer,
  { move, form }: Sent,
): Html {
  const t = (name: keyof typeof complaintWords) => say(language, complaintWords[name])
  const isStale = ['if-match-stale', 'complaint-step-refused', sentBefore].includes(problem.code)
  const words = given(form, `text-${move}`)
  const unsent =
    allowed.includes(move) || words === ''
      ? ''
      : html`<p>${t('unsent')}</p><blockquote class="lines">${words}</blockquote>`
  if (!isStale)
    return html`${wrongBox(language, problem, wrongsOf(language, problem.errors, placeOf(language, move)))}${unsent}`
  return html`<section class="problem" role="alert"><h2>${t('stale')}</h2><p>${allowed.includes(move) ? t('staleWhy') : t('staleGone')}</p>${unsent}</section>`
}

/** What the visitor can do now. Each form says which state it saw. */
export function movesBox(
  language: Language,
  { number, allowed, amount }: ComplaintAnswer,
  etag: string,
  sent?: Sent & { readonly refused: Answered<unknown> },
): Html {
  const t = (name: keyof typeof complaintWords) => say(language, complaintWords[name])
  if (allowed.length === 0) return html`<p class="note on-screen">${t('nothing')}</p>`
  const inside = (move: ComplaintMove): Html => {
    const own = sent?.move === move ? sent : undefined
    const errors = own?.refused.ok === false ? own.refused.problem.errors : undefined
    const wrongs = wrongsOf(language, errors, placeOf(language, move))
    const value = (name: string) => (own === undefined ? '' : given(own.form, name))
    const words = areaField({
      name: `text-${move}`,
      label: t('words'),
      value: value(`text-${move}`),
      errors: wrongsAt(wrongs, `text-${move}`),
      required: move !== 'accept' && move !== 'withdraw',
      max: limits.complaintText,
    })
    const money = (label: string, required: boolean) =>
      lineField({
        name: 'money',
        label,
        value: value('money'),
        errors: wrongsAt(wrongs, 'money'),
        help: `${t('amount')}${colon(language)}${yuan(amount)}`,
        max: 16,
        digits: 'decimal',
        required,
      })
    if (move === 'decide') return html`${money(t('refundOrdered'), true)}${words}`
    if (move !== 'answer') return words
    const results = [
      { value: 'yes', name: t('accepted') },
      { value: 'no', name: t('refused') },
    ]
    const result = {
      name: 'accepted',
      label: t('result'),
      value: value('accepted'),
      errors: wrongsAt(wrongs, 'accepted'),
    }
    return html`${choiceField({ ...result, required: true }, results)}${money(t('refundOffered'), false)}${words}`
  }
  return html`<section class="on-screen" aria-labelledby="next"><h2 id="next">${t('next')}</h2>${allowed.map(
    (
      move,
    ) => html`<details class="change"${(allowed.length === 1 && move !== 'withdraw') || sent?.move === move ? html` open` : ''}><summary>${say(language, moveNames[move])}</summary>
<form method="post" action="/fees/complaints/${number}/${move}" class="step">${unseen('seen', etag)}${unseen('key', newId(Date.now()))}${inside(move)}
<button type="submit"${move === 'withdraw' ? html` class="secondary"` : ''}>${say(language, moveNames[move])}</button></form></details>`,
  )}</section>`
}
