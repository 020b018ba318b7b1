import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { z } from 'zod'
import type { declarationAnswer, filingAnswer } from '../../../../schemas/answers.ts'
import type { Language } from '../../../problem.ts'
import type { Env, Services } from '../../../services.ts'
import type { Html } from '../../layout.ts'

/** What can be done with a declaration 可办理事项, as links and forms on its page. */
export function declarationActions(_language: Language, _declaration: z.infer<typeof declarationAnswer>): Html {
  return html``
}

/** What can be done with one of its filings, on the page of that. */
export function filingActions(
  _language: Language,
  _declaration: z.infer<typeof declarationAnswer>,
  _filing: z.infer<typeof filingAnswer>,
): Html {
  return html``
}

/** The pages on which it is done. */
export function actionPages(_pages: Hono<Env>, _app: Hono<Env>, _services: Services): void {}
