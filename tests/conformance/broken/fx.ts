import { type Broken, withFront } from './shape.ts'

export const fx: Broken = {
  agency: 'fx',
  how: 'a mock that answers garbage with a yes',
  breaks: (sound) => {
    const yes = sound.replies.find(({ brings }) => brings === 'acknowledged')
    if (yes === undefined) throw new Error('There is no golden yes')
    return withFront(sound, () => async (request, office) => {
      const answer = await office(request)
      if (request.method !== 'POST' || answer.status !== 400) return answer
      return new Response(yes.body, { headers: { 'content-type': yes.contentType } })
    })
  },
  fails: ['mock-refuses-garbage'],
}
