import { readFileSync } from 'node:fs'
import type { Procedure, Submission } from '../../adapters/adapter.ts'
import { customs } from '../../adapters/customs/index.ts'
import type { Particulars } from '../../adapters/customs/particulars.ts'
import type { XmlNode, XmlValue } from '../../adapters/xml.ts'
import { type Declaration, declaration as schema } from '../../schemas/declaration/index.ts'

/** What the customs tests share: goldens, brokers' samples, and the ways in and out of the adapter. */
export const golden = new URL('../../adapters/customs/golden/', import.meta.url)
export const samples = new URL('samples/', import.meta.url)
export const goldenText = (path: string) => readFileSync(new URL(path, golden), 'utf8')
export const sampleText = (name: string) => readFileSync(new URL(name, samples), 'utf8')

export const declare = customs.procedures['declare'] as unknown as Procedure<Particulars>

/** What the door makes of a broker's document. */
export function enter(xml: string) {
  if (customs.door === undefined) throw new Error('customs has a door')
  return customs.door.read(xml)
}

export const particularsOf = (declared: Declaration) =>
  declare.particulars.parse(declared.particulars?.['customs']?.['declare'])

export function submissionOf(
  declared: Declaration,
  more: Partial<Submission<Particulars>> = {},
): Submission<Particulars> {
  const reference = 'YC261120000000000001'
  return {
    declaration: declared,
    particulars: particularsOf(declared),
    reference,
    messageId: `${reference}-1`,
    serial: 1,
    references: {},
    attempt: 1,
    instant: '2026-11-20T01:30:00Z',
    ...more,
  }
}

export const goldenDeclaration = (name: string): Declaration =>
  schema.parse(JSON.parse(goldenText(`${name}/declaration.json`)))
export const wireOf = (declared: Declaration) => declare.encode(submissionOf(declared)).body ?? ''

/** Every text of a document by its path. */
export function texts(value: XmlValue, path = '', into: { [path: string]: string } = {}): { [path: string]: string } {
  if (typeof value === 'string') into[path] = value
  else if (Array.isArray(value))
    for (const [at, one] of (value as XmlNode[]).entries()) texts(one, `${path}[${at}]`, into)
  else for (const [name, child] of Object.entries(value ?? {})) texts(child as XmlValue, `${path}/${name}`, into)
  return into
}
