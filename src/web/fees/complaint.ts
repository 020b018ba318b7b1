import { html } from 'hono/html'
import type { ComplaintAnswer } from '../../../schemas/fees/complaints.ts'
import type { Language } from '../../problem.ts'
import type { Html } from '../layout.ts'
import { atPort, fact } from '../pieces.ts'
import { say } from '../words.ts'
import { judgedTable } from './bill-result.ts'
import { complaintStatusNames, complaintWords, moveNames, partyNames } from './complaint-words.ts'
import { yuan } from './money.ts'

/** A complaint 价格投诉: where it stands, what it is about, what happened. @param isBillShown whether the visitor may see all of the bill */
export function complaintBox(
  language: Language,
  one: ComplaintAnswer,
  ports: readonly { value: string; name: string }[],
  isBillShown: boolean,
): Html {
  const t = (name: keyof typeof complaintWords) => say(language, complaintWords[name])
  const { status, overdue, dueOn, answerWorkdays } = one
  const bill = `${one.billNumber} · ${one.issuedOn}`
  return html`<h1>${t('complaint')} ${one.number} <span class="tag status-${status}">${say(language, complaintStatusNames[status])}</span>${overdue ? html` <span class="tag late">${t('overdue')}</span>` : ''}</h1>
<dl class="facts">${fact(t('payee'), one.payeeName === undefined ? one.payee : say(language, one.payeeName))}${fact(t('complainant'), one.complainant)}
${fact(t('port'), ports.find(({ value }) => value === one.port)?.name ?? one.port)}${fact(t('bill'), isBillShown ? html`<a href="/fees/bill-check/${one.billCheckId}">${bill}</a>` : bill)}
${fact(t('amount'), yuan(one.amount))}${fact(t('refund'), one.refund && yuan(one.refund))}
${fact(t('dueOn'), `${dueOn} (${answerWorkdays} ${t('workdays')})`)}</dl>
<section><h2 id="about">${t('lines')}</h2>${judgedTable(language, one.lines, t('lines'))}</section>
<section><h2 id="steps">${t('steps')}</h2><ol class="timeline">${one.steps.map((step) => stepOf(language, step))}</ol></section>`
}

function stepOf(language: Language, { what, by, text, at, accepted, refund }: ComplaintAnswer['steps'][number]): Html {
  const t = (name: keyof typeof complaintWords) => say(language, complaintWords[name])
  const done = what === 'file' ? t('complain') : say(language, moveNames[what])
  const refundWord = what === 'decide' ? t('refund') : t('refundOffered')
  return html`<li><p><strong>${done}</strong>${accepted === undefined ? '' : html` · ${accepted ? t('accepted') : t('refused')}`}${refund === undefined ? '' : html` · ${refundWord} ${yuan(refund)}`}</p>
<p class="note">${say(language, partyNames[by.party])} · ${by.name} · <time datetime="${at}">${atPort(at)}</time></p>${text === '' ? '' : html`<p class="lines">${text}</p>`}</li>`
}
