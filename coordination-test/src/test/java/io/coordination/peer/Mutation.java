package io.coordination.peer;

/**
 * A rule of the protocol, weakened.
 *
 * @param rule its number, and what it becomes
 * @param expected what the search finds, as a regular expression
 * @param isRare whether it takes more than some hundred walks; then {@code scripts/simulate --mutations} looks, and a witness
 *     shows it in the build
 * @param setting where to look
 * @param rules the rules without it
 */
record Mutation(String rule, String expected, boolean isRare, PeerWalkSetting setting, Rules rules) {

    Mutation rare() {
        return new Mutation(rule, expected, true, setting, rules);
    }

    /** Only a healed phase shows what keeps others from being served; what breaks safety needs none. */
    int healsOneIn() {
        return expected.startsWith("not") ? 1 : Integer.MAX_VALUE;
    }

    @Override
    public String toString() {
        return rule;
    }
}
