import type { Declaration } from '../../schemas/declaration/index.ts'
import type { Issue } from '../../schemas/issue.ts'
import { checkFit } from './check-fit.ts'
import { checkHead } from './check-head.ts'
import { checkItem } from './check-items.ts'
import { checkTransport } from './check-transport.ts'
import { checkSelfDeclared } from './duty/duties.ts'
import { absent } from './findings.ts'
import type { Particulars } from './particulars.ts'
import { sectionsOf } from './sections.ts'

const required = [
  ['inputerName', 'name of the person who keys the declaration in', '录入员姓名'],
  ['icCode', "number of the operator's IC card", '操作员IC卡号'],
] as const

/** Who keys the declaration in and with which card: nobody but the trader knows, the filing waits for it. */
export const missingOf =
  (procedure: 'declare' | 'summary') =>
  (_declaration: Declaration, particulars: Particulars | undefined): Issue[] =>
    required
      .filter(([name]) => particulars?.[name] === undefined)
      .map(([name, en, zh]) => absent(`/particulars/customs/${procedure}/${name}`, en, zh))

/** Everything customs would refuse, in the order of its own checks; the certificates of the goods among them. */
export const check = (declaration: Declaration, particulars: Particulars): Issue[] => [
  ...checkHead(declaration, particulars),
  ...checkTransport(declaration, particulars),
  ...sectionsOf(declaration, particulars).lines.flatMap(({ placed }) => checkItem(placed, declaration, particulars)),
  ...checkFit(declaration, particulars),
  ...checkSelfDeclared(declaration, particulars),
]
