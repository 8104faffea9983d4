/** Names and titles without diacritics, for searching as people type. */

/** "Nguyễn Thị Đào" → "nguyen thi dao". */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();
}

/** Whether every word of `search` begins a word, or is part, of `text`. */
export function matches(text: string, search: string): boolean {
  const within = fold(text);
  return fold(search)
    .split(/\s+/)
    .every((word) => within.includes(word));
}
