import type { VNode } from "preact";
import type { NamedPhase } from "../../../health/texts";
import type { PanelEndpoint } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { AnswerView } from "./answerView";
import { Mark } from "./parts";

interface Props {
  readonly endpoint: PanelEndpoint;
  readonly strings: PanelStrings;
}

/** What the last check of an endpoint found, and how long each phase took. */
export function EndpointView({ endpoint, strings }: Props): VNode {
  const { host, chosen, status, sentence, detail, answer, quota, families, checkedAt, phases } = endpoint;
  const facts = [
    detail,
    checkedAt === undefined ? "" : strings.checkedAt.replace("{0}", clockTime(checkedAt)),
  ].filter((fact) => fact !== "");
  return (
    <article>
      <h3>
        <Mark status={status} word={strings.statuses[status]} />
        {host}
        {chosen && <span class="result">{` (${strings.chosen})`}</span>}
      </h3>
      <p>{sentence}</p>
      {answer !== undefined && <AnswerView {...answer} />}
      {quota !== undefined && <p>{quota}</p>}
      {families !== undefined && <p>{families}</p>}
      {facts.length > 0 && <p class="measured">{facts.join(" · ")}</p>}
      {phases.length > 0 && <PhaseTable endpoint={endpoint} strings={strings} />}
    </article>
  );
}

/** A table for everybody; the bars only repeat its figures, drawn to scale one behind the other. */
function PhaseTable({ endpoint: { phases, totalMs = 0 }, strings }: Props): VNode {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{strings.phase}</th>
          <th scope="col" class="duration">
            {strings.duration}
          </th>
          <td class="bar" aria-hidden="true" />
        </tr>
      </thead>
      <tbody>
        {barsOf(phases, totalMs).map(({ name, ms, start, share }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="duration">{milliseconds(ms)}</td>
            <td class="bar" aria-hidden="true">
              <span style={{ "--start": String(start), "--share": String(share) }} />
            </td>
          </tr>
        ))}
        <tr class="total">
          <th scope="row">{strings.total}</th>
          <td class="duration">{milliseconds(totalMs)}</td>
          <td class="bar" aria-hidden="true" />
        </tr>
      </tbody>
    </table>
  );
}

/** Parts of the whole, from 0 to 1. */
interface Bar extends NamedPhase {
  readonly start: number;
  readonly share: number;
}

function barsOf(phases: readonly NamedPhase[], totalMs: number): Bar[] {
  const whole = Math.max(1, totalMs, sum(phases));
  return phases.map((phase, index) => ({
    ...phase,
    start: sum(phases.slice(0, index)) / whole,
    share: phase.ms / whole,
  }));
}

function sum(phases: readonly NamedPhase[]): number {
  return phases.reduce((total, { ms }) => total + ms, 0);
}

function milliseconds(ms: number): string {
  const unit = { style: "unit", unit: "millisecond", useGrouping: false } as const;
  return new Intl.NumberFormat(document.documentElement.lang, unit).format(ms);
}

function clockTime(iso: string): string {
  return new Date(iso).toLocaleTimeString(document.documentElement.lang);
}
