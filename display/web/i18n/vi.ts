/** Texts of this surface. Vietnamese is the source; en.ts must have the same keys. */
export const vi = {
  title: "Màn hình hội trường",
  empty: "Màn hình hội trường sẽ hiện nội dung do thư ký chọn.",
} as const;
