import type { Text } from '../../../schemas/text.ts'

/** What the front page says. */
export const frontWords = {
  title: { en: 'One declaration, every agency', zh: '一次申报，各部门办理' },
  lead: {
    en: 'Hand in one standardized declaration. It is checked against what every agency will ask, taken in whole or refused whole, filed with each in its own language, and every answer is kept.',
    zh: '提交一份标准化申报：按各部门要求一次校验，整单受理或整单退回，以各部门各自的报文分别申报，每一份回执都留存可查。',
  },
  kind: {
    en: 'Open single window for international trade, with simulated agencies',
    zh: '开放的国际贸易“单一窗口”与部门模拟器',
  },
  try: { en: 'Try it with a sample', zh: '用示例一键体验' },
  tryAbout: {
    en: 'One click, no account. The sample is handed in for a firm invented for you, the simulated agencies answer, and you watch. Your access ends after an hour.',
    zh: '点击即可，无需账号。系统为您虚构一家企业提交示例，模拟部门逐一回复，您可实时查看。体验权限一小时后失效。',
  },
  tried: { en: 'What you have tried so far', zh: '查看已体验的申报' },
  otherSamples: { en: 'Other samples', zh: '其他示例' },
  handIn: { en: 'Hand this in', zh: '提交此示例' },
  ownWork: { en: 'Go on with your own work', zh: '继续办理业务' },
  noTry: {
    en: 'Run it yourself: one command starts the window with its agencies, and samples to hand in.',
    zh: '可自行运行：一条命令即可启动窗口与模拟部门，并附示例申报。',
  },
  picture: { en: 'How one declaration reaches the agencies', zh: '一份申报如何送达各部门' },
  declaration: { en: 'One declaration', zh: '一份申报' },
  forms: { en: 'JSON, or the XML brokers’ software writes', zh: 'JSON，或报关软件生成的 XML' },
  more: { en: 'more', zh: '项' },
  facts: { en: 'As it stands now', zh: '最新动态' },
  feeList: { en: 'Port fee list in force', zh: '现行收费目录' },
  edition: { en: 'Edition', zh: '版次' },
  since: { en: 'since', zh: '生效于' },
  noEdition: { en: 'None is published yet.', zh: '尚未公布。' },
  assessment: { en: 'Last assessment', zh: '最近评估' },
  noAssessment: { en: 'None is published yet.', zh: '尚未公布评估结果。' },
  above: { en: 'judged too high or unlawful', zh: '项偏高或违规' },
  fine: { en: 'nothing judged too high', zh: '未见偏高' },
  times: { en: 'Clearance time', zh: '整体通关时间' },
  hours: { en: 'h', zh: '小时' },
  median: { en: 'median', zh: '中位数' },
  noTimes: {
    en: 'No month is published yet: months are published once they are over.',
    zh: '尚无已公布月份：每月结束后公布。',
  },
  draw: { en: 'Open draw', zh: '双随机抽查' },
  lots: { en: 'declarations in the draw', zh: '票参与抽取' },
  noDraw: { en: 'No draw has been committed to yet.', zh: '尚无抽查日。' },
  doors: { en: 'Where to go', zh: '从这里开始' },
  traders: { en: 'Traders and brokers', zh: '企业与报关行' },
  tradersAbout: {
    en: 'Declare step by step or from a file; see every agency at a glance.',
    zh: '分步填报或导入文件，各部门办理状态一目了然。',
  },
  integrators: { en: 'Integrators', zh: '系统对接方' },
  integratorsAbout: {
    en: 'Build against agencies that remember, with a clock you move and faults you switch on.',
    zh: '对接有状态的模拟部门，可调时钟、可注入故障。',
  },
  admins: { en: 'Operators', zh: '运维与管理' },
  adminsAbout: {
    en: 'What is stuck and why, replay with the difference first, fee list work, audit.',
    zh: '滞留原因、先看差异再重发、收费目录管理、审计核验。',
  },
  everybody: { en: 'Everybody', zh: '社会公众' },
  everybodyAbout: {
    en: 'What a port may charge, how long clearance takes, who was drawn for inspection.',
    zh: '口岸收什么费、通关要多久、抽查是否公开。',
  },
  needsKey: { en: 'Needs a key: you are asked for it.', zh: '需使用接口密钥登录。' },
  law: { en: 'Why there is such a window', zh: '制度背景' },
  lawText: {
    en: 'Article 21 of the Regulations of the China (Chongqing) Pilot Free Trade Zone (2019) asks for it: port authorities share information, recognise one another’s checks and assist one another; port fees stand in a published list and are assessed regularly; certificates are checked over the network; the window reaches Singapore’s.',
    zh: '《中国（重庆）自由贸易试验区条例》（2019年）第二十一条要求：口岸管理部门信息共享、监管互认、执法互助；公布口岸收费目录清单并定期评估；扩大跨部门联网核查监管证件范围；推进与新加坡“单一窗口”对接。',
  },
  lawCaution: {
    en: 'The agencies here are simulated, firms and prices invented, code tables samples of past years. Nothing here is current law.',
    zh: '本站所有部门均为模拟，企业与价格均为虚构，代码表为往年样本。本站内容均不代表现行规定。',
  },
} as const satisfies Record<string, Text>
