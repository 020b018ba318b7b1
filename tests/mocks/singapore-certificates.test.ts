import { describe, expect, test } from 'vitest'
import {
  between,
  certificate,
  golden,
  hour,
  minute,
  naming,
  numbered,
  office,
  type Wanted,
} from './singapore-window.ts'

describe('a certificate of origin', () => {
  test('issued in Singapore gets a number there; one from China keeps its own, once', async () => {
    const { send, pass, story, since, now } = await office()
    await send(certificate({ reference: 'C1', at: now() }))
    pass(minute)
    const china = (wanted: Wanted) =>
      numbered(golden('certificate-from-china').replace(/<cbc:PermitNumber>.*<\/cbc:PermitNumber>/, ''), wanted)
    await send(china({ reference: 'C2', at: now() }))
    pass(hour)
    await send(china({ reference: 'C3', at: now() }))
    pass(hour)
    expect(
      since()
        .map((body) => between(body, 'CertificateNumber'))
        .filter((number) => number !== ''),
    ).toEqual(['SG20261121000001', 'E26CN5000110001'])
    expect(story('C3')).toEqual(['URN Accepted', 'Declaration Rejected O20'])
  })

  test('that names a permit nobody has is rejected', async () => {
    const { send, pass, story, now } = await office()
    await send(certificate({ reference: 'C1', at: now(), replace: naming('OD6K000009K') }))
    pass(hour)
    expect(story()).toEqual(['URN Accepted', 'Declaration Rejected O30'])
  })

  test.each([
    ['E20012', 'certificate-from-china', [['>RVC<', '>CTH<']]],
    ['E20040', 'certificate-from-china', [[/<cbc:IssueDate>\d+<\/cbc:IssueDate>/, '']]],
    [
      'E20040',
      'certificate-from-singapore',
      [[/(<cbc:IssuingCountry>SG<\/cbc:IssuingCountry>)/, '$1<cbc:CertificateNumber>X1</cbc:CertificateNumber>']],
    ],
    ['E20041', 'certificate-from-china', [[/<cbc:RegionalValueContent>.*<\/cbc:RegionalValueContent>/, '']]],
    ['E20042', 'certificate-from-singapore', [[/(OriginCountry>)SG/, '$1MY']]],
    ['E20031', 'certificate-from-singapore', [[/(LoadingPort>)SG/, '$1MY']]],
    ['E20010', 'certificate-from-china', [['00192200M', '00192200X']]],
    ['E20021', 'certificate-from-china', [['NumberOfItems>2', 'NumberOfItems>3']]],
  ] as const)('is faulted %s (%s)', async (code, name, replace) => {
    const { send, pass, story, now } = await office()
    await send(numbered(golden(name), { at: now(), replace }))
    pass(hour)
    expect(story()).toEqual([`Customs Error message ${code}`])
  })
})
