import type { ResponsesRoute } from "../../gateway/responsesRoute";
import type { Refusal } from "../../changes/refusal";
import type { ClientEnvironment } from "../client";
import type { ClientId } from "../clientId";
import type { CcSwitchState } from "./state";

/** What CC Switch does with one client ("app" in its words). Texts are localised. */
export interface CcSwitchApp {
  /** It has the same name in a link. */
  readonly client: ClientId;
  /** The address of a card. @param route where the endpoint has the Responses API, as far as it is known */
  addressOf(baseUrl: string, route: ResponsesRoute | undefined): string;
  /** What a switch to a card does; left out where CC Switch writes each card at once, so that there is nothing to switch. */
  readonly switching?: {
    consequences(): string;
    /** A card of ours is the one in use. */
    usesOurCard(state: CcSwitchState): boolean;
  };
  /** What is bad about a card. */
  caution?(): string;
  /** Why CC Switch must get no link now. */
  obstacle?(environment: ClientEnvironment, state: CcSwitchState): Promise<Refusal | undefined>;
  /** Why it needs none. @param baseUrl the address that the user chose */
  reasonForNoLink?(
    environment: ClientEnvironment,
    state: CcSwitchState,
    baseUrl: string,
  ): Promise<string | undefined>;
}
