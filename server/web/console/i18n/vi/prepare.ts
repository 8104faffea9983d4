/** prepare */
export const prepare = {} as const;
