import { html } from 'hono/html'
import type { Language } from '../../../problem.ts'
import type { Html } from '../../layout.ts'

/** Where documents are dropped from which a draft is proposed 智能单证申报; part of the page on which a declaration is begun. */
export function dropBox(_language: Language): Html {
  return html``
}
