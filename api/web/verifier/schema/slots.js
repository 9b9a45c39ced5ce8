/** Arrays of placeholders: the slots whose values may be hidden. */
import { array, placeholder, refuse } from './rules.js';

const MIN_SLOTS = 8;
/** The most slots that one member may have. */
export const MAX_SLOTS = 8192;

/** `least` to `most` placeholders. */
export const slots = (least, most) => array(placeholder, least, most);

/** Placeholders padded to a power of two, so that their number says little. */
export function padded(value, path) {
  slots(MIN_SLOTS, MAX_SLOTS)(value, path);
  if ((value.length & (value.length - 1)) !== 0) refuse(path, 'padded to a power of two');
}
