import type { Text } from '../../../schemas/text.ts'
import type { Language } from '../../problem.ts'
import type { Said } from '../form.ts'
import { colon, say } from '../words.ts'
import type { Naming } from './naming.ts'
import type { Rearranged } from './read.ts'
import type { JsonSchema } from './schema.ts'

/** What is wrong at a place, and the agency that asks. */
export type Told = Said & { readonly agency?: string | undefined }

/** A form for a value of a schema. */
export interface FormOf {
  readonly schema: JsonSchema
  readonly value: unknown
  /** What is wrong, by pointers into the value, with the agency that asks. */
  readonly errors?: readonly Told[] | undefined
  /** What agencies are called. */
  readonly agencies?: { readonly [id: string]: Text }
  readonly language: Language
  /** Names of fields are this and a JSON pointer. */
  readonly prefix: string
  readonly naming: Naming
  /** Everything that is wrong is listed above the fields too, each a way to its field: for a form that is longer than a screen. */
  readonly isListed?: boolean
  /** What the form was just sent for, so that the visitor goes on where they were. */
  readonly rearranged?: Rearranged | undefined
}

/** One thing that is wrong, as it is said. */
export interface Wrong {
  readonly pointer: string
  readonly text: string
}

/** A form while it is written. */
export interface Sheet {
  readonly form: FormOf
  /** What is wrong at a place; it counts as told from then on. */
  wrongAt(pointer: string): readonly string[]
  /** What was told nowhere, and what was told at its place. */
  untold(): readonly Wrong[]
  told(): readonly Wrong[]
  /** Whether something is wrong at a place or below it. */
  isWrongWithin(pointer: string): boolean
  /** Whether the visitor goes on here: true once, for the first field at or below the place. */
  takesFocus(pointer: string): boolean
  /** From now on, at this place. */
  focus(pointer: string): void
}

export function openSheet(form: FormOf): Sheet {
  const { language, agencies = {} } = form
  const said = (form.errors ?? []).map(({ pointer, detail, detailZh, agency }) => {
    const text = language === 'zh' ? detailZh : detail
    const name = agency === undefined ? undefined : Object.hasOwn(agencies, agency) ? agencies[agency] : undefined
    const asks = agency === undefined ? '' : `${name === undefined ? agency : say(language, name)}${colon(language)}`
    return { pointer, text: asks + text }
  })
  const told = new Set<string>()
  const wrong = new Set<string>()
  for (const { pointer } of said)
    for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
      wrong.add(at)
      if (!at.includes('/')) break
    }
  let goesOnAt: string | undefined
  return {
    form,
    wrongAt(pointer) {
      told.add(pointer)
      return said.filter((one) => one.pointer === pointer).map(({ text }) => text)
    },
    untold: () => said.filter(({ pointer }) => !told.has(pointer)),
    told: () => said.filter(({ pointer }) => told.has(pointer)),
    isWrongWithin: (pointer) => wrong.has(pointer),
    takesFocus(pointer) {
      if (goesOnAt === undefined || !(pointer === goesOnAt || pointer.startsWith(`${goesOnAt}/`))) return false
      goesOnAt = undefined
      return true
    },
    focus(pointer) {
      goesOnAt = pointer
    },
  }
}
