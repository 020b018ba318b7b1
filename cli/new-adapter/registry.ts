/** The lines by which a checkout knows an agency 登记: one in each registry, and its row in the README. */
import type { NewFile } from './template.ts'
import type { Wanted } from './wanted.ts'

/** Files that get a line, with how each gets it. */
const registries: { readonly [path: string]: (text: string, wanted: Wanted) => string } = {
  'adapters/registry.ts': (text, { id }) =>
    inserted(withImport(text, id), /\n\}\n$/, `\n  ${id},\n}\n`, 'adapters/registry.ts'),
  'mocks/registry.ts': (text, { id }) =>
    inserted(withImport(text, id), /(?<=[a-z0-9]),?\s*\]\n$/, `, ${id}]\n`, 'mocks/registry.ts'),
  'README.md': (text, { id, nameEn, nameZh }) =>
    inserted(
      text,
      /(?=\n+<!-- \/agencies -->)/,
      `\n| \`${id}\` | ${nameEn} ${nameZh} | \`notice\` 货物通报 | JSON; pushed |`,
      'README.md',
    ),
}

/** The registries with the new lines. @throws {Error} one of them does not look as it should: nothing is guessed */
export const editsFor = (wanted: Wanted, read: (path: string) => string): NewFile[] =>
  Object.entries(registries).map(([path, edit]) => ({ path, text: edit(read(path), wanted) }))

function inserted(text: string, where: RegExp, what: string, path: string): string {
  if (!where.test(text)) throw new Error(`${path} has no place for another agency: add its line by hand`)
  return text.replace(where, () => what)
}

/** An import among the others, in the order of their modules. */
function withImport(text: string, id: string): string {
  const line = `import { ${id} } from './${id}/index.ts'`
  const lines = text.split('\n')
  const moduleOf = (one: string) => /^import .* from '(\.[^']+)'$/.exec(one)?.[1]
  const imports = lines.flatMap((one, at) => (moduleOf(one) === undefined ? [] : [{ at, module: moduleOf(one) ?? '' }]))
  const next = imports.find(({ module }) => module > `./${id}/index.ts`)?.at ?? (imports.at(-1)?.at ?? -1) + 1
  return lines.toSpliced(next, 0, line).join('\n')
}
