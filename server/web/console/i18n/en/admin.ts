/** admin */
export const admin = {};
