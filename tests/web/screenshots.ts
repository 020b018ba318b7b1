/**
 * Pictures of every page 页面截图: `npm run screenshots [-- <part of a path> …] [--dark]`. A furnished site, each page at two widths in both
 * languages, below `.yuchuang/screenshots/`; `index.html` there shows all of them side by side.
 */
import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dark: { type: 'boolean', default: false } },
})
process.env['SCREENSHOTS_OF'] = JSON.stringify(positionals)
process.env['SCREENSHOTS_DARK'] = values.dark ? 'yes' : ''
const vitest = await startVitest('test', [], {
  include: ['tests/web/screenshots-taken.ts'],
  watch: false,
  reporters: ['default'],
  testTimeout: 1_200_000,
  hookTimeout: 1_200_000,
})
await vitest.close()
