import { html } from 'hono/html'
import type { DraftGuess } from '../../../schemas/declaration-draft.ts'
import type { Html } from '../layout.ts'
import { say } from '../words.ts'
import type { Desk, Draft } from './desk.ts'
import { fieldName } from './field-name.ts'
import { placeOf } from './steps.ts'

/** The guesses of a place, as `placeOf` names it. */
export const guessesAt = ({ guesses }: Pick<Draft, 'guesses'>, place: string): DraftGuess[] =>
  guesses.filter(({ pointer }) => placeOf(pointer) === place)

/** Where a value was found, in a few words: “read in invoice.xlsx, sheet Items, cell C7”. */
export function sourceOf({ t, language }: Pick<Desk, 't' | 'language'>, { source, sure }: DraftGuess): string {
  if (source === undefined) return t('guessFrom')
  const { file, sheet, cell } = source
  return `${t(sure)} ${[file, sheet, cell].filter((part) => part !== undefined).join(language === 'zh' ? '，' : ', ')}`
}

/** Everything on this page that was proposed and that nobody has confirmed; with script each stands at its field. */
export function guessBox(desk: Desk, guesses: readonly DraftGuess[]): Html {
  if (guesses.length === 0) return html`<div id="guesses"></div>`
  const { t, language } = desk
  return html`<section class="notice guesses" id="guesses" aria-labelledby="guesses-title"><h2 id="guesses-title">${t('guesses')} (${guesses.length})</h2><ul>${guesses.map(
    (guess) =>
      html`<li data-guess="${guess.pointer}"><a href="#${guess.pointer}">${fieldName(language, guess.pointer)}</a>: <q>${textOf(guess.value)}</q> <small>${sourceOf(desk, guess)} — ${say(language, guess.because)}</small> <button type="submit" class="quiet secondary" name="accept" value="${guess.pointer}" aria-label="${t('accept')} ${fieldName(language, guess.pointer)}">${t('accept')}</button></li>`,
  )}</ul><button type="submit" class="quiet" name="accept" value="all">${t('acceptAll')}</button></section>`
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 120)

/** The guesses that are left once those that were confirmed are out. */
export function unconfirmed(draft: Pick<Draft, 'guesses'>, place: string, accepted: string | null): DraftGuess[] {
  if (accepted === null) return [...draft.guesses]
  return draft.guesses.filter(
    ({ pointer }) => !(accepted === 'all' ? placeOf(pointer) === place : pointer === accepted),
  )
}
