/** prepare */
export const prepare = {};
