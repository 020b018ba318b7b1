/** Unpacks the browser before any worker starts: two that did it at once would have one start what the other still writes (ETXTBSY). */
export default async function setup(): Promise<void> {
  const { default: packaged } = await import('@sparticuz/chromium')
  await packaged.executablePath()
}
