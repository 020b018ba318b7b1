import { WrongUsage } from '../../conformance/usage.ts'
import { limits } from '../limits.ts'

/** The agency that is wanted 新机构. */
export interface Wanted {
  /** One word, the same in folder, URL, database and environment. */
  readonly id: string
  /** What its magic values start with. */
  readonly letter: string
  readonly nameEn: string
  readonly nameZh: string
}

/** What is taken already: ids of agencies and issuers, and letters of their magic values. */
export interface Taken {
  readonly ids: readonly string[]
  readonly letters: readonly string[]
}

/** Words that TypeScript keeps for itself: an id is the name of a value as well. */
const reserved = new Set(
  `abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do else
  enum eval export extends false finally for function get if implements import in infer instanceof interface is keyof let module namespace
  never new null number object of package private protected public readonly require return set static string super switch symbol this throw
  true try type typeof undefined unique unknown using var void while with yield`.split(/\s+/),
)
/** Places that are no agency's: folders beside the agencies, and paths of the simulator. */
const places = new Set(['carriers', 'control', 'golden', 'index', 'issuers', 'registry', 'sessions', 'simulator'])

/** @throws {WrongUsage} not a word an agency can be called by, or one that is in use */
export function checkId(id: string, { ids }: Taken, templateWords: ReadonlySet<string>): void {
  const form = new RegExp(`^[a-z][a-z0-9]{1,${limits.longestId - 1}}$`)
  if (!form.test(id))
    throw new WrongUsage(
      `an id is one word of 2 to ${limits.longestId} small letters and digits, not ${JSON.stringify(id)}`,
    )
  if (ids.includes(id)) throw new WrongUsage(`${id} is there already`)
  if (reserved.has(id) || places.has(id) || templateWords.has(id))
    throw new WrongUsage(`${id} already means something else; take another word`)
}

/** The letter asked for, or the first free one: of the id, then of the alphabet. @throws {WrongUsage} taken, or none is left */
export function letterFor(id: string, asked: string | undefined, { letters }: Taken): string {
  if (asked !== undefined) {
    if (!/^[A-Z]$/.test(asked)) throw new WrongUsage(`a letter is one of A to Z, not ${JSON.stringify(asked)}`)
    if (letters.includes(asked)) throw new WrongUsage(`the letter ${asked} is taken; so are ${letters.join(' ')}`)
    return asked
  }
  const free = `${id.toUpperCase()}ABCDEFGHIJKLMNOPQRSTUVWXYZ`
    .split('')
    .find((one) => /[A-Z]/.test(one) && !letters.includes(one))
  if (free === undefined) throw new WrongUsage('every letter is taken')
  return free
}

/** @throws {WrongUsage} a name that cannot stand in a source file, or is in the wrong language */
export function checkName(name: string, language: 'en' | 'zh'): string {
  const longest = limits.longestName[language]
  const right = language === 'en' ? /[A-Za-z]/ : /\p{Script=Han}/u
  if (!right.test(name) || /[\p{Cc}"`\\|*{}<>$]/u.test(name) || name.length > longest)
    throw new WrongUsage(
      `--name-${language}: ${language === 'en' ? 'Latin letters' : 'Chinese characters'}, at most ${longest}, no quotes or brackets`,
    )
  return name.trim()
}
