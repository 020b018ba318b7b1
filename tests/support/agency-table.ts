import type { Adapter } from '../../adapters/adapter.ts'
import { adapters } from '../../adapters/registry.ts'
import { goldenCases } from '../../conformance/adapter/goldens.ts'

/** The README's table of agencies, from the registry: `node tests/support/agency-table.ts` prints it. */
export const agencyTable = (): string[] => [
  '| id | agency | procedures | wire |',
  '|---|---|---|---|',
  ...Object.entries(adapters).map(([id, adapter]) => {
    const procedures = Object.entries(adapter.procedures).map(([procedure, { name }]) => `\`${procedure}\` ${name.zh}`)
    return `| \`${id}\` | ${adapter.name.en} ${adapter.name.zh} | ${procedures.join(' · ')} | ${wireOf(id, adapter)} |`
  }),
]

/** What goes over the wire, and where the decision comes from. */
function wireOf(agency: string, { procedures }: Adapter): string {
  const formats = new Set(goldenCases(agency).flatMap(({ file }) => file?.split('.').at(-1)?.toUpperCase() ?? []))
  const ways = Map.groupBy(Object.entries(procedures), ([, { replies }]) => replies)
  const said = [...ways].map(([replies, of]) =>
    ways.size === 1 ? replies : `${replies}: ${of.map(([id]) => `\`${id}\``).join(' ')}`,
  )
  return [[...formats].join(', '), ...said].join('; ')
}

if (import.meta.main) console.log(agencyTable().join('\n'))
