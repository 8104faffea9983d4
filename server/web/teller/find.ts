/** Finding a name the way it is typed: without diacritics, by the beginnings of its words or by their first letters. */

/** "Đặng Thị Hoà" → "dang thi hoa". */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/gi, "d")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** Whether each typed word begins a word of the name, in order; "nva" also finds "Nguyễn Văn An". */
export function matches(name: string, typed: string): boolean {
  const words = fold(name).split(" ");
  const parts = fold(typed).split(" ");
  let next = 0;
  for (const word of words) if (next < parts.length && word.startsWith(parts[next] ?? "")) next += 1;
  return (
    next === parts.length ||
    (parts.length === 1 &&
      words
        .map((word) => word[0])
        .join("")
        .startsWith(parts[0] ?? ""))
  );
}
