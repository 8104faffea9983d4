/** One piece, so that one fetch brings all of it. */

export { Levels } from "./Levels.tsx";
export { LongResult } from "./LongResult.tsx";
export { Many } from "./Many.tsx";
export { RuleSheet } from "./RuleSheet.tsx";
export { SaidList } from "./SaidList.tsx";
export { Write } from "./Write.tsx";
