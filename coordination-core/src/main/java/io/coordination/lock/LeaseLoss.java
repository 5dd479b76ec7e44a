package io.coordination.lock;

/**
 * The news that a lease ended before it was released.
 *
 * @param resource what it was on
 * @param token the token it had
 * @param holder who had it
 * @param reason why it ended
 */
public record LeaseLoss(Resource resource, FencingToken token, Holder holder, Reason reason) {

    /** Why a lease was lost. */
    public enum Reason {
        /** Its deadline passed, on the holder's own clock, without a successful renewal. */
        EXPIRED("its deadline passed without a successful renewal"),
        /** The store said that another holds the resource, or nobody. */
        TAKEN("the store no longer knows it"),
        /** It was held for longer than the maximum hold. */
        MAXIMUM_HOLD("it was held for longer than its maximum hold");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    String inWords() {
        return "The lease on " + resource + " with token " + token + " was lost: " + reason.words + ".";
    }
}
