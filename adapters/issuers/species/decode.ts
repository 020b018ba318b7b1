import type { CertificateFacts } from '../../../schemas/certificates.ts'
import { type Reply, Unintelligible } from '../../adapter.ts'
import type { Objection, Said } from '../../issuer.ts'
import { rowOf } from '../../tables.ts'
import { childOf, childrenOf, readXml, textOf, type XmlNode } from '../../xml.ts'
import { grounds, states, verdicts } from './codes.ts'

/** The answer of the office 应答. @throws {Unintelligible} not its document, or without a result */
export function decode({ body }: Reply): Said {
  const answer = childOf(readXml(body, 'PermitAnswer'), 'PermitAnswer')
  const result = textOf(answer, '@result')
  if (result === '') throw new Unintelligible('A PermitAnswer without a result')
  const objections = childrenOf(answer, 'Ground').flatMap(objectionOf)
  const verdict = rowOf(verdicts, result) ?? 'unrecognised'
  const state = rowOf(states, textOf(answer, '@state'))
  const reference = textOf(answer, '@number')
  return {
    // A no for grounds nobody has told us of alone is not an explicit one.
    verdict: verdict === 'no' && objections.length === 0 ? 'unrecognised' : verdict,
    code: textOf(childOf(answer, 'Ground'), '@code') || result,
    text: textOf(answer, '@text'),
    objections,
    ...(state === undefined ? {} : { state }),
    ...(reference === '' ? {} : { reference }),
    ...factsOf(childOf(answer, 'Permit')),
  }
}

function objectionOf(node: XmlNode): Objection[] {
  const theirCode = textOf(node, '@code')
  const code = rowOf(grounds, theirCode)
  const line = textOf(node, '@line')
  const words = textOf(node, '@text')
  return code === undefined
    ? []
    : [{ code, theirCode, words, ...(/^\d{1,3}$/.test(line) ? { line: Number(line) } : {}) }]
}

const list = (text: string) => text.split(' ').filter((one) => one !== '')

function factsOf(node: XmlNode): { certificate?: CertificateFacts } {
  const holder = textOf(node, '@holder')
  if (holder === '') return {}
  const [amount, unitCode, uses] = [textOf(node, '@amount'), textOf(node, '@unit'), textOf(node, '@uses')]
  return {
    certificate: {
      holder,
      direction: textOf(node, '@kind') === 'E' ? 'export' : 'import',
      hsPrefixes: list(textOf(node, '@hs')),
      origins: list(textOf(node, '@origins')),
      offices: list(textOf(node, '@ports')),
      validFrom: textOf(node, '@from'),
      validTo: textOf(node, '@to'),
      ...(amount === '' ? {} : { quantity: { value: amount, unitCode } }),
      ...(/^\d{1,9}$/.test(uses) ? { uses: Number(uses) } : {}),
    },
  }
}
