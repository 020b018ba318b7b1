import { html } from 'hono/html'
import type { VerificationAnswer } from '../../../schemas/audit.ts'
import type { Html } from '../layout.ts'
import { atPort, fact } from '../pieces.ts'
import { toneTag } from '../status.ts'
import { say } from '../words.ts'
import type { AuditDesk } from './audit.ts'
import { recordNames, verificationNames } from './audit-words.ts'

const looks = {
  waiting: ['idle', 'clock'],
  running: ['busy', 'arrow-path'],
  whole: ['good', 'shield-check'],
  broken: ['bad', 'x-circle'],
  failed: ['care', 'exclamation-triangle'],
} as const

/** What a check came to, as it stands in a list. */
export const resultTag = ({ language }: AuditDesk, status: VerificationAnswer['status']): Html =>
  toneTag(looks[status][0], looks[status][1], say(language, verificationNames[status] ?? verificationNames.failed))

/** What a check came to, in words; where it is broken, the first break and what to do. */
export function resultBox(desk: AuditDesk, check: VerificationAnswer): Html {
  const { t } = desk
  const { status, checked, total, found, broken, error, by, requestedAt, doneAt, key, seal, declarationId } = check
  const words = {
    waiting: t('waitsSo'),
    running: t('runsSo'),
    whole: t(declarationId === undefined ? 'wholeAll' : 'wholeOne'),
    broken: t('brokenAt'),
    failed: t('failedSo'),
  }[status]
  const kind = { waiting: 'care', running: 'care', whole: 'well', broken: 'bad', failed: 'care' }[status]
  return html`<section class="glance ${kind}"><p id="verdict" role="status">${resultTag(desk, status)} <strong>${words}</strong></p>
${broken === undefined ? '' : brokenBox(desk, broken)}${error === undefined ? '' : html`<p><code>${error}</code></p>`}</section>
${status === 'running' ? html`<progress max="${Math.max(total, 1)}" value="${checked}" aria-label="${t('under')}"></progress><p>${checked} / ${total} ${t('under')}</p>` : ''}
<dl class="facts">${
    found === undefined
      ? ''
      : html`${fact(t('declaration'), String(found.declarations))}${fact(t('events'), String(found.events))}${fact(t('kept'), String(found.kept))}${fact(t('proofs'), String(found.proofs))}${fact(t('sealsSeen'), String(found.seals))}
${fact(t('newest'), found.newest && html`${found.newest.day} <code class="digest">${found.newest.hash}</code>`)}${fact(t('unowned'), found.unowned === 0 ? undefined : String(found.unowned))}`
  }${fact(t('pinned'), key === undefined && seal === undefined ? undefined : html`<code class="digest">${key ?? ''} ${seal ?? ''}</code>`)}
${fact(t('by'), by)}${fact(t('started'), atPort(requestedAt))}${fact(t('ended'), doneAt === undefined ? undefined : atPort(doneAt))}</dl>
${status === 'whole' && key === undefined && seal === undefined ? html`<p class="note">${t('itself')}</p>` : ''}`
}

function brokenBox(desk: AuditDesk, broken: NonNullable<VerificationAnswer['broken']>): Html {
  const { t, language } = desk
  const { declarationId, event, record, day, what } = broken
  return html`<dl class="facts">${fact(
    t('declaration'),
    declarationId === undefined
      ? undefined
      : html`<a href="/operations/audit/declarations/${declarationId}"><code>${declarationId}</code></a>`,
  )}${fact(t('event'), event === undefined ? undefined : String(event))}${fact(t('record'), record === undefined ? undefined : say(language, recordNames[record] ?? { en: record, zh: record }))}${fact(t('day'), day)}
${fact(t('whatDiffers'), what)}</dl><p>${t('whatNow')}</p>`
}
