import { type Broken, withAdapter } from './shape.ts'

export const maritime: Broken = {
  agency: 'maritime',
  how: 'an adapter that takes a code it does not know for a yes',
  breaks: (sound) =>
    withAdapter(sound, ({ decode }) => ({
      decode: (reply) =>
        decode(reply).map((one) =>
          one.status === undefined && one.sets === undefined ? { ...one, status: 'closed' as const } : one,
        ),
    })),
  // What it brings where it should bring nothing, some procedures do not even claim.
  fails: ['replies-bring-what-they-say', 'replies-show-the-statuses', 'unknown-code-moves-nothing'],
}
