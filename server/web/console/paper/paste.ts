/** A list of names as it is copied out of a document or a sheet: one person a line, columns by tab or semicolon. */

export interface Pasted {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly birth: string;
}

/** "1." "12)" "STT" before a name. */
const NUMBERING = /^\s*\d{1,3}\s*[.)\-:]?\s+|^\s*\d{1,3}[.)]\s*/;

function cells(line: string): readonly string[] {
  const parts = line.split(/\t|;/).map((cell) => cell.trim());
  return /^\d{1,3}[.)]?$/.test(parts[0] ?? "") && parts.length > 1 ? parts.slice(1) : parts;
}

/** Columns: name, title, unit, year of birth. Lines without a name are left out. */
export function readPasted(text: string): readonly Pasted[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [first = "", title = "", unit = "", birth = ""] = cells(line);
    const name = first.replace(NUMBERING, "").replace(/\s+/g, " ").trim();
    return name === "" ? [] : [{ name, title, unit, birth }];
  });
}
