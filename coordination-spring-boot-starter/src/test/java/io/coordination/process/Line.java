package io.coordination.process;

/**
 * What an instance says on its standard output: one line, in plain words. Times are of {@link System#nanoTime}, which all
 * processes of a Linux machine share.
 *
 * @param seat what it is about; "-" if about no seat
 * @param token of the lease; 0 if there is none
 * @param began when the call began of which this is the outcome
 * @param at when it was so
 * @param until the end of the lease, as its holder knew it at {@code at}; equal to {@code at} if it did not count as held then
 * @param words for people, or the name under which a test asked for it
 */
record Line(Kind kind, String seat, long token, long began, long at, long until, String words) {

    enum Kind {
        /** It may serve: its vote counts. */
        READY,
        /** A lease was acquired. */
        GRANTED,
        /** It looked at its lease. */
        HELD,
        /** A write was committed. */
        ACCEPTED,
        /** The guard refused a write. */
        REJECTED,
        /** A write failed otherwise; it may have been committed. */
        FAILED,
        /** The lease was reported lost. */
        LOST,
        /** It is about to release. */
        RELEASING,
        /** It is done with the lease; {@code until} is after {@code at} if it was released before it was lost. */
        RELEASED,
        /** A lease was not acquired. */
        REFUSED,
        /** How it sees the other nodes. */
        LINKS,
        /** Something that must not happen. */
        BROKEN
    }

    static final String NO_SEAT = "-";

    /** A process that is killed may have written half a line. */
    private static final String END = " .";

    private static final int FIELDS = 7;

    static Line of(Kind kind, String words) {
        long now = System.nanoTime();
        return new Line(kind, NO_SEAT, 0, now, now, now, words);
    }

    static boolean isWhole(String text) {
        return text.endsWith(END);
    }

    static Line parse(String text) {
        String[] fields = text.substring(0, text.length() - END.length()).split(" ", FIELDS);
        return new Line(
                Kind.valueOf(fields[0]),
                fields[1],
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                Long.parseLong(fields[4]),
                Long.parseLong(fields[5]),
                fields[6]);
    }

    /** Whether the lease counted as held at {@link #at}. */
    boolean isHeld() {
        return until > at;
    }

    @Override
    public String toString() {
        return kind + " " + seat + " " + token + " " + began + " " + at + " " + until + " "
                + words.replaceAll("\\s+", " ") + END;
    }
}
