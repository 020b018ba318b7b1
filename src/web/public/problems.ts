import type { Hono } from 'hono'
import { html } from 'hono/html'
import { Problem, problems } from '../../problem.ts'
import type { Env } from '../../services.ts'
import { render } from '../layout.ts'
import { say, words } from '../words.ts'

const about = {
  en: 'A kind of problem the interface answers with (RFC 9457). Its code never changes its meaning.',
  zh: '接口返回的一类问题（RFC 9457），代码含义固定不变。',
} as const

/** What a kind of problem means 问题说明: its address stands in every problem document. */
export function problemPage(pages: Hono<Env>): void {
  pages.get('/problems/:code', (context) => {
    const code = context.req.param('code')
    const kind = Object.hasOwn(problems, code) ? problems[code as keyof typeof problems] : undefined
    if (kind === undefined) throw new Problem('not-found')
    const language = context.get('language')
    const [own, other] = language === 'zh' ? (['zh', 'en'] as const) : (['en', 'zh'] as const)
    return render(
      context,
      { title: code },
      html`<h1>${code} <small class="tag">HTTP ${kind.status}</small></h1><p>${kind[own]}</p><p lang="${other === 'zh' ? 'zh-CN' : 'en'}">${kind[other]}</p>
<p class="note">${say(language, about)}</p><p><a href="/docs">${say(language, words.reference)}</a></p>`,
    )
  })
}
