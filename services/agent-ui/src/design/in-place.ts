/**
 * For everything that pops up: it stands in the document right after its button, so that it belongs to the same landmark
 * and Tab goes on from it without hidden guards; fixed, it is drawn outside of boxes that scroll.
 */
export const IN_PLACE = { portal: false, fixed: true, overflowPadding: 8, unmountOnHide: true } as const;
