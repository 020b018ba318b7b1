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
  // Meant for a function that opens one page and ends: as one process it ends with its first page, and it would let pages reach across sites.
  const args = packaged.args.filter((argument) => !unwanted.includes(argument))
  return chromium.launch({ executablePath, args, headless: true })
}

const unwanted: readonly string[] = ['--single-process', '--no-zygote', '--disable-web-security']
