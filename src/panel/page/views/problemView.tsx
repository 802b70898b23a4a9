import type { VNode } from "preact";
import type { PanelProblem } from "../../panelModel";
import type { PanelStrings } from "../../panelStrings";
import { wasOpen } from "../readerState";
import { vscode } from "../vscodeApi";
import { ActionButton, Button, Mark } from "./parts";

interface Props {
  readonly problem: PanelProblem;
  readonly strings: PanelStrings;
}

/** One line with the way out beside it, which opens to why, what was seen, where, and what the fix will do. */
export function ProblemView({ problem, strings }: Props): VNode {
  const { id, severity, title, file } = problem;
  return (
    <li class="problem">
      <details data-key={id} open={wasOpen(id) ?? false}>
        <summary>
          <Mark status={severity} word={strings.statuses[severity]} />
          <span class="name">{title}</span>
          {file && <span class="place">{file.label}</span>}
        </summary>
        <Facts problem={problem} strings={strings} />
      </details>
      <WayOut problem={problem} strings={strings} />
    </li>
  );
}

function Facts({ problem: { cause, evidence, advice, fixing = [], file }, strings }: Props): VNode {
  return (
    <div class="facts">
      <p>{cause}</p>
      <dl>
        {evidence !== undefined && <dt>{strings.seen}</dt>}
        {evidence !== undefined && (
          <dd>
            {/* Names and what programs say: no screen reader is to read them as Chinese. */}
            <code lang="en">{evidence}</code>
          </dd>
        )}
        {file && <dt>{strings.place}</dt>}
        {file && <dd class="path">{file.exists ? file.label : `${file.label} (${strings.missingFile})`}</dd>}
        {fixing.length > 0 && <dt>{strings.fixing}</dt>}
        {fixing.map((each) => (
          <dd key={each}>{each}</dd>
        ))}
        {advice !== undefined && <dt>{strings.advice}</dt>}
        {advice !== undefined && <dd>{advice}</dd>}
      </dl>
      {file?.exists && (
        <p class="buttons">
          <Button
            label={strings.showInFile}
            name={`${strings.showInFile} ${file.label}`}
            onClick={() => vscode.postMessage({ type: "open", file: file.id })}
          />
        </p>
      )}
    </div>
  );
}

function WayOut({ problem: { id, title, fixable, action, file }, strings }: Props): VNode | null {
  if (action) return <ActionButton {...action} />;
  if (!fixable) return null;
  return (
    <Button
      label={strings.fix}
      name={[strings.fix, title, file?.label].join(" ").trim()}
      onClick={() => vscode.postMessage({ type: "fix", problem: id })}
    />
  );
}
