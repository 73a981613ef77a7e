// What the search says to a reader. The switch between simplified and traditional characters changes it like the rest
// of a page; what comes from the index is changed where it is drawn.

export const WORDS = {
  all: (/** @type {number} */ count) => `全部 ${count} 篇`,
  articles: (/** @type {number} */ count) => `${count} 篇`,
  atMost: (/** @type {number} */ count) => `约 ${count} 篇`,
  browse: (/** @type {number} */ count) => `全库 ${count} 篇。输入字词，或者从条件里选。`,
  check: "逐篇核对",
  checkHint: "先按字的组合找出，打开正文才知道是否真有这一串，所以可能略少。",
  checking: (/** @type {number} */ done, /** @type {number} */ all) => `正在核对 ${done} / ${all}`,
  clearAll: "全部去掉",
  clearMarks: "不再标出",
  failed: "索引没有读到。请检查网络或文件是否完整，再试一次。",
  found: (/** @type {number} */ count) => `共 ${count} 篇`,
  hits: "文章",
  known: "凭所标的名称找到：",
  less: "收起",
  marked: (/** @type {string} */ terms, /** @type {number} */ count) => `已标出${terms}，${count} 处`,
  more: (/** @type {number} */ count) => `其余 ${count} 项`,
  next: "下一页",
  nextMark: "下一处",
  nobody: "没有可选的",
  none: "没有找到",
  noneHere: "没有找到，到搜索页看怎样再找",
  noneMarked: (/** @type {string} */ terms) => `正文里没有${terms}，可能在标题、地名的别称或折起来的部分`,
  pageOf: (/** @type {number} */ page, /** @type {number} */ pages) => `第 ${page} / ${pages} 页`,
  previous: "上一页",
  relaxed: "没有一篇连标点都一样，下面是不计标点时找到的。",
  remove: (/** @type {string} */ label) => `去掉条件：${label}`,
  retry: "再试一次",
  suggestions: "相关页面",
  title: "搜索",
  told: (/** @type {string} */ count, /** @type {number} */ from, /** @type {number} */ to) =>
    `${count}，这里是第 ${from + 1} 到 ${to} 篇`,
  try: "可以这样再找",
  tryElsewhere: "相近的名称：",
  tryFewer: "字少一些，或者换个说法：写“张家港”，不写“张家港市的帮扶”。",
  tryFilters: "去掉条件再找：",
  tryNoQuotes: "去掉引号",
  tryOne: "几个词分开找：",
  unlimited: (/** @type {string} */ label) => `${label}（不限条件）`,
  without: (/** @type {string} */ label) => `不限${label}`,
  withoutAll: "全部条件都去掉",
};

export const FACET_WORDS = /** @type {Record<string, string>} */ ({
  year: "年份",
  province: "省份",
  county: "市县",
  theme: "主题",
  pair: "结对",
  source: "来源",
});

/** In the order in which they are shown. */
export const KIND_WORDS = /** @type {Record<string, string>} */ ({
  place: "地方",
  theme: "主题",
  practice: "做法",
  phrase: "用语",
  pair: "结对",
  source: "来源",
  page: "页面",
});

export const UNDATED_WORD = "无日期";
