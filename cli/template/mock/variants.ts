import type { Outgoing, Variants } from 'yuchuang/simulator'

const chinaAheadMs = 8 * 3_600_000

/** Documents as versions 0.9 and 2.0 of the interface have them, and its notice of maintenance. Source: specification §6. */
export const variants: Variants = {
  unknownCode: (document) => changed(document, (said) => ({ ...said, code: 'AT_COUNTER_8' })),
  older: (document) => changed(document, (said) => ({ ...said, number: undefined })),
  newer: (document) => changed(document, (said) => ({ ...said, counter: { code: 'C7', phone: '12360' } })),
  maintenance: (until) => ({
    contentType: 'application/json',
    body: `${JSON.stringify({ closed: new Date(until + chinaAheadMs).toISOString().replace(/\..*/, '+08:00') })}\n`,
  }),
}

type Said = { readonly [name: string]: unknown }

/** A document of the station written otherwise; whatever else stays as it is. */
function changed(document: Outgoing, change: (said: Said) => Said): Outgoing {
  let said: unknown
  try {
    said = JSON.parse(document.body)
  } catch {
    return document
  }
  if (typeof said !== 'object' || said === null || !('code' in said)) return document
  return { ...document, body: `${JSON.stringify(change(said as Said), null, 2)}\n` }
}
