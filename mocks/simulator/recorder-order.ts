/** How a recording is asked for 录制请求: of which agency, from where, with what masked. */
import * as z from 'zod'
import { limits } from './limits.ts'

const target = z.string().transform((text, context) => {
  const url = URL.parse(text)
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message, input: text })
    return z.NEVER
  }
  if (url === null || !/^https?:$/.test(url.protocol)) return refuse('is an http or https address')
  // The address is shown to whoever reads the recording.
  if (url.username !== '' || url.password !== '') return refuse('holds no credentials: they come with each request')
  if (url.search !== '' || url.hash !== '') return refuse('is an address without ? and #: paths go on behind it')
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
})

const names = (pattern: RegExp, what: string) =>
  z.array(z.string().max(limits.recordingNameCharacters).regex(pattern, what)).max(limits.recordingNames).default([])

export const recordingOrder = z.strictObject({
  agency: z.string(),
  /** Where the real endpoint is; the path inside the agency is put behind it. */
  target,
  mask: z
    .strictObject({
      /** Header fields masked beside those that always are. */
      headers: names(/^[\w!#$%&'*+.^`|~-]+$/, 'is the name of a header field'),
      /** Members of JSON, elements and attributes of XML, parameters of a query or a form; upper or lower case. */
      fields: names(/^[\p{L}_][\p{L}\p{N}_.-]*$/u, 'is the name of a member or an element, without prefix'),
    })
    .prefault({}),
})

export type RecordingOrder = z.output<typeof recordingOrder>
