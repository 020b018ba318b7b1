import * as z from 'zod'
import { day } from '../../schemas/formats.ts'

export const portFeesQuery = z.strictObject({
  day: day.optional().describe('the day whose list counts (Asia/Shanghai); today when absent'),
})
