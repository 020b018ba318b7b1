import type { z } from 'zod'
import type { changeAnswer } from '../../../schemas/answers.ts'
import type { Text } from '../../../schemas/text.ts'

type Change = z.infer<typeof changeAnswer>

/** What a change 修撤单 is called. */
export const changeNames: Readonly<Record<Change['kind'], Text>> = {
  amendment: { en: 'Amendment', zh: '修改' },
  cancellation: { en: 'Cancellation', zh: '撤销' },
}
export const changeStatuses: Readonly<Record<Change['status'], Text>> = {
  pending: { en: 'agencies are asked', zh: '机构办理中' },
  granted: { en: 'granted', zh: '已获准' },
  partly: { en: 'granted in part', zh: '部分获准' },
  refused: { en: 'refused', zh: '未获准' },
  withdrawn: { en: 'taken back', zh: '已收回' },
}
