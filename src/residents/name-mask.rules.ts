/** More stars would tell strangers the length of a rare long name, and with it the person. */
const STARS_MAX = 4;

/** The two-character family names in use; a name of two characters in all has a family name of one. */
const COMPOUND_SURNAMES = new Set(
  (
    '欧阳 司马 上官 诸葛 尉迟 皇甫 令狐 慕容 宇文 长孙 司徒 司空 夏侯 东方 公孙 西门 南宫 端木 轩辕 独孤 万俟 闻人 澹台 ' +
    '公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 亓官 司寇 呼延 赫连 拓跋 百里 东郭 南门 第五 左丘 公羊 梁丘 ' +
    '谷梁 乐正 漆雕 巫马 宰父 段干'
  ).split(' '),
);

/**
 * A name for the eyes of others: family name kept, the rest starred (`袁大明` → `袁**`, `欧阳修` → `欧阳*`). At least
 * one and at most four stars, so that even a name of one character is not shown as the whole of it.
 */
export function maskMemberName(name: string): string {
  const characters = Array.from(name);
  const isCompound = characters.length > 2 && COMPOUND_SURNAMES.has(characters.slice(0, 2).join(''));
  const kept = isCompound ? 2 : 1;
  const starCount = Math.min(Math.max(characters.length - kept, 1), STARS_MAX);
  return characters.slice(0, kept).join('') + '*'.repeat(starCount);
}
