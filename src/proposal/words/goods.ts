/**
 * Words of trade for goods, with how the tariff calls them 税则用语: what people write on invoices is seldom what stands there. This
 * project's own list, for finding candidates only: which code holds is for a person to say.
 */
const words: readonly (readonly [RegExp, string])[] = [
  [/notebook computer|laptop|笔记本电脑|手提电脑|笔记本计算机/i, '便携式自动数据处理设备'],
  [/tablet|平板/i, '平板电脑'],
  [/lithium.{0,12}batter|锂离子电池|锂电池|动力电池/i, '锂离子蓄电池'],
  [/electric.{0,20}vehicle|\bEV\b|电动汽车/i, '纯电动汽车'],
  [/batter(y|ies) pack|电池组|电池包|电池系统/i, '蓄电池系统'],
  [/motorcycle|摩托车/i, '装有往复式活塞内燃发动机的摩托车'],
  [/\b(car|cars|passenger vehicle|automobile)\b|乘用车/i, '小轿车'],
  [/mobile phone|smart ?phone|cell ?phone|手机/i, '手持式无线电话机'],
  [/printer|打印机/i, '打印机'],
  [/monitor|显示器/i, '监视器'],
  [/keyboard|键盘/i, '键盘'],
  [/integrated circuit|\bIC\b|芯片/i, '集成电路'],
  [/solar (panel|module|cell)|光伏组件|太阳能电池/i, '太阳能电池'],
  [/brake/i, '制动器 零件'],
  [/engine/i, '发动机'],
  [/transformer|变压器/i, '变压器'],
  [/electric motor|电机/i, '电动机'],
  [/\bpump/i, '泵'],
  [/\bvalve/i, '阀门'],
  [/bearing/i, '轴承'],
  [/screw|bolt/i, '螺钉 螺栓'],
  [/steel pipe|steel tube/i, '钢铁管'],
  [/alumin(i)?um/i, '铝'],
  [/copper/i, '铜'],
  [/plastic/i, '塑料制'],
  [/rubber/i, '橡胶'],
  [/tyre|\btire/i, '新的充气橡胶轮胎'],
  [/furniture/i, '家具'],
  [/toy/i, '玩具'],
  [/shoe|footwear/i, '鞋靴'],
  [/t-?shirt/i, '棉制针织或钩编的T恤衫'],
  [/garment|clothing|apparel/i, '服装'],
  [/frozen beef|冻牛肉/i, '冻藏的牛肉'],
  [/boneless|去骨/i, '去骨'],
  [/\bpork/i, '猪肉'],
  [/durian/i, '鲜榴莲'],
  [/wheat/i, '小麦'],
  [/soy ?bean/i, '大豆'],
  [/\bwine/i, '葡萄酿造的酒'],
  [/coffee/i, '咖啡'],
  [/\btea\b/i, '茶'],
  [/cosmetic/i, '美容品或化妆品'],
  [/medicine|pharmaceutical|drug/i, '药品'],
  [/glass/i, '玻璃'],
  [/ceramic/i, '陶瓷'],
  [/paper/i, '纸'],
]

/** How the tariff calls the goods of a description, as far as we know. */
export const goodsWords = (description: string): string =>
  words
    .filter(([word]) => word.test(description))
    .map(([, tariff]) => tariff)
    .join(' ')
