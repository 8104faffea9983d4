/** A labelled field of a form, with its hint and what is wrong with it. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import "./Field.css";

export interface FieldProps {
  readonly label: string;
  /** What is wrong, in words; marks the field. */
  readonly error?: string | undefined;
  readonly hint?: string;
  /** The control: give it the props it gets. */
  readonly children: (control: ControlProps) => ComponentChildren;
}

/** What a control inside a Field must carry. */
export interface ControlProps {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean;
}

/** Label above, control, then hint and error. */
export function Field({ label, error, hint, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, "aria-describedby": described, "aria-invalid": error !== undefined })}
      {hint && (
        <small id={`${id}-hint`} class="field-hint">
          {hint}
        </small>
      )}
      {error && (
        <small id={`${id}-error`} class="field-error" role="alert">
          {error}
        </small>
      )}
    </div>
  );
}

export interface TextFieldProps extends Omit<FieldProps, "children"> {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly input?: TextInput;
}

/** What a field of one line may be asked to be. */
export interface TextInput {
  readonly name?: string;
  readonly type?: "text" | "password" | "search" | "email" | "tel" | "number";
  readonly autocomplete?: string;
  readonly autocapitalize?: string;
  readonly autofocus?: boolean;
  readonly inputMode?: "text" | "none" | "numeric" | "decimal" | "search";
  readonly maxLength?: number;
  readonly min?: string;
  readonly max?: string;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  readonly required?: boolean;
  readonly step?: string;
}

/** A field of one line. */
export function TextField({ value, onValue, input, ...field }: TextFieldProps) {
  return (
    <Field {...field}>
      {(control) => (
        <input
          {...(input as { type?: "text" })}
          {...control}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
