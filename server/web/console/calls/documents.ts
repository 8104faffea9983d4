/** Calls about documents of an agenda item. */

import { patch, remove, resource, upload } from "@common/api/index.ts";
import type { DocumentRow } from "../shapes.ts";

const at = (id: number) => `/api/meetings/${id}`;

function form(file: File, title?: string): FormData {
  const parts = new FormData();
  parts.append("file", file);
  if (title) parts.append("title", title);
  return parts;
}

/** Upload a PDF to an item; the server makes the title from the file's name. */
export const uploadDocument = (id: number, item: number, file: File) =>
  upload<DocumentRow>(`${at(id)}/agenda/${item}/documents`, form(file));

/** Replace a document's file by a newer one; delegates read the older one until the newer is drawn. */
export const uploadVersion = (id: number, document: number, file: File) =>
  upload<DocumentRow>(`${at(id)}/documents/${document}/versions`, form(file));

export const renameDocument = (id: number, document: number, title: string) =>
  patch(`${at(id)}/documents/${document}`, { title });
export const removeDocument = (id: number, document: number) => remove(`${at(id)}/documents/${document}`);
export const documentFile = (id: number, document: number) => resource(`${at(id)}/documents/${document}/file.pdf`);
