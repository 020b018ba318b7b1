import type { Agency } from '../../mocks/agency.ts'
import { issuers } from '../../mocks/issuers.ts'
import { agencies } from '../../mocks/registry.ts'
import { type Fault, faults, parametersOf, plainOrder } from '../../mocks/simulator/faults.ts'

/** What integrators read about outcomes and faults, from the tables that decide: path below the root, and text. */
export const outcomeDocs = (): ReadonlyMap<string, string> =>
  new Map([
    ['mocks/faults.md', faultsPage()],
    ...agencies.map((agency) => [`mocks/${agency.id}/outcomes.md`, outcomesPage(agency, '../faults.md')] as const),
    ...issuers.map(
      (issuer) => [`mocks/issuers/${issuer.id}/outcomes.md`, outcomesPage(issuer, '../../faults.md')] as const,
    ),
  ])

const written =
  'Written by `node tests/support/write-outcome-docs.ts` from the table that decides; a test holds the two together.'

function outcomesPage({ letter, name, outcomes, variants }: Agency, faultsAt: string): string {
  const example = outcomes[0]?.magic ?? ''
  const documents = variants === undefined ? ', but for those about documents: it sends none of its own accord' : ''
  return page(`${name.zh} ${name.en}: outcomes 情形表`, [
    `${written} A magic value anywhere in the sender's reference (\`EV1121-${letter}.${example}\`), or in the header`,
    `(\`X-Sim-Scenario: ${example}\`), or in a step of a script (\`outcome: ${example}\`), chooses the row of the procedure it comes with.`,
    '',
    ...table(
      ['procedure', 'magic value', 'what happens', '办理情形'],
      outcomes.map(({ procedure, magic, does }) => [`\`${procedure}\``, `\`${magic}\``, does.en, does.zh]),
    ),
    '',
    `[Faults](${faultsAt}) apply to every row${documents}.`,
  ])
}

function faultsPage(): string {
  return page('Faults 故障表', [
    `${written} Every agency and every issuer knows them. A fault is asked for`,
    '',
    "- in the sender's reference: `EV1121-C.LATE`, for the agency with the letter C (not those marked —);",
    '- for one exchange, and the documents about what it brings: `X-Sim-Scenario: LATE`;',
    '- by a step of a script, with parameters: `faults: [{ fault: LATE, byS: 60 }]`;',
    '- for the next exchanges or documents of an agency: `PUT /control/agencies/{id}/faults` with `{"fault": "LATE", "byS": 60, "times": 3}`; without `times`, until it is cleared.',
    '',
    'Where a row says "first", that is of each reference; by header, script or control call it is the exchange or document concerned. Parameters stand with what they are',
    'when nothing is said: names in `S` are seconds, simulated but for `retryAfterS`; in `Ms` milliseconds, real. A maintenance lasts an hour when neither `until` nor `forS` is',
    "said; its `Retry-After` counts the agency's simulated seconds. How codes nobody knows, other versions and notices of maintenance look is told at the end of each `specification.md`.",
    '',
    ...table(
      ['fault', 'spoils', 'by reference', 'parameters', 'what happens', '作用'],
      faults.map((fault) => [
        `\`${fault.fault}\``,
        fault.on,
        fault.byReference ? 'yes' : '—',
        parametersIn(fault),
        fault.does.en,
        fault.does.zh,
      ]),
    ),
  ])
}

function parametersIn({ fault }: Fault): string {
  const usual: { readonly [name: string]: unknown } = plainOrder(fault)
  return parametersOf(fault)
    .map((name) => (usual[name] === undefined ? `\`${name}\`` : `\`${name}\` ${JSON.stringify(usual[name])}`))
    .join(', ')
}

const page = (title: string, lines: readonly string[]): string => `${[`# ${title}`, '', ...lines].join('\n')}\n`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}
