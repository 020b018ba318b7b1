/** Whether a request is what a step waits for 匹配条件, and in what it is not. */
import { limits } from '../limits.ts'
import type { Condition, Match, PathShape } from './program.ts'
import type { Seen, Spot } from './request.ts'

export function holds({ spot, equals, contains, matches, absent }: Condition, seen: Seen): boolean {
  const value = seen.at(spot)
  if (value === undefined || absent === true) return (value === undefined) === (absent === true)
  return (
    (equals === undefined || value === equals) &&
    (contains === undefined || value.includes(contains)) &&
    (matches === undefined || matches.finds(value))
  )
}

export function takesMethod({ methods }: Match, { method }: Seen): boolean {
  return methods === undefined || methods.includes(method)
}

export function takesPath({ path }: Match, seen: Seen): boolean {
  return (
    path === undefined || (path.segments === undefined ? path.written === seen.path : fits(path.segments, seen.path))
  )
}

export function readPath(written: string): PathShape {
  return { written, segments: written.includes('*') ? written.split('/') : undefined }
}

function fits(segments: readonly string[], path: string): boolean {
  const got = path.split('/')
  const open = segments.at(-1) === '**'
  const wanted = open ? segments.slice(0, -1) : segments
  if (open ? got.length <= wanted.length : got.length !== wanted.length) return false
  return wanted.every((segment, at) => segment === '*' || segment === got[at])
}

/** What a condition wanted and what was there, in words. */
export function difference({ spot, equals, contains, matches, absent }: Condition, seen: Seen): string {
  const value = seen.at(spot)
  if (isSecret(spot)) return `${called(spot)}: ${value === undefined ? 'is not there' : 'is not what the step expects'}`
  const wanted =
    absent === true
      ? 'nothing'
      : [
          ...(equals === undefined ? [] : [quoted(equals)]),
          ...(contains === undefined ? [] : [`something with ${quoted(contains)}`]),
          ...(matches === undefined ? [] : [`something that matches ${quoted(matches.written)}`]),
        ].join(' and ') || 'something'
  const got = value === undefined ? 'nothing' : quoted(value)
  return `${called(spot)}: expected ${wanted}, got ${got}`
}

function called({ from, name }: Spot): string {
  return from === 'text' ? 'body' : `${from} ${name}`
}

/** What is shown to people is not to hold anybody's key. */
const isSecret = ({ from, name }: Spot): boolean =>
  from === 'header' && /authorization|cookie|secret|token|key|signature/i.test(name)

const quoted = (text: string): string =>
  JSON.stringify(text.length > limits.nearMissCharacters ? `${text.slice(0, limits.nearMissCharacters)}…` : text)
