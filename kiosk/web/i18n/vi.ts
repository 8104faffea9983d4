/** Texts of this surface. Vietnamese is the source; en.ts must have the same keys. */
export const vi = {
  title: "Chỗ ngồi đại biểu",
  empty: "Chương trình, tài liệu và phiếu biểu quyết sẽ hiện ở đây khi cuộc họp bắt đầu.",
} as const;
