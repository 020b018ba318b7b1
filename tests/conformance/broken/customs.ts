import { type Broken, withAdapter } from './shape.ts'

export const customs: Broken = {
  agency: 'customs',
  how: 'an adapter that reads a code as a number: 07 is 7 to it',
  breaks: (sound) =>
    withAdapter(sound, ({ decode }) => ({
      decode: (reply) => decode({ ...reply, body: reply.body.replaceAll(/>0+(\d)</g, '>$1<') }),
    })),
  fails: ['unknown-code-moves-nothing'],
}
