/** The picture that Graph shows of a person too; the name stands beside it. */
export const Avatar = ({ psid }: { psid: string }) => <img class="avatar" src={`/pictures/${psid}`} alt="" />;
