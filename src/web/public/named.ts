import type { Text } from '../../../schemas/text.ts'
import type { Language } from '../../problem.ts'
import type { Api } from '../api.ts'

/** What an agency is called; its id where it is not known. */
export type AgencyNames = (id: string, language: Language) => string

export async function agencyNames({ get }: Api): Promise<AgencyNames> {
  const answered = await get<{ data: { id: string; name: Text }[] }>('/v1/agencies')
  const names = new Map(answered.ok ? answered.body.data.map(({ id, name }) => [id, name]) : [])
  return (id, language) => names.get(id)?.[language] ?? id
}
