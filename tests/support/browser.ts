import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'

/** Starts the Chromium that comes with its registry package: nothing is downloaded, nothing of the machine is used. */
export async function startBrowser(): Promise<Browser> {
  const [{ chromium }, { default: packaged }] = await Promise.all([
    import('playwright-core'),
    import('@sparticuz/chromium'),
  ])
  const executablePath = await packaged.executablePath()
  if (!existsSync(executablePath)) throw new Error('The packaged Chromium was not unpacked')
  return chromium.launch({ executablePath, args: packaged.args, headless: true })
}
