import { automation } from './automation';
import { composer } from './composer';
import { design } from './design';
import { inbox } from './inbox';
import { navigation } from './navigation';
import { savedResponses } from './saved-responses';
import { session } from './session';
import { settings } from './settings';
import { tags } from './tags';
import { thread } from './thread';

export const en = { automation, composer, design, inbox, navigation, savedResponses, session, settings, tags, thread };
export type Catalogue = typeof en;
