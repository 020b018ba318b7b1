import { html } from 'hono/html'
import type { Text } from '../../../../schemas/text.ts'
import type { Language } from '../../../problem.ts'
import { icon } from '../../icons.ts'
import type { Html } from '../../layout.ts'
import { say } from '../../words.ts'

const texts = {
  once: {
    en: 'It is shown now and never again. Copy it to where it will be used before you leave this page.',
    zh: '仅此一次显示。离开本页前请将其复制到使用处妥善保存。',
  },
  copy: { en: 'Copy', zh: '复制' },
  copied: { en: 'Copied', zh: '已复制' },
  gone: {
    en: 'This was made by the first press of the button, and what it is was shown then. If you did not see it, end it and make another.',
    zh: '已由首次提交生成，并在当时显示。如未能看到，请将其作废后重新生成。',
  },
} as const satisfies Record<string, Text>

/** A secret in the one answer it stands in 仅显示一次, ready to be copied; in its place, when this is no longer that answer, what to do. */
export const secretBox = (language: Language, label: string, secret: string | undefined): Html =>
  secret === undefined
    ? html`<section class="notice" role="alert"><p>${icon('exclamation-triangle')} ${say(language, texts.gone)}</p></section>`
    : html`<section class="secret" aria-labelledby="secret-label"><h2 id="secret-label">${icon('key')} ${label}</h2>
<p><strong>${say(language, texts.once)}</strong></p>
<p class="secret-line"><code id="secret">${secret}</code> ${copyButton(language, 'secret')}</p></section>`

/** A button that copies what stands in an element; there only for those whose browser can. */
export const copyButton = (language: Language, id: string): Html =>
  html`<button type="button" class="secondary" hidden data-copies="${id}" data-copied="${say(language, texts.copied)}">${icon('clipboard')} ${say(language, texts.copy)}</button>`
