import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { laptops } from './declaration.ts'
import type { Done, Job } from './load.ts'

/** The load generator's process, seen from here. */
export interface Generator {
  run(job: Job): Promise<Done>
  stop(): void
}

export function startGenerator(): Generator {
  const child = fork(fileURLToPath(new URL('load.ts', import.meta.url)))
  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        const ended = () => reject(new Error('The load generator ended'))
        child.once('exit', ended)
        child.once('message', (said: { done?: Done; failed?: string }) => {
          child.off('exit', ended)
          if (said.done === undefined) reject(new Error(`${job.url}: ${said.failed}`))
          else resolve(said.done)
        })
        child.send(job)
      }),
    stop: () => void child.kill(),
  }
}

const place = 'NUMBER-0000000'
/** The measured declaration before and after its own number, which each request sets anew. */
export function bodyAround(): { head: string; tail: string } {
  const [head, tail, more] = JSON.stringify(laptops(place, 1)).split(place)
  if (head === undefined || tail === undefined || more !== undefined) throw new Error('The number stands not once')
  return { head, tail }
}
