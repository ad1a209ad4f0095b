/** Value of `category` in the address for responses without one. */
export const NO_CATEGORY = 'none';
