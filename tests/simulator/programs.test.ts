// oxlint-disable unicorn/no-thenable -- `then` is a word of the scripts’ language, and always a text
import { expect, test } from 'vitest'
import { programOf } from '../../mocks/simulator/script/programs.ts'
import { loaded, type ScriptLike, scriptOf } from './script-stage.ts'

const story: ScriptLike = {
  starts: 'open',
  steps: [
    { name: 'declared', in: 'open', match: { method: 'POST', path: '/declare' }, outcome: 'INSPECT', then: 'done' },
    { name: 'again', in: 'done', match: { method: 'POST', path: '/declare' }, reply: { body: 'again' } },
  ],
}

test('the same script, read twice, is one program; another is another', () => {
  const program = programOf(scriptOf(story))
  expect(programOf(scriptOf(story))).toBe(program)
  const changed = scriptOf({ ...story, steps: story.steps.slice(0, 1) })
  expect(programOf(changed)).not.toBe(program)
  expect(programOf(changed).steps).toHaveLength(1)
})

test('sessions that share a program each have states of their own', () => {
  const [one, other] = [loaded(story), loaded(story)]
  expect(one.ask()?.outcomes).toEqual(['INSPECT'])
  expect(one.ask()?.reply?.body).toBe('again')
  expect(other.ask()?.outcomes).toEqual(['INSPECT'])
  expect(other.scripts.list()[0]?.steps.map(({ count }) => count)).toEqual([1, 0])
})
