import { randomUUID } from 'node:crypto'
import type { Hono } from 'hono'
import { html } from 'hono/html'
import { type FilingStatus, rankOf } from '../../../../schemas/status.ts'
import type { Role } from '../../../db/keys.ts'
import type { Language } from '../../../problem.ts'
import type { Env, Services } from '../../../services.ts'
import { unseen } from '../../form.ts'
import { type IconName, icon } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { say } from '../../words.ts'
import type { DeclarationShown, FilingShown } from '../head.ts'
import { addFilingPages } from './add-filing.ts'
import { cancelPages } from './cancel.ts'
import { changePages } from './changes.ts'
import { dropPages } from './drop.ts'
import { particularsPages } from './particulars.ts'
import { type ActionWord, actionWords } from './words.ts'

/** Its agency has it, or may have it, and it is not over. */
const isHeld = (status: FilingStatus): boolean =>
  rankOf(status) > rankOf('queued') && rankOf(status) < rankOf('refused')
const isUnsent = (status: FilingStatus): boolean => rankOf(status) <= rankOf('queued')

/**
 * What can be done with a declaration 可办理事项, as links and forms on its page.
 * @param role of who looks: only a trader does anything; absent: a trader
 */
export function declarationActions(language: Language, declaration: DeclarationShown, role: Role = 'trader'): Html {
  if (role !== 'trader') return html``
  const { id, status, filings, changes, offers = [] } = declaration
  const isOver = status === 'cancelled'
  const open = changes.find((change) => change.status === 'pending')
  const canChange = !isOver && open === undefined
  const own = filings.filter(({ occasion }) => occasion !== 'change')
  return html`<div class="do">${[
    canChange && own.some((filing) => filing.status === 'refused' || isUnsent(filing.status))
      ? draft(language, id, 'correction', 'correct', 'pencil-square')
      : '',
    canChange && own.some((filing) => isHeld(filing.status))
      ? draft(language, id, 'amendment', 'amend', 'pencil-square')
      : '',
    open === undefined ? '' : link(language, `/declarations/${id}/changes/${open.id}`, 'seeChanges', 'clock'),
    !isOver && offers.length > 0 ? link(language, `/declarations/${id}/filings/new`, 'add', 'plus') : '',
    link(language, `/fees/quote?declaration=${encodeURIComponent(id)}`, 'portFees', 'banknotes'),
    draft(language, id, 'copy', 'copy', 'clipboard'),
    canChange ? link(language, `/declarations/${id}/cancel`, 'cancel', 'x-circle') : '',
  ]}</div>`
}

/** What can be done with one of its filings, on the page of that. */
export function filingActions(
  language: Language,
  declaration: DeclarationShown,
  filing: FilingShown,
  role: Role = 'trader',
): Html {
  if (role !== 'trader' || declaration.status === 'cancelled') return html``
  const path = `/declarations/${declaration.id}/filings/${filing.id}`
  const { status, occasion } = filing
  const isAsked = status === 'awaiting-particulars'
  const canBring = isUnsent(status) || (status === 'refused' && occasion !== 'change')
  const offers = declaration.offers ?? []
  const again = offers.some(({ agency, procedure }) => agency === filing.agency && procedure === filing.procedure)
  const canDrop = again && (isUnsent(status) || (status === 'refused' && occasion === 'request'))
  return html`<div class="do">${[
    canBring
      ? link(language, `${path}/particulars`, isAsked ? 'particulars' : 'particularsAgain', 'pencil-square', isAsked)
      : '',
    canDrop ? link(language, `${path}/drop`, 'drop', 'x-circle') : '',
    filing.changeId === undefined
      ? ''
      : link(language, `/declarations/${declaration.id}/changes/${filing.changeId}`, 'changes', 'clock'),
  ]}</div>`
}

const link = (language: Language, href: string, word: ActionWord, picture: IconName, isFirst = false): Html =>
  html`<a role="button" class="${isFirst ? 'first' : 'secondary outline'}" href="${href}">${icon(picture)} ${say(language, actionWords[word])}</a>`

/** Begins a draft from the declaration. */
const draft = (
  language: Language,
  id: string,
  purpose: 'amendment' | 'correction' | 'copy',
  word: ActionWord,
  picture: IconName,
): Html =>
  html`<form method="post" action="/drafts/new">${unseen('way', 'from')}${unseen('from', id)}${unseen('purpose', purpose)}${unseen('once', randomUUID())}<button type="submit" class="secondary outline">${icon(picture)} ${say(language, actionWords[word])}</button></form>`

/** The pages on which it is done. */
export function actionPages(pages: Hono<Env>, app: Hono<Env>, { adapters }: Services): void {
  addFilingPages(pages, app, adapters)
  particularsPages(pages, app, adapters)
  dropPages(pages, app)
  cancelPages(pages, app, adapters)
  changePages(pages, app)
}
