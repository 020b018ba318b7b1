import { expect, test } from 'vitest'
import { lookedAlready, nothingLooked } from './look.ts'
import { openSite } from './site.ts'
import { sweep } from './sweep.ts'
import { furnishWindow } from './window-places.ts'

// Every page of declaring, connecting, running the window and looking in from outside, as a browser shows it.
const site = await openSite()
const places = await furnishWindow(site)

const looked = nothingLooked()

test('every page of the window in English, on a light screen, fits a phone and a desk, can be heard, keeps to itself, and shows names as text', async () => {
  expect(await sweep(site, places, { locale: 'en', colorScheme: 'light' }, looked)).toEqual([])
}, 600_000)

test('every page of the window in Chinese, on a dark screen, fits a phone, keeps to itself, and shows names as text', async () => {
  expect(await sweep(site, places, { locale: 'zh-CN', colorScheme: 'dark' }, lookedAlready(looked))).toEqual([])
}, 600_000)
