/** How the kit is called 用法, and what is said to who calls it otherwise. */

/** The command makes no sense as it stands: nothing is judged, and it ends with 2. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage'
}

export const usage = `Usage: yuchuang conform [adapter | agency | gateway] [options]

  yuchuang conform                        judges the adapters of this package with their mocks
      --simulator <url>                   and the agencies of a simulator that runs there
  yuchuang conform adapter <module|id>    judges an adapter, by its module or by its id in the registry
      --id <id>                           its one word, when the name of its folder is another
      --mock <module>                     the mock of its agency (default: ../../mocks/<id> beside it)
      --golden <folder>                   its golden examples (default: golden beside the module)
  yuchuang conform agency <url>           judges a running endpoint that claims to be an agency
      --agency <id>                       which one, by its id in the registry
      --adapter <module>                  or by its adapter (then --golden, --refused as need be)
      --golden <folder> --refused <folder>  what it must take, and what it must turn away
      --control <url>                     a simulator's control: sessions and clock
      --session <id>                      a session that exists
      --callback-port <port>              where documents it pushes come in, and the address
      --callback-url <url>                it knows this by, when that is another
      --secret <whsec_…>                  what it signs with (or YUCHUANG_WEBHOOK_SECRET)
      --api-key <key>                     what it wants to be shown (or YUCHUANG_API_KEY)
  yuchuang conform gateway <url>          judges a running gateway
      --api-key <key>                     a trader's key (or YUCHUANG_API_KEY)
      --other-api-key <key>               another trader's (or YUCHUANG_OTHER_API_KEY)
      --sample <file>                     a declaration in JSON that the firm of the key may hand in
      --xml <file>                        one as brokers' software writes it

  yuchuang conform report <file.json>     makes the other reports of one that was written as JSON

  --format terminal,lines,junit,json,markdown   one or more (default: terminal); lines: JSON for each
                                          verdict as it is given
  --out <folder>                          writes conformance.xml, .json, .md there instead of here
  --only <id,…>                           these scenarios alone
  --waive <id>=<reason>                   a scenario that does not apply, and why; may be given again
  --timeout <seconds>                     for each scenario (default: 60)
  --lang en|zh                            of the reports (default: en)

Ends with 0 when everything is conformant or not applicable, 1 when something is not, 2 when it was called wrongly.
`
