/** An answer of Graph that is an error. Meta: "Handle Errors" (Graph API) and "Common Error Codes" (Messenger Platform). */
export class GraphError extends Error {
  constructor(
    readonly code: number,
    readonly subcode: number | undefined,
    message: string,
    /** Meta documents codes, not statuses: these are assumed, and whoever decides by them decides wrong. */
    readonly status = 400,
    readonly type = 'OAuthException',
  ) {
    super(message);
  }

  toBody(trace: string) {
    return {
      error: {
        message: `(#${this.code}) ${this.message}`,
        type: this.type,
        code: this.code,
        ...(this.subcode === undefined ? {} : { error_subcode: this.subcode }),
        ...(this.status >= 500 ? { is_transient: true } : {}),
        fbtrace_id: trace,
      },
    };
  }
}

/** Each refusal once, with where its code comes from. "Common Error Codes" is a page of the Messenger Platform's documentation. */
export const refusal = {
  /** Meta: "Common Error Codes". */
  windowClosed: () => new GraphError(10, 2018278, 'This message is sent outside of allowed window.'),
  /** Meta: "Common Error Codes"; the one for a tag the app has no approval for. Assumed: HUMAN_AGENT without approval gets it. */
  tagNotGranted: () => new GraphError(10, 2018065, 'This message is sent outside of allowed window: tag not approved.'),
  /** Meta: "Message Tags" names the retired tags; that they are an invalid parameter is assumed. */
  tagRetired: (tag: string) => new GraphError(100, undefined, `Param tag is not valid: ${tag}`),
  /** Meta: "Common Error Codes": the person blocked the page, or has no account any more. */
  personUnavailable: () => new GraphError(551, 1545041, "This person isn't available right now."),
  /** Meta: "Common Error Codes". */
  personNotReceiving: () => new GraphError(10, 2018108, "This person isn't receiving messages from you right now."),
  /** Meta: "Common Error Codes". */
  noSuchPerson: () => new GraphError(100, 2018001, 'No matching user found'),
  /** Meta: "Common Error Codes". */
  invalidToken: () => new GraphError(190, undefined, 'Invalid OAuth access token.', 401),
  /** Meta: "Handle Errors", subcode 460: the password was changed, the token ended. */
  revokedToken: () => new GraphError(190, 460, 'The session has been invalidated because the password changed.', 401),
  /** Assumed. */
  noToken: () => new GraphError(104, undefined, 'An access token is required to request this resource.', 401),
  /** Meta: "Secure Graph API Calls"; the code is assumed. */
  noProof: () => new GraphError(100, undefined, 'An appsecret_proof argument is required', 400, 'GraphMethodException'),
  badProof: () => new GraphError(100, undefined, 'Invalid appsecret_proof provided', 400, 'GraphMethodException'),
  /** Meta: "Permissions Reference": a page's token speaks for that page only. The code is assumed. */
  otherPage: () => new GraphError(200, undefined, 'The token has no permission to act for this page', 403),
  /** Not in Meta's documentation: seen by others on pages that were restricted for their behaviour. */
  pageRestricted: () => new GraphError(10, 1893063, 'This page is restricted from sending messages.', 403),
  /** Meta: "Send API", text: at most 2,000 characters. That they are UTF-16 units is assumed. */
  textTooLong: () => new GraphError(100, undefined, 'Length of param message[text] must be less than or equal to 2000'),
  /** Meta: "Common Error Codes". */
  attachmentTooLarge: () => new GraphError(100, 2018109, 'Attachment size exceeds allowable limit'),
  /** Meta: "Common Error Codes", 613. */
  tooManyCalls: () => new GraphError(613, undefined, 'Calls to this API have exceeded the rate limit.', 403),
  /** Meta: "Common Error Codes". */
  invalid: (message: string) => new GraphError(100, undefined, message),
  /** Meta: "Handle Errors", subcode 33: the object does not exist or cannot be seen. */
  noSuchObject: (id: string) =>
    new GraphError(100, 33, `Object with ID '${id}' does not exist or cannot be loaded`, 400, 'GraphMethodException'),
  /** Not in Meta's documentation: seen by others for people whose profile is closed to apps. */
  noProfile: () => new GraphError(100, 2018218, 'No profile available for this user.'),
  /** Meta: "Graph API Versioning"; the code is assumed. */
  unknownPath: (path: string) => new GraphError(2500, undefined, `Unknown path components: ${path}`),
};
