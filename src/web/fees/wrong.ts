import { html } from 'hono/html'
import type { Text } from '../../../schemas/text.ts'
import type { Language } from '../../problem.ts'
import type { ProblemShown } from '../api.ts'
import type { Said } from '../form.ts'
import type { Html } from '../layout.ts'
import { colon, say } from '../words.ts'

/** The field of a form that something wrong is at, and what may stand in it. */
export interface Place {
  readonly name: string
  readonly label: string
  readonly holds?: keyof typeof holding
}
/** Finds the field a JSON pointer leads to. */
export type PlaceOf = (pointer: string) => Place | undefined

/** One thing wrong with what was filled in 填写问题: what, and at which field where there is one. */
export interface Wrong {
  readonly text: string
  readonly place?: Place | undefined
}

const holding = {
  whole: { en: 'A whole number, please', zh: '请填写整数' },
  decimal: { en: 'A number, please, with at most four decimals', zh: '请填写数字，最多四位小数' },
  choice: { en: 'Choose one of the list, please', zh: '请从列表中选择' },
  money: { en: 'An amount, please, with at most two decimals', zh: '请填写金额，最多两位小数' },
  words: { en: 'Words, please', zh: '请填写文字说明' },
  day: { en: 'A day, please, as 2026-03-01', zh: '请填写日期，如 2026-03-01' },
} as const satisfies Record<string, Text>
/** What the interface says of a value that is not of its kind is for programs: a pattern, the names of types. */
const forPrograms: readonly string[] = ['invalid-type', 'invalid-format', 'invalid-value', 'invalid-union']

const texts = {
  head: { en: 'Please correct what is marked', zh: '填写有误，请更正以下各处' },
  sent: {
    en: 'This form was sent already, with other words. Send it again if you mean it',
    zh: '该表单此前已提交过（内容不同），如需再次提交请确认后重新提交',
  },
  missing: { en: 'This is needed', zh: '此项必填' },
  range: { en: 'This number is too small or too large', zh: '数值过小或过大' },
} as const

/** What was found wrong, in words for people, each thing with its field. */
export const wrongsOf = (
  language: Language,
  errors: readonly (Said & { readonly code: string })[] | undefined,
  placeOf: PlaceOf,
): Wrong[] =>
  (errors ?? []).map(({ pointer, code, detail, detailZh }) => {
    const place = placeOf(pointer)
    return { place, text: say(language, plainly(code, place?.holds) ?? { en: detail, zh: detailZh }) }
  })

/** What a person is told instead of what a program is. */
function plainly(code: string, holds: Place['holds']): Text | undefined {
  if (code === 'missing' || (code === 'too-small' && holds === 'words')) return texts.missing
  if (holds === undefined) return undefined
  if (code === 'too-small' || code === 'too-big') return holds === 'whole' ? texts.range : undefined
  return forPrograms.includes(code) ? holding[holds] : undefined
}

/** What is wrong at one field. */
export const wrongsAt = (wrongs: readonly Wrong[], name: string): string[] => [
  ...new Set(wrongs.filter(({ place }) => place?.name === name).map(({ text }) => text)),
]

/** The problem of somebody who went back to a form that was sent, and sent it with other words. */
export const sentBefore = 'idempotency-key-reused'

/** What is wrong with a form: each thing leads to its field. */
export function wrongBox(language: Language, { code, title, detail }: ProblemShown, wrongs: readonly Wrong[]): Html {
  const head =
    code === 'body-invalid' ? say(language, texts.head) : code === sentBefore ? say(language, texts.sent) : title
  return html`<section class="problem" role="alert"><h2>${head}</h2>${detail === title ? '' : html`<p>${detail}</p>`}
${
  wrongs.length === 0
    ? ''
    : html`<ul>${wrongs.map(({ place, text }) =>
        place === undefined
          ? html`<li>${text}</li>`
          : html`<li><a href="#${place.name}">${place.label}</a>${colon(language)}${text}</li>`,
      )}</ul>`
}</section>`
}
