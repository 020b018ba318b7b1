/** A form of a page, as a browser would send it untouched. */
export interface Form {
  readonly action: string
  readonly fields: Readonly<Record<string, string | readonly string[]>>
}

/** The forms of a page of ours: its HTML is regular enough for that. */
export const formsIn = (html: string): Form[] =>
  [...html.matchAll(/<form [^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].map(([, action = '', inside = '']) => ({
    action: textOf(action),
    fields: fieldsIn(inside),
  }))

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]?.replace(/[\s\S]*/, textOf)

function fieldsIn(html: string): Form['fields'] {
  const fields: Record<string, string | string[]> = {}
  for (const [tag] of html.matchAll(/<input [^>]*>/g)) {
    const [name, type, value = 'on'] = [attribute(tag, 'name'), attribute(tag, 'type'), attribute(tag, 'value')]
    if (name === undefined) continue
    if (type !== 'checkbox') fields[name] = value
    else if (/ checked/.test(tag)) fields[name] = [fields[name] ?? [], value].flat()
  }
  for (const [, tag = '', text = ''] of html.matchAll(/(<textarea [^>]*>)\n?([\s\S]*?)<\/textarea>/g))
    fields[attribute(tag, 'name') ?? ''] = textOf(text).replaceAll('\n', '\r\n')
  for (const [, tag = '', inside = ''] of html.matchAll(/(<select [^>]*>)([\s\S]*?)<\/select>/g)) {
    const options = [...inside.matchAll(/<option[^>]*>/g)].map(([option]) => option)
    const chosen = options.find((option) => / selected/.test(option)) ?? options[0] ?? ''
    fields[attribute(tag, 'name') ?? ''] = attribute(chosen, 'value') ?? ''
  }
  return fields
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
/** What HTML says, as text. */
export const textOf = (html: string): string =>
  html.replaceAll(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => entities[name] ?? whole)
