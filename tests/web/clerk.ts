import type { World } from '../support/world.ts'
import { type Form, formsIn } from './forms.ts'

/** Somebody who works with pages without a browser: with a session, or without. */
export interface Clerk {
  readonly cookie: string
  get(path: string, headers?: Record<string, string>): Promise<Seen>
  post(path: string, fields: Fields, headers?: Record<string, string>): Promise<Seen>
  /** Sends the form of a page that goes to `action`, as it stands there but for some fields. */
  send(seen: Seen, action: RegExp, fields?: Fields): Promise<Seen>
}
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>
export interface Seen {
  readonly status: number
  readonly location: string
  readonly html: string
  readonly forms: readonly Form[]
}

const home = 'http://window.test'

/** @param key whose session; absent: nobody's */
export async function clerkOf({ app }: Pick<World, 'app'>, key?: string, language = 'en'): Promise<Clerk> {
  let cookie = ''
  const ask = async (method: string, path: string, headers: Record<string, string>, body?: string): Promise<Seen> => {
    const response = await app.request(`${home}${path}`, {
      method,
      headers: { host: 'window.test', accept: 'text/html', 'accept-language': language, cookie, ...headers },
      ...(body === undefined ? {} : { body }),
    })
    const html = await response.text()
    const session = /yuchuang_session=[^;]*/.exec(response.headers.get('set-cookie') ?? '')?.[0]
    if (session !== undefined) cookie = session
    return { status: response.status, location: response.headers.get('location') ?? '', html, forms: formsIn(html) }
  }
  const post: Clerk['post'] = (path, fields, headers = {}) => {
    const form = new URLSearchParams()
    for (const [name, given] of Object.entries(fields))
      for (const value of given === undefined ? [] : typeof given === 'string' ? [given] : given)
        form.append(name, value)
    const type = { 'content-type': 'application/x-www-form-urlencoded', origin: home }
    return ask('POST', path, { ...type, ...headers }, form.toString())
  }
  if (key !== undefined) await post('/sign-in', { key })
  return {
    get cookie() {
      return cookie
    },
    get: (path, headers = {}) => ask('GET', path, headers),
    post,
    send(seen, action, fields = {}) {
      const form = seen.forms.find((one) => action.test(one.action))
      if (form === undefined)
        throw new Error(`No form goes to ${action}: ${seen.forms.map((one) => one.action).join(' ')}`)
      return post(form.action, { ...form.fields, ...fields })
    },
  }
}
