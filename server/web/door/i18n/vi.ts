/** Texts of this surface. Vietnamese is the source; en.ts must have the same keys. */
export const vi = {
  title: "Cửa điểm danh",
  empty: "Quét mã giấy mời ở đây.",
} as const;
