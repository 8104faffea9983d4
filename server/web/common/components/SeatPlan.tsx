/** The room from above. Filled: present; outlined: not here yet; hatched: excused; crossed: the device is down. */

import { useId } from "preact/hooks";
import { t } from "../i18n/index.ts";
import "./SeatPlan.css";

export type SeatState = "present" | "absent" | "excused" | "device" | "empty";

export interface PlanSeat {
  readonly id: string | number;
  /** What stands on the seat: "B12". */
  readonly label: string;
  /** Place in the grid: rows from the stage backwards, columns from the left; may be fractions for aisles. */
  readonly row: number;
  readonly column: number;
  readonly state: SeatState;
  /** Who sits there. */
  readonly name?: string | undefined;
}

export interface SeatPlanProps {
  readonly seats: readonly PlanSeat[];
  /** What is at the front, in words. */
  readonly stage?: string;
  /** The seat to find. */
  readonly highlight?: string | number | undefined;
  readonly onSeat?: (seat: PlanSeat) => void;
  /** Explain the four signs below. */
  readonly legend?: boolean;
}

const CELL = 10;
const SEAT = 8;
const STAGE = 7;
const STATES = ["present", "absent", "excused", "device"] as const;

function seatText(seat: PlanSeat): string {
  if (seat.state === "empty") return t("seats.empty", { seat: seat.label });
  return t("seats.seat", { seat: seat.label, who: seat.name ?? "–", state: t(`presence.${seat.state}`) });
}

interface SeatSignProps {
  readonly state: SeatState;
  readonly hatch: string;
}

/** The sign itself, in a box of 8 × 8. */
function SeatSign({ state, hatch }: SeatSignProps) {
  return (
    <>
      <rect class={`seat-sign seat-${state}`} width={SEAT} height={SEAT} rx="1.2" />
      {state === "excused" && <rect width={SEAT} height={SEAT} rx="1.2" fill={`url(#${hatch})`} />}
      {state === "device" && <path class="seat-cross" d={`M1 1L${SEAT - 1} ${SEAT - 1}M${SEAT - 1} 1L1 ${SEAT - 1}`} />}
    </>
  );
}

function Hatch({ id }: { readonly id: string }) {
  return (
    <pattern id={id} width="2" height="2" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path class="seat-hatch" d="M0 0V2" />
    </pattern>
  );
}

/** See SeatPlanProps. */
export function SeatPlan({ seats, stage, highlight, onSeat, legend = false }: SeatPlanProps) {
  const hatch = useId();
  if (seats.length === 0) return <p class="seat-none">{t("seats.none")}</p>;
  const columns = Math.max(...seats.map((seat) => seat.column)) - Math.min(...seats.map((seat) => seat.column)) + 1;
  const left = Math.min(...seats.map((seat) => seat.column));
  const top = Math.min(...seats.map((seat) => seat.row));
  const rows = Math.max(...seats.map((seat) => seat.row)) - top + 1;
  const front = stage === undefined ? 0 : STAGE + 2;
  const width = columns * CELL;
  const present = seats.filter((seat) => seat.state === "present").length;
  return (
    <figure class="seat-plan">
      <svg
        viewBox={`-1 -1 ${width + 2} ${rows * CELL + front + 2}`}
        role={onSeat ? "group" : "img"}
        aria-label={`${t("seats.title")}: ${t("seats.summary", { present, seats: seats.length })}`}
      >
        <defs>
          <Hatch id={hatch} />
        </defs>
        {stage !== undefined && (
          <g>
            <rect class="seat-stage" x={width * 0.2} width={width * 0.6} height={STAGE} rx="1" />
            <text class="seat-stage-text" x={width / 2} y={STAGE / 2}>
              {stage}
            </text>
          </g>
        )}
        {seats.map((seat) => (
          <SeatPlace
            key={seat.id}
            seat={seat}
            x={(seat.column - left) * CELL + 1}
            y={(seat.row - top) * CELL + front + 1}
            hatch={hatch}
            found={seat.id === highlight}
            onSeat={onSeat}
          />
        ))}
      </svg>
      {legend && <Legend />}
    </figure>
  );
}

interface SeatPlaceProps {
  readonly seat: PlanSeat;
  readonly x: number;
  readonly y: number;
  readonly hatch: string;
  readonly found: boolean;
  readonly onSeat: ((seat: PlanSeat) => void) | undefined;
}

function SeatPlace({ seat, x, y, hatch, found, onSeat }: SeatPlaceProps) {
  const press = onSeat && (() => onSeat(seat));
  const button = press && {
    role: "button" as const,
    tabIndex: 0,
    "aria-label": seatText(seat),
    onClick: press,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press();
    },
  };
  return (
    <g class={found ? "seat seat-found" : "seat"} transform={`translate(${x} ${y})`} {...button}>
      <title>{seatText(seat)}</title>
      <SeatSign state={seat.state} hatch={hatch} />
      <text class={`seat-text seat-text-${seat.state}`} x={SEAT / 2} y={SEAT / 2}>
        {seat.label}
      </text>
      {found && <rect class="seat-ring" x="-0.9" y="-0.9" width={SEAT + 1.8} height={SEAT + 1.8} rx="1.8" />}
    </g>
  );
}

function Legend() {
  const hatch = useId();
  return (
    <figcaption class="seat-legend">
      {STATES.map((state) => (
        <span key={state}>
          <svg viewBox="-0.5 -0.5 9 9" width="1.25em" height="1.25em" aria-hidden="true">
            <defs>
              <Hatch id={hatch + state} />
            </defs>
            <SeatSign state={state} hatch={hatch + state} />
          </svg>
          {t(`presence.${state}`)}
        </span>
      ))}
    </figcaption>
  );
}
