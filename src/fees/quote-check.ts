import { findCode } from '../../schemas/codes/index.ts'
import { events } from '../../schemas/fees/entries.ts'
import type { Shipment } from '../../schemas/fees/shipment.ts'
import { type Issue, issue, pointer } from '../../schemas/issue.ts'
import type { Catalogue } from './catalogue.ts'

type Named = { readonly [F in 'port' | 'payees' | 'requested' | 'happened']?: Shipment[F] | undefined }

/** Names in a shipment that the catalogue does not know. @param under where the shipment stands in the request */
export function unknownNames(shipment: Named, catalogue: Catalogue, under: string): Issue[] {
  const { port, payees = [], requested = [], happened = [] } = shipment
  const unknown = (
    field: string,
    names: readonly string[],
    isKnown: (name: string) => boolean,
    what: string,
    zh: string,
  ) =>
    names.flatMap((name, at): Issue[] =>
      isKnown(name)
        ? []
        : [
            issue(pointer(under, field, at), `unknown-${what}`, {
              en: `"${name}" is no ${what} of the catalogue`,
              zh: `目录中无${zh}“${name}”`,
            }),
          ],
    )
  return [
    ...(port === undefined || catalogue.of('port').has(port)
      ? []
      : [
          issue(pointer(under, 'port'), 'unknown-port', {
            en: `"${port}" is no port of the catalogue`,
            zh: `目录中无口岸“${port}”`,
          }),
        ]),
    ...unknown('payees', payees, (name) => catalogue.of('payee').has(name), 'payee', '收费主体'),
    ...unknown('requested', requested, (name) => findCode('fee-kinds', name) !== undefined, 'kind', '收费类别'),
    ...unknown('happened', happened, (name) => (events as readonly string[]).includes(name), 'event', '情形'),
  ]
}
