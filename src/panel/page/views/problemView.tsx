import type { VNode } from "preact";
import type { PanelProblem } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { vscode } from "../vscodeApi";
import { ActionButton, Button, Mark } from "./parts";

interface Props {
  readonly problem: PanelProblem;
  readonly strings: PanelStrings;
}

/** One problem: what, why, what was seen, and the ways out. */
export function ProblemView({ problem, strings }: Props): VNode {
  const { severity, title, cause, file } = problem;
  return (
    <article class={`problem ${severity}`}>
      <h3>
        <Mark status={severity} word={strings.statuses[severity]} />
        {title}
      </h3>
      <p>{cause}</p>
      <Facts problem={problem} strings={strings} />
      {file && <p class="path">{file.exists ? file.label : `${file.label} (${strings.missingFile})`}</p>}
      <Buttons problem={problem} strings={strings} />
    </article>
  );
}

function Facts({ problem: { evidence, advice }, strings }: Props): VNode | null {
  if (evidence === undefined && advice === undefined) return null;
  return (
    <dl>
      {evidence !== undefined && <dt>{strings.seen}</dt>}
      {evidence !== undefined && (
        <dd>
          <code>{evidence}</code>
        </dd>
      )}
      {advice !== undefined && <dt>{strings.advice}</dt>}
      {advice !== undefined && <dd>{advice}</dd>}
    </dl>
  );
}

function Buttons({ problem: { id, title, fixable, action, file }, strings }: Props): VNode {
  return (
    <p class="buttons">
      {fixable && (
        <Button
          label={strings.fix}
          name={`${strings.fix} ${title}`}
          kind="primary"
          onClick={() => vscode.postMessage({ type: "fix", problem: id })}
        />
      )}
      {action && <ActionButton {...action} kind="primary" />}
      {file?.exists && (
        <Button
          label={strings.showInFile}
          name={`${strings.showInFile} ${file.label}`}
          onClick={() => vscode.postMessage({ type: "open", file: file.id })}
        />
      )}
    </p>
  );
}
