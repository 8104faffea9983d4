/** Finding a name the way it is typed on a small pad: without diacritics, by the beginnings of its words. */

/** "Đặng Thị Hoà" → "dang thi hoa". */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** Whether each typed word begins a word of the name, in order; "nva" also finds "Nguyễn Văn An". */
export function matches(name: string, typed: string): boolean {
  const asked = fold(typed);
  if (asked === "") return true;
  const words = fold(name).split(" ");
  const parts = asked.split(" ");
  if (inOrder(words, parts)) return true;
  return (
    parts.length === 1 &&
    words
      .map((word) => word[0])
      .join("")
      .startsWith(asked)
  );
}

function inOrder(words: readonly string[], parts: readonly string[]): boolean {
  let next = 0;
  for (const word of words) {
    const part = parts[next];
    if (part !== undefined && word.startsWith(part)) next += 1;
  }
  return next === parts.length;
}
