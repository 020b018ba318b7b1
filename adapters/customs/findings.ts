import { type Issue, issue } from '../../schemas/issue.ts'

/** One finding of customs. */
export const found = (pointer: string, code: string, en: string, zh: string): Issue =>
  issue(pointer, code, { en, zh }, 'customs')

/** Something customs asks for that is not there. */
export const absent = (pointer: string, en: string, zh: string): Issue =>
  found(pointer, 'missing', `Customs asks for the ${en}`, `海关要求填报${zh}`)
