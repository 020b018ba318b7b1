import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { WireMessage } from '../../adapters/adapter.ts'
import type { Asked, Booked, Issuer } from '../../adapters/issuer.ts'

export const steps = ['verify', 'reserve', 'commit', 'release', 'inquiry'] as const
export type Step = (typeof steps)[number]

/** One golden case of an issuer: what is asked, by which step, and the exact bytes that go out. */
export interface IssuerCase {
  readonly name: string
  readonly step: Step
  readonly wire: WireMessage
  /** Path, and the bytes below it. */
  readonly bytes: string
  readonly file: URL
}

export const goldenOf = (issuer: string): URL => new URL(`../../adapters/issuers/${issuer}/golden/`, import.meta.url)

/** The wire of a step. */
export function encode(dialect: Issuer, step: Step, about: Asked & Booked): WireMessage {
  if (step === 'verify') return dialect.encodeVerify(about)
  if (step === 'reserve') return dialect.encodeReserve(about)
  if (step === 'commit') return dialect.encodeCommit(about)
  return step === 'release' ? dialect.encodeRelease(about) : dialect.encodeInquiry(about)
}

export const written = ({ method, path, body = '' }: WireMessage): string => `${method} ${path}\n\n${body}`

/** Every case of an issuer: `golden/<step>-<what>/{asked.json, submit.txt}`. */
export function issuerCases(issuer: string, dialect: Issuer): IssuerCase[] {
  const folder = goldenOf(issuer)
  return readdirSync(folder)
    .filter((name) => name !== 'replies')
    .map((name) => {
      const step = steps.find((one) => name.startsWith(one))
      if (step === undefined) throw new Error(`${issuer}/golden/${name} begins with no step`)
      const about = JSON.parse(readFileSync(new URL(`${name}/asked.json`, folder), 'utf8')) as Asked & Booked
      const file = new URL(`${name}/submit.txt`, folder)
      return {
        name,
        step,
        wire: encode(dialect, step, about),
        bytes: existsSync(file) ? readFileSync(file, 'utf8') : '',
        file,
      }
    })
}

/** Every golden reply of an issuer: `golden/replies/<what>.<verdict>.<xml|json>`. */
export const issuerReplies = (issuer: string) =>
  readdirSync(new URL('replies/', goldenOf(issuer))).map((name) => {
    const [what = '', verdict = '', kind = ''] = name.split('.')
    const body = readFileSync(new URL(`replies/${name}`, goldenOf(issuer)), 'utf8')
    return { name, what, verdict, contentType: `application/${kind}`, body }
  })
