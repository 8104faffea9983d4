/** Texts of this surface. Vietnamese is the source; en.ts must have the same keys. */
export const vi = {
  title: "Bàn điều hành",
  empty: "Bàn điều hành cuộc họp sẽ hiện ở đây.",
} as const;
