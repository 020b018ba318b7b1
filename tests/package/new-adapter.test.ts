import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { editsFor } from '../../cli/new-adapter/registry.ts'
import { filesFor } from '../../cli/new-adapter/template.ts'
import { writeAll } from '../../cli/new-adapter/write.ts'
import { root, textOf } from '../support/source.ts'
import { ownFolder, programOf, run, yuchuang } from './support.ts'

const into = ownFolder()

test.each([
  ['no id', [], 'say one id'],
  ['two ids', ['plants', 'garden'], 'say one id'],
  ['a capital', ['Plants'], 'small letters'],
  ['a path', ['../plants'], 'small letters'],
  ['one letter', ['p'], 'small letters'],
  ['twenty-one letters', ['a'.repeat(21)], 'small letters'],
  ['an agency that is there', ['tax'], 'tax is there already'],
  ['an issuer that is there', ['commerce'], 'commerce is there already'],
  ['a word of the language', ['class'], 'already means something else'],
  ['a path of the simulator', ['sessions'], 'already means something else'],
  ['a name in the template', ['decisions'], 'already means something else'],
  ['a letter that is taken', ['plants', '--letter', 'C'], 'the letter C is taken'],
  ['a letter that is none', ['plants', '--letter', 'PL'], 'a letter is one of A to Z'],
  ['a Chinese name in English', ['plants', '--name-zh', 'Plants'], 'Chinese characters'],
  ['a name that ends the text it stands in', ['plants', '--name-en', 'x" + process.exit() + "'], 'no quotes'],
  ['a name of two lines', ['plants', '--name-en', 'a\nb'], 'no quotes'],
  ['a flag nobody knows', ['plants', '--force'], '--force'],
])('asked with %s nothing is made, and it says why', async (_, argv, why) => {
  const { code, out, err } = await yuchuang(
    'new-adapter',
    ...argv,
    ...(argv.includes('--force') ? [] : ['--into', into]),
  )
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(why)
  expect(readdirSync(into)).toEqual([])
})

test('a trial shows what would be made and changed, and makes nothing', async () => {
  const { code, out } = await yuchuang('new-adapter', 'plants', '--dry-run')
  expect(code).toBe(0)
  expect(out).toContain('adapters/plants/encode.ts')
  expect(out).toContain('adapters/registry.ts')
  expect(existsSync(join(root, 'adapters/plants'))).toBe(false)
  expect(textOf('adapters/registry.ts')).not.toContain('plants')
})

test('a folder that is there is left as it is', async () => {
  const own = ownFolder()
  mkdirSync(join(own, 'mocks/plants'), { recursive: true })
  writeFileSync(join(own, 'mocks/plants/notes.txt'), 'mine')
  const { code, err } = await yuchuang('new-adapter', 'plants', '--into', own)
  expect(code).toBe(2)
  expect(err).toContain('mocks/plants is there already')
  expect(readdirSync(own, { recursive: true }).sort()).toEqual(['mocks', 'mocks/plants', 'mocks/plants/notes.txt'])
})

test('a place where no folder can be made is told, with nothing made', async () => {
  const own = ownFolder()
  writeFileSync(join(own, 'file'), 'mine')
  const { code, out, err } = await yuchuang('new-adapter', 'plants', '--into', join(own, 'file'))
  expect([code, out]).toEqual([1, ''])
  expect(err).toMatch(/^yuchuang new-adapter: nothing was made: .+\n$/)
  expect(readdirSync(own)).toEqual(['file'])
})

test.each([1, 2, 3, 4])('what breaks off at move %i leaves everything as it was', (at) => {
  const own = ownFolder()
  writeFileSync(join(own, 'one.ts'), 'one')
  writeFileSync(join(own, 'two.ts'), 'two')
  const before = readdirSync(own).sort()
  let moves = 0
  const writing = {
    root: own,
    folders: ['a/x', 'b/x'],
    files: [
      { path: 'a/x/index.ts', text: 'a' },
      { path: 'b/x/index.ts', text: 'b' },
    ],
    edits: [
      { path: 'one.ts', text: 'ONE' },
      { path: 'two.ts', text: 'TWO' },
    ],
    move(from: string, to: string) {
      if (++moves === at) throw new Error('the disk is full')
      renameSync(from, to)
    },
  }
  expect(() => writeAll(writing)).toThrow('the disk is full')
  expect(readFileSync(join(own, 'one.ts'), 'utf8') + readFileSync(join(own, 'two.ts'), 'utf8')).toBe('onetwo')
  expect(existsSync(join(own, 'a/x')) || existsSync(join(own, 'b/x'))).toBe(false)
  expect(
    readdirSync(own)
      .filter((name) => !['a', 'b'].includes(name))
      .sort(),
  ).toEqual(before)
})

test('a registry that looks otherwise is not guessed at', () => {
  const wanted = { id: 'plants', letter: 'P', nameEn: 'Plants', nameZh: '植物' }
  expect(() => editsFor(wanted, () => 'export const adapters = make()\n')).toThrow('add its line by hand')
})

test.each([
  ['aa', 'Q', "People's office", '甲'],
  ['a'.repeat(20), 'Q', `A ${'very '.repeat(7)}`.trim(), '机'.repeat(20)],
])('whatever %s is called, its files are written as this house writes them', async (id, letter, nameEn, nameZh) => {
  const wanted = { id, letter, nameEn, nameZh }
  const own = ownFolder()
  const sources = new URL(`file://${root}`)
  for (const [folder, files] of [
    ['checkout', filesFor(wanted, sources)],
    ['project', filesFor(wanted)],
  ] as const)
    writeAll({
      root: join(own, folder),
      folders: [`adapters/${id}`, `mocks/${id}`],
      files,
      edits: [],
    })
  mkdirSync(join(own, 'registries'))
  for (const { path, text } of editsFor(wanted, textOf))
    writeFileSync(join(own, 'registries', path.replaceAll('/', '-')), text)
  const { vcs: _, ...config } = JSON.parse(textOf('biome.json')) as { vcs: unknown }
  writeFileSync(join(own, 'biome.json'), JSON.stringify(config))
  const { code, out, err } = await run(programOf('biome'), ['check', 'checkout', 'project', 'registries'], own)
  expect(`${out}${err}`).toMatch(/Checked \d\d files/)
  expect(code, `${out}${err}`).toBe(0)
  expect(readdirSync(own, { recursive: true }).length).toBeGreaterThan(50)
})

test('nothing of the template’s own names is left', () => {
  const made = filesFor({ id: 'plants', letter: 'P', nameEn: 'Plants', nameZh: '植物' })
  expect(made.filter(({ text }) => /templateid|Template station|样板机构|-Z\.|'Z'/.test(text))).toEqual([])
})
