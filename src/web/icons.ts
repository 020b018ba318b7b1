import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

const folder = join(dirname(createRequire(import.meta.url).resolve('heroicons/package.json')), '24', 'outline')
const drawn = new Map<string, HtmlEscapedString>()

/** A picture of the icon set, by its name there (https://heroicons.com, outline). */
export type IconName =
  | 'document-text'
  | 'bars-3'
  | 'beaker'
  | 'wrench-screwdriver'
  | 'banknotes'
  | 'chart-bar'
  | 'check-circle'
  | 'x-circle'
  | 'clock'
  | 'pause-circle'
  | 'exclamation-triangle'
  | 'question-mark-circle'
  | 'arrow-path'
  | 'arrow-right'
  | 'paper-airplane'
  | 'magnifying-glass'
  | 'clipboard'
  | 'printer'
  | 'plus'
  | 'trash'
  | 'pencil-square'
  | 'eye'
  | 'bolt'
  | 'key'
  | 'bell'
  | 'play'
  | 'forward'
  | 'arrow-up-tray'
  | 'arrow-down-tray'
  | 'shield-check'
  | 'scale'
  | 'truck'
  | 'globe-asia-australia'
  | 'lock-closed'
  | 'information-circle'

/** An icon beside words that say the same: nobody who listens hears it twice. */
export function icon(name: IconName): HtmlEscapedString {
  let svg = drawn.get(name)
  if (svg === undefined) {
    const source = readFileSync(join(folder, `${name}.svg`), 'utf8')
    svg = raw(source.trim().replace('<svg ', '<svg class="icon" ')) as HtmlEscapedString
    drawn.set(name, svg)
  }
  return svg
}
