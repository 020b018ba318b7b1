import type { EChartsCoreOption } from 'echarts/core'
import type { Language } from '../problem.ts'

/** A chart as it is drawn, and what it says to who cannot see it. */
export interface Chart {
  readonly option: EChartsCoreOption
  readonly width: number
  readonly height: number
  readonly title: string
  readonly description: string
  readonly language: Language
}

type ECharts = typeof import('echarts/core')

/** The parts of the library that are used, loaded when the first chart is drawn. */
let loading: Promise<ECharts> | undefined
async function load(): Promise<ECharts> {
  const [core, charts, components, renderers] = await Promise.all([
    import('echarts/core'),
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ])
  core.use([
    charts.BarChart,
    charts.ScatterChart,
    components.GridComponent,
    components.LegendComponent,
    components.MarkLineComponent,
    components.TitleComponent,
    renderers.SVGRenderer,
  ])
  return core
}

/**
 * Draws a chart 图表 as SVG on the server: the same chart gives the same bytes; it asks for nothing from anywhere, and carries title and
 * description. Letters are whatever the reader has: a generic family.
 */
export async function drawChart({ option, width, height, title, description, language }: Chart): Promise<string> {
  const echarts = await (loading ??= load())
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      textStyle: { fontFamily: 'sans-serif', color: '#222222' },
      ...option,
    })
    const drawn = atRest(chart.renderToSVGString())
    const words = `<title id="title">${escaped(title)}</title><desc id="description">${escaped(description)}</desc>`
    const lang = language === 'zh' ? 'zh-CN' : 'en'
    return drawn.replace(
      /^<svg ([^>]*)>/,
      (_, attributes: string) =>
        `<svg ${attributes} role="img" xml:lang="${lang}" aria-labelledby="title description">${words}`,
    )
  } finally {
    chart.dispose()
  }
}

/** Without styles under a pointer and marks for a script: a file at rest has no use for them. Texts have no quotes left, so that none looks like an attribute. */
const atRest = (svg: string): string =>
  svg.replace(/<style[^>]*>[\s\S]*?<\/style>\s*/g, '').replace(/ (?:class|ecmeta_\w+)="[^"]*"/g, '')

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
