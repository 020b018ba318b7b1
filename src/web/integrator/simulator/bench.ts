import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { SimulatorPlace, SimulatorSession } from '../../../../schemas/simulator.ts'
import type { Env } from '../../../services.ts'
import type { Answered } from '../../api.ts'
import { type Desk as AnyDesk, openDesk, type Refused } from '../../desk.ts'
import type { Html } from '../../layout.ts'
import { withQuery } from '../../pieces.ts'
import type { PlaceId } from '../../places.ts'
import { simulatorWords, type Word } from './words.ts'

/** What a page of the simulator is made with: a desk, and the session it is about. */
export interface Bench extends AnyDesk<Word> {
  /** The session asked for; undefined: the one this gateway files in. */
  readonly session: string | undefined
  /** What the simulator answers about the session. */
  ask<T>(path: string): Promise<Answered<T>>
  order<T>(method: string, path: string, body?: unknown): Promise<Answered<T>>
  /** A page of the simulator about the same session. */
  link(path: string, query?: { readonly [name: string]: string | undefined }): string
}

/** A session as one may be called: whatever else is asked for is none. */
const sessionName = /^[a-z0-9][a-z0-9-]{0,62}$/i
const control = '/v1/simulator/control'

export function benchOf(app: Hono<Env>, context: Context<Env>, at: PlaceId): Bench {
  const desk = openDesk(app, context, at, simulatorWords)
  const asked = context.req.query('session')
  const session = asked === undefined || asked === '' ? undefined : asked
  const isNamed = session === undefined || sessionName.test(session)
  const headers = session === undefined || !isNamed ? {} : { 'x-sim-session': session }
  const send = async <T>(method: string, path: string, body?: unknown): Promise<Answered<T>> => {
    if (!isNamed) return noSession(desk)
    const answered = await desk.api.send<T>(method, `${control}${path}`, body, headers)
    return answered.ok ? answered : inOurWords(desk, answered)
  }
  return {
    ...desk,
    session,
    ask: (path) => send('GET', path),
    order: send,
    link: (path, query = {}) => withQuery(path, { session, ...query }),
  }
}

const noSession = ({ t }: AnyDesk<Word>): Refused => ({
  ok: false,
  status: 404,
  problem: { code: 'no-such-session', title: t('refused'), detail: t('noSuchSession') },
  headers: new Headers(),
})

/** A refusal of the simulator's own, which says everything in both languages, as problems of the gateway are shown. */
function inOurWords({ language, t }: AnyDesk<Word>, refused: Refused): Refused {
  const { detailZh, errors, ...problem } = refused.problem as Refused['problem'] & { readonly detailZh?: string }
  // What the gateway itself says is said in the visitor's language already.
  if (detailZh === undefined) return refused
  return {
    ...refused,
    problem: {
      ...problem,
      title: t('refused'),
      detail: language === 'zh' ? detailZh : problem.detail,
      ...(errors === undefined
        ? {}
        : {
            errors: errors.map((one) => ({
              ...one,
              pointer: one.pointer ?? '',
              detailZh: one.detailZh ?? one.detail,
            })),
          }),
    },
  }
}

/** What every page of the simulator shows first: which session, of which simulator. */
export interface Head {
  readonly place: SimulatorPlace
  readonly sessions: readonly SimulatorSession[]
  /** The session the page is about, by its id. */
  readonly id: string
}

export async function headOf({ api, session }: Bench): Promise<Answered<Head>> {
  const [place, sessions] = await Promise.all([
    api.get<SimulatorPlace>('/v1/simulator'),
    api.get<{ readonly data: readonly SimulatorSession[] }>(`${control}/sessions`),
  ])
  if (!place.ok) return place
  if (!sessions.ok) return sessions
  return { ...place, body: { place: place.body, sessions: sessions.body.data, id: session ?? place.body.session } }
}

/** The heading of a page, with the session chosen beside it. */
export function headingOf(bench: Bench, { place, sessions, id }: Head, title: string, path: string): Html {
  const { t } = bench
  const known = sessions.some((one) => one.id === id) ? sessions : [{ id }, ...sessions]
  return html`<div class="sim-head"><h1>${title}</h1><search><form method="get" action="${path}" class="sim-session">
<label for="session">${t('session')}</label> <select id="session" name="session">${known.map(
    (one) =>
      html`<option value="${one.id}"${one.id === id ? html` selected` : ''}>${one.id}${one.id === place.session ? ` (${t('ownSession')})` : ''}</option>`,
  )}</select> <button type="submit" class="secondary">${t('show')}</button></form></search></div>
${id === place.session ? '' : html`<p class="note">${t('notOwn')} <a href="${path}">${place.session}</a></p>`}`
}

/** A page where there is no simulator, or none that answers. */
export function noSimulator(bench: Bench, refused: Refused): Promise<Response> {
  if (refused.status !== 503) return bench.refuse(refused)
  const { t, show } = bench
  return show(
    { title: t('none'), status: 503 },
    html`<h1>${t('none')}</h1><section class="problem" role="alert"><h2>${refused.problem.detail}</h2><p>${t('noneHelp')}</p></section>`,
  )
}

/** A tick that is asked for before something that cannot be undone. */
export const sureField = ({ t }: Pick<Bench, 't'>, id: string, isMissing: boolean): Html =>
  html`<label class="sim-sure"><input type="checkbox" id="${id}" name="sure" value="yes" required${isMissing ? html` aria-invalid="true" aria-describedby="${id}-wrong"` : ''}> ${t('sure')}</label>${isMissing ? html`<small id="${id}-wrong" class="wrong">${t('sureMissing')}</small>` : ''}`
