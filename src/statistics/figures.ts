import type { ClearanceFigures } from '../../schemas/statistics.ts'
import type { Database } from '../db/database.ts'
import { type PublicationRow, readPublications } from '../db/statistics-publications.ts'
import { limits } from '../limits.ts'
import { figuresFor, type Question } from './query.ts'

/** The published figures, the last asked for of them in memory: what is published changes only when another month is. */
export interface Figures {
  for(
    question: Question,
  ): Promise<{ readonly publications: PublicationRow[]; readonly figures: readonly ClearanceFigures[] }>
}

export function createFigures(database: Database): Figures {
  const kept = new Map<string, Promise<readonly ClearanceFigures[]>>()
  return {
    async for(question) {
      const publications = await readPublications(database.pool, question.from, question.to)
      const { measure, from, to, by, only } = question
      const months = publications.map(({ month, publishedAt }) => [month, publishedAt.getTime()])
      const name = JSON.stringify([measure, from, to, by, Object.entries(only).sort(), months])
      const found = kept.get(name) ?? figuresFor(database, question)
      kept.delete(name)
      kept.set(name, found)
      // A failure is not kept.
      found.catch(() => kept.get(name) === found && kept.delete(name))
      for (const oldest of kept.keys()) {
        if (kept.size <= limits.statisticsAnswersKept) break
        kept.delete(oldest)
      }
      return { publications, figures: await found }
    },
  }
}
